/** What opens the case, and how that is changed; the database is never rewritten for it. */
import { FileKey2, KeyRound, Laptop, LifeBuoy, UserRoundCheck, type LucideIcon } from "lucide-react";
import { useState } from "react";

import { answers, ask, keyOf, useAnswer } from "../../api/client";
import { RecoveryDialog } from "../../domain/case/RecoveryDialog";
import { useOpenCase, useStatus } from "../../domain/case/session";
import { complain, useNotices } from "../../domain/state/notices";
import type { KeysView, SlotView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Text } from "../../shared/controls";
import { cx } from "../../shared/format";
import { Body, ErrorBox, Panel, Skeleton } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";
import { AddPassphraseDialog } from "./AddPassphraseDialog";
import { ColleagueDialog } from "./ColleagueDialog";
import { ModeDialog } from "./ModeDialog";
import { PassphraseDialog } from "./PassphraseDialog";
import { RemoveDialog } from "./RemoveDialog";

type Asked = "passphrase" | "add" | "recovery" | "colleague" | "mode" | SlotView;

const ICONS: Record<string, LucideIcon> = { passphrase: KeyRound, "two-secret": FileKey2, recovery: LifeBuoy, keyring: Laptop, colleague: UserRoundCheck };

/** Keeps what opens the case now, as the backend has just answered. */
export function keepKeys(keys: KeysView): void {
  answers.setQueryData(keyOf("keys.list", {}), keys);
}

export function KeysPanel() {
  const open = useOpenCase();
  const status = useStatus().data;
  const answer = useAnswer("keys.list", {});
  const [asked, setAsked] = useState<Asked | null>(null);
  const keys = answer.data;
  const writable = open?.writable === true;
  const high = keys?.mode === "high";
  const remembered = keys?.slots.some((slot) => slot.kind === "keyring") ?? false;
  const done = () => setAsked(null);
  const remember = async (action: "remember" | "forget") => {
    try {
      answers.setQueryData(keyOf("case.status", {}), await ask("case.remember", { action }));
      useNotices.getState().say(t(action === "remember" ? "keyring.remembered" : "keyring.forgotten"));
      await answer.refetch();
    } catch (error) {
      complain(error);
    }
  };
  return (
    <Panel
      id="keys"
      label={t("panel.keys")}
      toolbar={
        <>
          <Button small disabled={!writable} data-testid="keys-passphrase" onClick={() => setAsked("passphrase")}>
            {t("keys.passphrase.act")}
          </Button>
          <Button small disabled={!writable || high} data-testid="keys-add" onClick={() => setAsked("add")}>
            {t("keys.addPassphrase.act")}
          </Button>
          <Button small disabled={!writable} data-testid="keys-recovery" onClick={() => setAsked("recovery")}>
            {t("keys.recovery.act")}
          </Button>
          <Button small disabled={!writable} data-testid="keys-colleague" onClick={() => setAsked("colleague")}>
            {t("keys.colleague.act")}
          </Button>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={6} /> : null}
      {keys === undefined ? null : (
        <Body>
          {open === null || open.keys_note === "" ? null : (
            <p className={cx(styles.headline, styles.warn)} role="status" data-testid="keys-note">
              {visible(open.keys_note)}
            </p>
          )}
          {keys.previous_kept ? (
            <p className={cx(styles.headline, styles.warn)} role="status" data-testid="keys-previous">
              {t("keys.previous")}
            </p>
          ) : null}
          <table className={styles.table} aria-label={t("keys.slots")}>
            <thead>
              <tr>
                <th scope="col">{t("keys.column.way")}</th>
                <th scope="col">{t("keys.column.label")}</th>
                <th scope="col">{t("keys.column.cost")}</th>
                <th scope="col">
                  <span className="visually-hidden">{t("acts")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.slots.map((slot) => (
                <Slot key={slot.id} slot={slot} writable={writable} onRemove={() => setAsked(slot)} />
              ))}
            </tbody>
          </table>
          <div className={styles.page}>
            {keys.slots.some((slot) => slot.kind === "recovery") ? null : <p className={styles.warn}>{t("keys.noRecovery")}</p>}
            <section className={styles.stack} aria-label={t("keys.mode")}>
              <h2 className={styles.pageTitle}>{t(high ? "keys.mode.high" : "keys.mode.standard")}</h2>
              <p className={styles.pageText}>{t(high ? "keys.mode.high.text" : "keys.mode.standard.text")}</p>
              <div className={styles.end}>
                <Button small disabled={!writable} data-testid="keys-mode" onClick={() => setAsked("mode")}>
                  {t(high ? "keys.mode.toStandard" : "keys.mode.toHigh")}
                </Button>
              </div>
            </section>
            <section className={styles.stack} aria-label={t("settings.keyring")}>
              <h2 className={styles.pageTitle}>{t("settings.keyring")}</h2>
              <p className={styles.pageText}>{t("keyring.text", { state: visible(status?.keyring ?? "") })}</p>
              <div className={styles.end}>
                <Button small disabled={!writable || remembered || high} data-testid="keyring-remember" onClick={() => void remember("remember")}>
                  {t("keyring.remember")}
                </Button>
                <Button small disabled={!writable || !remembered} data-testid="keyring-forget" onClick={() => void remember("forget")}>
                  {t("keyring.forget")}
                </Button>
                {high ? <span className={styles.muted}>{t("keyring.high")}</span> : null}
              </div>
            </section>
            <p className={styles.muted}>{t("keys.epoch", { epoch: keys.epoch })}</p>
          </div>
        </Body>
      )}
      {asked === "passphrase" ? <PassphraseDialog onClose={done} /> : null}
      {asked === "add" ? <AddPassphraseDialog onClose={done} /> : null}
      {asked === "recovery" ? <RecoveryDialog onClose={done} /> : null}
      {asked === "colleague" ? <ColleagueDialog onClose={done} /> : null}
      {asked === "mode" ? <ModeDialog to={high ? "standard" : "high"} onClose={done} /> : null}
      {asked !== null && typeof asked === "object" ? <RemoveDialog slot={asked} onClose={done} /> : null}
    </Panel>
  );
}

function Slot({ slot, writable, onRemove }: { slot: SlotView; writable: boolean; onRemove: () => void }) {
  const Icon = ICONS[slot.kind] ?? KeyRound;
  return (
    <tr data-testid="slot-row">
      <td>
        <span className={styles.kindCell}>
          <Icon size={15} aria-hidden />
          {term("slot", slot.kind)}
        </span>
      </td>
      <td>
        <Text value={slot.label} longest={48} />
        {slot.recipient === "" ? null : (
          <div className={styles.muted}>
            <Text value={slot.recipient} longest={36} mono />
          </div>
        )}
      </td>
      <td className={styles.muted}>{slot.cost === "" ? t("keys.cost.none") : visible(slot.cost)}</td>
      <td className={styles.right}>
        {slot.removable ? (
          <Button small look="quiet" disabled={!writable} aria-label={t("keys.remove.what", { kind: term("slot", slot.kind) })} data-testid="slot-remove" onClick={onRemove}>
            {t("keys.remove")}
          </Button>
        ) : (
          <span className={styles.muted} data-testid="slot-kept">
            {t("keys.kept")}
          </span>
        )}
      </td>
    </tr>
  );
}
