/** Parts some records from the entity they are in; every record is shown by what it says and where. */
import { useMemo, useState, type FormEvent } from "react";

import { ask, caseChanged, useAnswer } from "../../api/client";
import type { EntityRefView, EntityView, StatementView } from "../../generated/api";
import { t, term } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Area, Button, Field } from "../../shared/controls";
import { short } from "../../shared/format";
import { Dialog, DialogActs, ErrorBox, Skeleton } from "../../shared/layout";
import { elide, visible } from "../../shared/text";
import { useNotices } from "../state/notices";
import styles from "./dialogs.module.css";

const MOST_STATEMENTS = 1000;
const SHOWN_OF_RECORD = 4;

/** Every statement that the profile of an entity rests on. */
function statementsOf(view: EntityView): string[] {
  return [...new Set([...view.facts.flatMap((fact) => fact.statements), ...view.aliases.flatMap((alias) => alias.statements)])].slice(0, MOST_STATEMENTS);
}

export function SplitDialog({ entity, onClose }: { entity: EntityRefView; onClose: () => void }) {
  const profile = useAnswer("entity.get", { id: entity.id });
  const ids = useMemo(() => (profile.data === undefined ? [] : statementsOf(profile.data)), [profile.data]);
  const said = useAnswer("statement.get", { ids }, { when: ids.length > 0 });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const [busy, setBusy] = useState(false);
  const byRecord = useMemo(() => {
    const found = new Map<string, StatementView[]>();
    for (const statement of said.data?.statements ?? []) found.set(statement.record, [...(found.get(statement.record) ?? []), statement]);
    return found;
  }, [said.data]);
  const records = profile.data?.records ?? [];
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const done = await ask("entity.split", { entity: entity.id, records: records.filter((record) => chosen.has(record)), reason: reason.trim() });
      const held = done.conflicts ?? [];
      useNotices.getState().say(held.length === 0 ? t("split.done") : t("split.held", { what: held.map(visible).join("; ") }));
      caseChanged();
      onClose();
    } catch (failure) {
      setError(toRpcError(failure));
      setBusy(false);
    }
  };
  const toggle = (record: string) => {
    const next = new Set(chosen);
    if (!next.delete(record)) next.add(record);
    setChosen(next);
  };
  return (
    <Dialog open onClose={onClose} wide title={t("split.title", { label: visible(entity.label) })} text={t("split.text")}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <ErrorBox error={profile.error ?? said.error} />
        {profile.isPending ? <Skeleton rows={4} /> : null}
        {records.length === 1 ? <p>{t("split.one")}</p> : null}
        <ul className={styles.records} aria-label={t("split.records")}>
          {records.map((record) => (
            <li key={record}>
              <label className={styles.record} data-testid="split-record">
                <input type="checkbox" checked={chosen.has(record)} onChange={() => toggle(record)} />
                <RecordWords record={record} statements={byRecord.get(record) ?? []} />
              </label>
            </li>
          ))}
        </ul>
        <Field label={t("reason")} hint={t("reason.hint")}>
          {(id, note) => <Area id={id} aria-describedby={note} rows={2} value={reason} data-testid="split-reason" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <ErrorBox error={error} />
        <DialogActs>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" disabled={busy || reason.trim() === "" || chosen.size === 0 || chosen.size >= records.length} data-testid="split-submit">
            {t("split.do", { count: chosen.size })}
          </Button>
        </DialogActs>
      </form>
    </Dialog>
  );
}

function RecordWords({ record, statements }: { record: string; statements: StatementView[] }) {
  const first = statements[0];
  const words = statements.slice(0, SHOWN_OF_RECORD).map((statement) => `${term("property", statement.property)}: ${elide(visible(statement.value === "" ? statement.original : statement.value), 40)}`);
  return (
    <span className={styles.recordText}>
      <bdi>{words.length === 0 ? t("split.record", { id: short(record) }) : words.join(" · ")}</bdi>
      {first === undefined ? null : (
        <span className={styles.muted}>
          {visible(first.source_name)}, {visible(first.locator)}
        </span>
      )}
    </span>
  );
}
