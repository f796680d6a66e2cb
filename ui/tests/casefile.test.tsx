/** Keys, unlocking, backups, packages: what is asked, what is sent once, what is refused, and that text stays text. */
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";

import { OWN_RECIPIENT } from "../dev/caseFile";
import { answers, ask } from "../src/api/client";
import { recipientsIn, isRecipient } from "../src/domain/case/recipient";
import { grouped } from "../src/domain/case/recovery";
import { useNotices } from "../src/domain/state/notices";
import { useSelection } from "../src/domain/state/selection";
import { BackupsPanel } from "../src/panels/backups/BackupsPanel";
import { keepKeys, KeysPanel } from "../src/panels/keys/KeysPanel";
import { SettingsPanel } from "../src/panels/settings/SettingsPanel";
import { SharePanel } from "../src/panels/share/SharePanel";
import { entityRow } from "../dev/invented";
import { HOSTILE } from "./hostile";
import { draw, drawWindow, host } from "./harness";

const SECRET = "seven crates left the harbour";
const MARKUP = "script, img, iframe, style, base, meta, object, embed, video, math, template, marquee";
const KEY = `age1${"qpzry9x8gf2tvdw0s3jn54khce6mua7l".repeat(2).slice(0, 58)}`;

/** No answer, no storage and no element keeps it. */
function keptNowhere(secret: string): void {
  expect(JSON.stringify(answers.getQueryCache().getAll().map((query) => [query.queryKey, query.state.data]))).not.toContain(secret);
  expect(JSON.stringify({ ...localStorage })).not.toContain(secret);
  expect(new XMLSerializer().serializeToString(document)).not.toContain(secret);
}

afterEach(() => window.history.replaceState(null, "", "/"));

describe("unlocking", () => {
  const unlock = async (way: string) => {
    const fake = host("none");
    drawWindow();
    await userEvent.click((await screen.findAllByTestId("recent-case"))[0]!);
    await userEvent.click(screen.getByTestId(`unlock-way-${way}`));
    return fake;
  };

  it("takes a recovery code in groups and says in which one the slip is", async () => {
    const fake = await unlock("recovery");
    const field = screen.getByTestId("unlock-recovery") as HTMLTextAreaElement;
    await userEvent.type(field, "badk2m4wx");
    expect(field.value).toBe("BADK-2M4W-X");
    await userEvent.click(screen.getByTestId("unlock-submit"));
    expect((await screen.findByRole("alert")).textContent).toContain("typing error in group 3");
    expect(field.value).not.toBe("");
    await userEvent.clear(field);
    await userEvent.type(field, "8kq2m4wx");
    await userEvent.click(screen.getByTestId("unlock-submit"));
    await screen.findByTestId("status-line");
    expect(fake.calls.filter((call) => call.method === "case.open").at(-1)?.request).toEqual({ handle: "recent:0", passphrase: "", recovery: "8KQ2-M4WX" });
    keptNowhere("8KQ2-M4WX");
  });

  it("opens with a colleague's key file, by its handle", async () => {
    const fake = await unlock("identity");
    expect(screen.getByTestId("unlock-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.click(screen.getByTestId("unlock-identity"));
    await waitFor(() => expect(screen.getByTestId("unlock-submit").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("unlock-submit"));
    await screen.findByTestId("status-line");
    expect(fake.calls.find((call) => call.method === "case.open")?.request).toEqual({ handle: "recent:0", passphrase: "", identity: "f1" });
  });

  it("tells who got in that it was by the key file before", async () => {
    host("none", "unknown");
    drawWindow();
    await userEvent.click((await screen.findAllByTestId("recent-case"))[0]!);
    await userEvent.type(screen.getByTestId("unlock-passphrase"), SECRET);
    await userEvent.click(screen.getByTestId("unlock-submit"));
    await waitFor(() => expect(useNotices.getState().list.some((notice) => notice.text.includes("the last change of keys is undone"))).toBe(true));
  });

  it("opens a case whose key file is lost, by its printed page, under a new passphrase", async () => {
    const fake = await unlock("kit");
    await userEvent.type(screen.getByTestId("unlock-recovery"), "8kq2m4wx");
    await userEvent.click(screen.getByTestId("unlock-identity"));
    await userEvent.type(screen.getByTestId("unlock-next"), SECRET);
    await userEvent.type(screen.getByTestId("unlock-next-repeat"), "another");
    await userEvent.click(screen.getByTestId("unlock-submit"));
    expect(await screen.findByText("the two passphrases differ")).toBeDefined();
    expect(fake.calls.some((call) => call.method === "keys.recover")).toBe(false);
    await userEvent.clear(screen.getByTestId("unlock-next-repeat"));
    await userEvent.type(screen.getByTestId("unlock-next-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("unlock-submit"));
    await screen.findByTestId("status-line");
    expect(fake.calls.find((call) => call.method === "keys.recover")?.request).toEqual({ handle: "recent:0", kit: "f1", code: "8KQ2-M4WX", next: SECRET });
    keptNowhere(SECRET);
  });

  it.each([
    ["locked=unused&minutes=10", "Locked after 10 minutes without use."],
    ["locked=slept", "the computer went to sleep"],
    ["locked=screen", "the screen was locked"],
  ])("says on the start screen why the case was locked: %s", async (hash, words) => {
    window.history.replaceState(null, "", `/#${hash}`);
    host("none");
    drawWindow();
    expect((await screen.findByTestId("locked-because")).textContent).toContain(words);
    expect(window.location.hash).toBe("");
  });

  it("locks by Ctrl-L from within a field, too", async () => {
    const fake = host("sample");
    drawWindow();
    const field = await screen.findByTestId("entity-filter");
    field.focus();
    fireEvent.keyDown(field, { key: "l", ctrlKey: true });
    await screen.findByTestId("start-create");
    expect(fake.calls.some((call) => call.method === "case.lock")).toBe(true);
  });

  it.each([
    ["8kq2 m4wx-7", "8KQ2-M4WX-7"],
    ["", ""],
  ])("writes %s as %s", (typed, shown) => expect(grouped(typed)).toBe(shown));
});

describe("the recovery page", () => {
  it("is offered right after a case was made, shown once, and closes only when it is on paper", async () => {
    host("none");
    drawWindow();
    await userEvent.click(await screen.findByTestId("start-create"));
    await userEvent.type(screen.getByTestId("create-name"), "Harbour");
    await userEvent.type(screen.getByTestId("create-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("create-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("create-submit"));
    await userEvent.click(await screen.findByTestId("kit-make"));
    await userEvent.click(await screen.findByTestId("kit-create"));
    const code = (await screen.findByTestId("kit-code")).textContent ?? "";
    expect(code.length).toBeGreaterThan(40);
    expect(screen.getByTestId("kit-close").hasAttribute("disabled")).toBe(true);
    await userEvent.keyboard("{Escape}");
    expect(screen.getByTestId("kit-code")).toBeDefined();
    await userEvent.click(screen.getByTestId("kit-printed"));
    await userEvent.click(screen.getByTestId("kit-close"));
    await waitFor(() => expect(screen.queryByTestId("kit-offer")).toBeNull());
    keptNowhere(code);
  });

  it("is not offered any more once there is another way in", async () => {
    host("none");
    drawWindow();
    await userEvent.click(await screen.findByTestId("start-create"));
    await userEvent.type(screen.getByTestId("create-name"), "Harbour");
    await userEvent.type(screen.getByTestId("create-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("create-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("create-submit"));
    await screen.findByTestId("kit-offer");
    keepKeys((await ask("keys.addRecovery", {})).keys);
    await waitFor(() => expect(screen.queryByTestId("kit-offer")).toBeNull());
  });
});

describe("the ways into a case", () => {
  it("are listed in words; a needed one cannot be removed", async () => {
    host("sample", "bare");
    draw(<KeysPanel />);
    expect(await screen.findAllByTestId("slot-row")).toHaveLength(1);
    expect(screen.getByTestId("slot-kept").textContent).toBe("needed");
    expect(screen.queryByTestId("slot-remove")).toBeNull();
    expect(screen.getByText(/No recovery page has been printed/)).toBeDefined();
  });

  it("say why a removal is refused", async () => {
    host("sample");
    draw(<KeysPanel />);
    await userEvent.click((await screen.findAllByTestId("slot-remove"))[0]!);
    await userEvent.click(screen.getByTestId("remove-submit"));
    expect((await screen.findByRole("alert")).textContent).toContain("the last way in by passphrase stays");
  });

  it("change the passphrase only with the present one, sent once and kept nowhere", async () => {
    const fake = host("sample");
    draw(<KeysPanel />);
    await userEvent.click(await screen.findByTestId("keys-passphrase"));
    await userEvent.type(screen.getByTestId("present-passphrase"), "wrong");
    await userEvent.type(screen.getByTestId("next-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("next-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("passphrase-submit"));
    expect((await screen.findByRole("alert")).textContent).toContain("wrong-key");
    expect((screen.getByTestId("next-passphrase") as HTMLInputElement).value).toBe("");
    await userEvent.type(screen.getByTestId("present-passphrase"), "right");
    await userEvent.type(screen.getByTestId("next-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("next-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("passphrase-submit"));
    expect((await screen.findByTestId("keys-previous")).textContent).toContain("still kept");
    expect(fake.calls.filter((call) => call.method === "keys.changePassphrase")).toHaveLength(2);
    keptNowhere(SECRET);
  });

  it("take one more passphrase beside the first", async () => {
    const fake = host("sample");
    draw(<KeysPanel />);
    await userEvent.click(await screen.findByTestId("keys-add"));
    await userEvent.type(screen.getByTestId("add-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("add-passphrase-repeat"), SECRET);
    await userEvent.type(screen.getByTestId("add-label"), "P. Brandt");
    await userEvent.click(screen.getByTestId("add-submit"));
    await waitFor(() => expect(screen.getAllByTestId("slot-row")).toHaveLength(5));
    expect(fake.calls.find((call) => call.method === "keys.addPassphrase")?.request).toEqual({ passphrase: SECRET, label: "P. Brandt" });
    keptNowhere(SECRET);
  });

  it("take a colleague's key only if it looks like one", async () => {
    const fake = host("sample");
    draw(<KeysPanel />);
    await userEvent.click(await screen.findByTestId("keys-colleague"));
    await userEvent.type(screen.getByTestId("colleague-label"), "P. Brandt");
    await userEvent.type(screen.getByTestId("colleague-recipient"), "age1short");
    expect(screen.getByText(/not a public age key/)).toBeDefined();
    expect(screen.getByTestId("colleague-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.clear(screen.getByTestId("colleague-recipient"));
    await userEvent.type(screen.getByTestId("colleague-recipient"), KEY);
    await userEvent.click(screen.getByTestId("colleague-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "keys.addColleague")?.request).toEqual({ recipient: KEY, label: "P. Brandt" }));
    await waitFor(() => expect(screen.getAllByTestId("slot-row")).toHaveLength(5));
  });

  it("become two secrets, and then the keyring alone may not open the case", async () => {
    host("sample");
    draw(<KeysPanel />);
    await userEvent.click(await screen.findByTestId("keys-mode"));
    await userEvent.type(screen.getByTestId("mode-passphrase"), "right");
    await userEvent.click(screen.getByTestId("mode-submit"));
    expect(await screen.findByText("Two secrets open the case")).toBeDefined();
    expect(screen.getByTestId("keyring-remember").hasAttribute("disabled")).toBe(true);
  });

  it.each([
    [KEY, true],
    [` ${KEY}\n`, true],
    [KEY.toUpperCase(), false],
    [`${KEY}q`, false],
    ["AGE-SECRET-KEY-1QQ", false],
  ])("%s is a public key: %s", (text, is) => expect(isRecipient(text)).toBe(is));

  it("split what was pasted and name what is no key", () => {
    expect(recipientsIn(`${KEY}, ${KEY}\nnope`)).toEqual({ good: [KEY], bad: ["nope"] });
  });
});

describe("backups", () => {
  it("explain themselves while no folder is chosen, and offer to choose one", async () => {
    const fake = host("sample", "bare");
    draw(<BackupsPanel />);
    expect(await screen.findByText("No backups are made")).toBeDefined();
    await userEvent.click(screen.getByTestId("backup-folder"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "backup.configure")?.request).toEqual({ folder: "d1", automatic: true }));
    await screen.findByTestId("backup-run");
  });

  it("say that they are overdue", async () => {
    host("sample", "behind");
    draw(<BackupsPanel />);
    expect((await screen.findByTestId("backup-state")).textContent).toContain("None has succeeded for 31 hours");
  });

  it("are tested one by one, and a restore says that nothing is overwritten", async () => {
    const fake = host("sample");
    drawWindow();
    await userEvent.click(await screen.findByTestId("rail-backups"));
    await userEvent.click((await screen.findAllByTestId("backup-row"))[3]!);
    expect((await screen.findByTestId("backup-detail")).textContent).toContain("the case itself is whole");
    await userEvent.click(screen.getByTestId("backup-test"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "backup.test")?.request).toEqual({ backup: "b3" }));
    await userEvent.click(screen.getByTestId("backup-restore"));
    expect((await screen.findByRole("dialog")).textContent).toContain("Nothing is overwritten");
    await userEvent.type(screen.getByTestId("restore-passphrase"), "wrong");
    await userEvent.click(screen.getByTestId("restore-submit"));
    expect((await within(screen.getByRole("dialog")).findByRole("alert")).textContent).toContain("does not open the backup");
    await userEvent.type(screen.getByTestId("restore-passphrase"), SECRET);
    await userEvent.click(screen.getByTestId("restore-submit"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    keptNowhere(SECRET);
  });

  it("can be restored from the start screen, when the case itself is gone", async () => {
    const fake = host("none");
    drawWindow();
    await userEvent.click(await screen.findByTestId("start-restore"));
    await userEvent.type(await screen.findByTestId("restore-passphrase"), SECRET);
    await userEvent.click(screen.getByTestId("restore-submit"));
    await screen.findByTestId("status-line");
    expect(fake.calls.find((call) => call.method === "backup.restore")?.request).toEqual({ backup: "d1", passphrase: SECRET });
  });
});

describe("packages", () => {
  it("are packed for keys, of the selection, with a reason", async () => {
    const fake = host("sample");
    const { id, kind, label } = entityRow(0);
    useSelection.getState().select({ id, kind, label });
    draw(<SharePanel />);
    await userEvent.click(await screen.findByTestId("pack-extent-selection"));
    await userEvent.type(screen.getByTestId("pack-recipients"), `${KEY} nope`);
    await userEvent.type(screen.getByTestId("pack-reason"), "joint inquiry");
    expect(screen.getByText("not a public age key: nope")).toBeDefined();
    expect(screen.getByTestId("pack-submit").hasAttribute("disabled")).toBe(true);
    await userEvent.clear(screen.getByTestId("pack-recipients"));
    await userEvent.type(screen.getByTestId("pack-recipients"), KEY);
    await waitFor(() => expect(screen.getByTestId("pack-submit").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("pack-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "share.pack")?.request).toEqual({ recipients: [KEY], passphrase: "", entities: [id], reason: "joint inquiry" }));
  });

  it("give away the own public key", async () => {
    host("sample");
    draw(<SharePanel />);
    expect((await screen.findByTestId("own-recipient")).textContent).toContain(OWN_RECIPIENT);
  });

  const look = async () => {
    const fake = host("sample");
    draw(<SharePanel />);
    await userEvent.click(screen.getByTestId("tab-in"));
    await userEvent.click(await screen.findByTestId("receive-pick"));
    await waitFor(() => expect(screen.getByTestId("receive-inspect").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("receive-inspect"));
    await screen.findByTestId("package");
    return fake;
  };

  it("are looked into before anything else, and an unknown sender is said", async () => {
    const fake = await look();
    expect(screen.getByTestId("package").textContent).toContain("Signed by a key that is not known here");
    expect(fake.calls.filter((call) => call.method.startsWith("share.") && call.method !== "share.identity").map((call) => call.method)).toEqual(["share.inspect"]);
  });

  it("show both sides of a conflict before they are merged", async () => {
    const fake = await look();
    await userEvent.click(screen.getByTestId("receive-compare"));
    const rows = await screen.findAllByTestId("merge-row");
    expect(rows[2]?.textContent).toContain("are the same: same phone");
    expect(rows[2]?.textContent).toContain("judged not the same: different birth dates");
    expect(fake.calls.some((call) => call.method === "share.merge")).toBe(false);
    await userEvent.click(screen.getByTestId("merge-submit"));
    expect(await screen.findByTestId("merged")).toBeDefined();
  });

  it("become a case of their own under a passphrase of their own", async () => {
    const fake = await look();
    await userEvent.click(screen.getByTestId("receive-unpack"));
    await userEvent.type(screen.getByTestId("unpack-passphrase"), SECRET);
    await userEvent.type(screen.getByTestId("unpack-passphrase-repeat"), SECRET);
    await userEvent.click(screen.getByTestId("unpack-submit"));
    await waitFor(() => expect(fake.calls.find((call) => call.method === "share.unpack")?.request).toEqual({ package: "f1", key: { passphrase: "" }, new_passphrase: SECRET }));
    keptNowhere(SECRET);
  });

  it("with hostile names and words are shown as text", async () => {
    const fake = host("sample");
    const [first = ""] = HOSTILE;
    const view = { name: first, extent: first, at: "2024-03-01T10:00:00Z", sender: first, signed_by: first, sender_known: false, sources: 1, observations: 1, operations: 1, original_bytes: 1, code: first };
    fake.override("share.inspect", () => view);
    fake.override("share.compare", () => ({ package: view, rows: HOSTILE.slice(0, 40).map((text) => ({ state: text, kind: text, text, here: text })), new: 40, same: 0, conflicts: 0 }));
    const { container } = draw(<SharePanel />);
    await userEvent.click(screen.getByTestId("tab-in"));
    await userEvent.click(await screen.findByTestId("receive-pick"));
    await waitFor(() => expect(screen.getByTestId("receive-inspect").hasAttribute("disabled")).toBe(false));
    await userEvent.click(screen.getByTestId("receive-inspect"));
    await userEvent.click(await screen.findByTestId("receive-compare"));
    await screen.findAllByTestId("merge-row");
    expect(container.querySelectorAll(MARKUP)).toHaveLength(0);
  });
});

describe("locking by itself", () => {
  it("is chosen in the settings", async () => {
    const fake = host("sample");
    draw(<SettingsPanel />);
    const choice = (await screen.findByTestId("auto-lock")) as HTMLSelectElement;
    expect(choice.value).toBe("10");
    await userEvent.selectOptions(choice, "never");
    await waitFor(() => expect(choice.value).toBe("0"));
    expect(fake.calls.find((call) => call.method === "case.autoLock")?.request).toEqual({ minutes: 0 });
  });
});

describe("the recovery answer", () => {
  it("never enters the memory of answers", async () => {
    const fake = host("sample");
    draw(<KeysPanel />);
    await userEvent.click(await screen.findByTestId("keys-recovery"));
    await userEvent.click(screen.getByTestId("kit-create"));
    const code = (await screen.findByTestId("kit-code")).textContent ?? "";
    const remembered = JSON.stringify(answers.getQueryCache().getAll().map((query) => query.state.data));
    expect(remembered).not.toContain(code);
    expect(fake.calls.filter((call) => call.method === "keys.addRecovery")).toHaveLength(1);
    expect(within(screen.getByRole("dialog")).getByTestId("kit-page").textContent).toContain("RECOVERY PAGE");
  });
});
