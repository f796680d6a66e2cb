/** A new case out of a package: its own passphrase, its own folder. */
import { useRef, useState, type FormEvent } from "react";

import { ask } from "../../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../../domain/case/NewPassphrase";
import { useStatus } from "../../domain/case/session";
import { complain } from "../../domain/state/notices";
import { t } from "../../i18n";
import type { PickedPlace } from "../../platform";
import { Button, Text } from "../../shared/controls";
import styles from "../panels.module.css";

export function UnpackForm({ busy, onUnpack }: { busy: boolean; onUnpack: (passphrase: string, folder: string | null) => void }) {
  const status = useStatus().data;
  const passphrase = useRef<NewPassphraseHandle>(null);
  const [folder, setFolder] = useState<PickedPlace | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const secret = passphrase.current?.take() ?? null;
    if (secret !== null) onUnpack(secret, folder?.handle ?? null);
  };
  const elsewhere = async () => {
    try {
      const picked = await ask("shell.pickFolder", {});
      if (picked !== null) setFolder(picked);
    } catch (error) {
      complain(error);
    }
  };
  return (
    <form className={styles.page} onSubmit={submit} aria-label={t("unpack.act")}>
      <p className={styles.pageText}>{t("unpack.text")}</p>
      <NewPassphrase ref={passphrase} label={t("unpack.passphrase")} testId="unpack-passphrase" />
      <div className={styles.place}>
        <span>
          {t("restore.into")} <Text value={folder?.name ?? status?.default_folder ?? ""} longest={50} />
        </span>
        <Button small look="quiet" onClick={() => void elsewhere()}>
          {t("create.place.other")}
        </Button>
      </div>
      <div className={styles.end}>
        <Button look="primary" type="submit" disabled={busy} data-testid="unpack-submit">
          {t(busy ? "unpack.busy" : "unpack.do")}
        </Button>
      </div>
    </form>
  );
}
