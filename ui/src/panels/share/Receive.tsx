/**
 * Receives a package: first look inside, then make it a case of its own, or see what it would bring to the open one.
 *
 * The passphrase stays in its field until the package is done with; every request reads it from there.
 */
import { useRef, useState, type FormEvent } from "react";

import { ask, caseChanged } from "../../api/client";
import { opened, useOpenCase } from "../../domain/case/session";
import type { MergeView, PackageKeyRequest, PackageView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type PickedFile, type RpcError } from "../../platform";
import { Button, Field, Input, Radios, Text } from "../../shared/controls";
import { size } from "../../shared/format";
import { ErrorBox } from "../../shared/layout";
import styles from "../panels.module.css";
import { MergeTable } from "./MergeTable";
import { PackageFacts } from "./PackageFacts";
import { UnpackForm } from "./UnpackForm";

type Way = "own" | "passphrase" | "file";

export function Receive({ caseOpen, onOpened }: { caseOpen: boolean; onOpened?: () => void }) {
  const open = useOpenCase();
  const [file, setFile] = useState<PickedFile | null>(null);
  const [way, setWay] = useState<Way>("own");
  const [identity, setIdentity] = useState<PickedFile | null>(null);
  const [found, setFound] = useState<PackageView | null>(null);
  const [merge, setMerge] = useState<{ view: MergeView; merged: boolean } | null>(null);
  const [unpacking, setUnpacking] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const passphrase = useRef<HTMLInputElement>(null);

  const key = (): PackageKeyRequest => ({ passphrase: way === "passphrase" ? (passphrase.current?.value ?? "") : "", ...(way === "file" && identity !== null ? { identity: identity.handle } : {}) });
  const forget = () => {
    setFound(null);
    setMerge(null);
    setUnpacking(false);
    setError(null);
  };
  const attempt = async (act: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await act();
      return true;
    } catch (failure) {
      setError(toRpcError(failure));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const pick = (take: (picked: PickedFile) => void) =>
    attempt(async () => {
      const picked = (await ask("shell.pickFiles", {})).handles[0];
      if (picked !== undefined) take(picked);
    });
  const inspect = (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    forget();
    void attempt(async () => setFound(await ask("share.inspect", { package: file.handle, key: key() })));
  };
  const compare = () =>
    attempt(async () => {
      if (file === null) return;
      setUnpacking(false);
      setMerge({ view: await ask("share.compare", { package: file.handle, key: key() }), merged: false });
    });
  const bring = () =>
    attempt(async () => {
      if (file === null) return;
      setMerge({ view: await ask("share.merge", { package: file.handle, key: key() }), merged: true });
      if (passphrase.current !== null) passphrase.current.value = "";
      caseChanged();
    });
  const unpack = async (secret: string, folder: string | null): Promise<void> => {
    if (file === null) return;
    const done = await attempt(async () => {
      await ask("share.unpack", { package: file.handle, key: key(), new_passphrase: secret, ...(folder === null ? {} : { folder }) });
      if (passphrase.current !== null) passphrase.current.value = "";
      await opened();
    });
    if (done) onOpened?.();
  };

  return (
    <div>
      <form className={styles.page} onSubmit={inspect}>
        <div className={styles.end}>
          <Button
            data-testid="receive-pick"
            onClick={() =>
              void pick((picked) => {
                setFile(picked);
                forget();
              })
            }
          >
            {t("receive.pick")}
          </Button>
          <span>{file === null ? <span className={styles.muted}>{t("receive.none")}</span> : <Text value={`${file.name} (${size(file.size)})`} longest={70} />}</span>
        </div>
        <Radios
          label={t("receive.way")}
          value={way}
          testId="receive-way"
          onChoose={(next) => {
            setWay(next);
            forget();
          }}
          options={[
            { value: "own", label: t("receive.own"), hint: t("receive.own.hint") },
            { value: "passphrase", label: t("receive.passphrase") },
            { value: "file", label: t("receive.file"), hint: t("receive.file.hint") },
          ]}
        />
        {way === "passphrase" ? (
          <div className={styles.inset}>
            <Field label={t("receive.passphrase.field")}>{(id) => <Input id={id} ref={passphrase} type="password" data-testid="receive-passphrase" />}</Field>
          </div>
        ) : null}
        {way === "file" ? (
          <div className={styles.inset}>
            <div className={styles.end}>
              <Button small onClick={() => void pick(setIdentity)}>
                {t("receive.file.pick")}
              </Button>
              {identity === null ? null : <Text value={identity.name} longest={50} />}
            </div>
          </div>
        ) : null}
        <div className={styles.end}>
          <Button look="primary" type="submit" disabled={busy || file === null || (way === "file" && identity === null)} data-testid="receive-inspect">
            {t("receive.inspect")}
          </Button>
          <span className={styles.muted}>{t("receive.inspect.hint")}</span>
        </div>
        <ErrorBox error={error} />
        {found === null ? null : (
          <>
            <PackageFacts view={found} />
            <div className={styles.end}>
              <Button disabled={busy} aria-expanded={unpacking} data-testid="receive-unpack" onClick={() => setUnpacking(!unpacking)}>
                {t("unpack.act")}
              </Button>
              {caseOpen ? (
                <Button disabled={busy} data-testid="receive-compare" onClick={() => void compare()}>
                  {t("merge.compare")}
                </Button>
              ) : null}
            </div>
          </>
        )}
      </form>
      {unpacking ? <UnpackForm busy={busy} onUnpack={(secret, folder) => void unpack(secret, folder)} /> : null}
      {merge === null ? null : <MergeTable view={merge.view} merged={merge.merged} busy={busy} writable={open?.writable === true} onMerge={() => void bring()} />}
    </div>
  );
}
