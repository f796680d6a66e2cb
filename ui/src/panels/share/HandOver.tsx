/** Packs the case, or what speaks of some entities, for those who hold a key. */
import { useRef, useState, type FormEvent } from "react";

import { ask, useAnswer } from "../../api/client";
import { NewPassphrase, type NewPassphraseHandle } from "../../domain/case/NewPassphrase";
import { recipientsIn } from "../../domain/case/recipient";
import { useOpenCase } from "../../domain/case/session";
import { EntityPicker } from "../../domain/entity/EntityPicker";
import { Copied } from "../../domain/state/Copied";
import { useNotices } from "../../domain/state/notices";
import { useSelection } from "../../domain/state/selection";
import type { EntityRefView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type PickedPlace, type RpcError } from "../../platform";
import { Area, Button, Chip, Field, Radios } from "../../shared/controls";
import { ErrorBox, Section } from "../../shared/layout";
import { elide, visible } from "../../shared/text";
import styles from "../panels.module.css";

export function HandOver() {
  const open = useOpenCase();
  const selected = useSelection((state) => state.current);
  const [extent, setExtent] = useState<"whole" | "selection">("whole");
  const [entities, setEntities] = useState<EntityRefView[]>([]);
  const [way, setWay] = useState<"recipients" | "passphrase">("recipients");
  const [pasted, setPasted] = useState("");
  const [reason, setReason] = useState("");
  const [place, setPlace] = useState<PickedPlace | null>(null);
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const passphrase = useRef<NewPassphraseHandle>(null);
  const { good, bad } = recipientsIn(pasted);

  const chooseExtent = (next: "whole" | "selection") => {
    setExtent(next);
    // What is in the inspector is most likely what is meant.
    if (next === "selection" && entities.length === 0 && selected !== null) setEntities([selected]);
  };
  const add = (entity: EntityRefView) => setEntities((list) => (list.some((each) => each.id === entity.id) ? list : [...list, entity]));
  const choosePlace = async () => {
    try {
      const picked = await ask("shell.pickSave", { suggested: `${open?.name ?? "case"}.fusionpack` });
      if (picked !== null) setPlace(picked);
    } catch (failure) {
      setError(toRpcError(failure));
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const secret = way === "passphrase" ? (passphrase.current?.take() ?? null) : "";
    if (secret === null) return;
    setBusy(true);
    setError(null);
    try {
      await ask("share.pack", {
        recipients: way === "recipients" ? good : [],
        passphrase: secret,
        entities: extent === "selection" ? entities.map((entity) => entity.id) : [],
        reason: reason.trim(),
        ...(place === null ? {} : { place: place.handle }),
      });
      useNotices.getState().say(t("pack.started"));
      setReason("");
      setPlace(null);
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  const ready = !busy && reason.trim() !== "" && (extent === "whole" || entities.length > 0) && (way === "passphrase" || (good.length > 0 && bad.length === 0));
  return (
    <>
      <form className={styles.page} onSubmit={(event) => void submit(event)}>
        <Radios
          label={t("pack.extent")}
          value={extent}
          testId="pack-extent"
          onChoose={chooseExtent}
          options={[
            { value: "whole", label: t("pack.whole"), hint: t("pack.whole.hint") },
            { value: "selection", label: t("pack.selection"), hint: t("pack.selection.hint") },
          ]}
        />
        {extent === "selection" ? (
          <div className={styles.inset}>
            <div className={styles.chips}>
              {entities.map((entity) => (
                <Chip key={entity.id} removeLabel={t("pack.leaveOut", { label: visible(entity.label) })} onRemove={() => setEntities(entities.filter((each) => each.id !== entity.id))}>
                  {elide(visible(entity.label), 40)}
                </Chip>
              ))}
            </div>
            <EntityPicker label={t("pack.add")} chosen={null} onChoose={add} />
          </div>
        ) : null}
        <Radios
          label={t("pack.way")}
          value={way}
          testId="pack-way"
          onChoose={setWay}
          options={[
            { value: "recipients", label: t("pack.recipients"), hint: t("pack.recipients.hint") },
            { value: "passphrase", label: t("pack.passphrase"), hint: t("pack.passphrase.hint") },
          ]}
        />
        <div className={styles.inset}>
          {way === "recipients" ? (
            <Field label={t("pack.keys")} hint={good.length === 0 ? t("recipient.hint") : t("pack.keys.count", { count: good.length })} wrong={bad.length === 0 ? undefined : t("pack.keys.wrong", { text: elide(visible(bad[0] ?? ""), 30) })}>
              {(id, note) => <Area id={id} aria-describedby={note} aria-invalid={bad.length > 0} rows={3} className={styles.codeField} value={pasted} data-testid="pack-recipients" onChange={(event) => setPasted(event.target.value)} />}
            </Field>
          ) : (
            <NewPassphrase ref={passphrase} label={t("pack.passphrase.field")} testId="pack-passphrase" />
          )}
        </div>
        <Field label={t("reason")} hint={t("pack.reason.hint")}>
          {(id, note) => <Area id={id} aria-describedby={note} rows={2} value={reason} data-testid="pack-reason" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <p className={styles.pageText}>{t("pack.consequence")}</p>
        <ErrorBox error={error} />
        <div className={styles.end}>
          <Button look="primary" type="submit" disabled={!ready || open?.writable !== true} data-testid="pack-submit">
            {t("pack.act")}
          </Button>
          <span className={styles.muted}>{place === null ? t("pack.place.exports") : t("pack.place", { name: visible(place.name) })}</span>
          <Button small look="quiet" onClick={() => void choosePlace()}>
            {t("create.place.other")}
          </Button>
        </div>
      </form>
      <OwnKeys />
    </>
  );
}

/** What a colleague needs in order to pack for this computer. */
function OwnKeys() {
  const identity = useAnswer("share.identity", {});
  return (
    <Section title={t("identity.title")}>
      <p className={styles.pageText}>{t("identity.text")}</p>
      <ErrorBox error={identity.error} />
      {identity.data === undefined ? null : (
        <dl className={styles.facts}>
          <dt>{t("identity.recipient")}</dt>
          <dd data-testid="own-recipient">
            <Copied value={identity.data.recipient} label={t("identity.recipient")} />
          </dd>
          <dt>{t("identity.signing")}</dt>
          <dd>
            <Copied value={identity.data.signing_key} label={t("identity.signing")} />
          </dd>
        </dl>
      )}
    </Section>
  );
}
