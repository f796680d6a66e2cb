/** The sources of the case: what was read, how it is graded, what went wrong in which line, and how to take it back. */
import { useMemo, useState } from "react";

import { ask, caseChanged, useAnswer } from "../../api/client";
import { pickFiles, useOpenCase } from "../../domain/case/session";
import { EraseDialog } from "../../domain/entity/EraseDialog";
import { GradeMark } from "../../domain/entity/marks";
import type { SourceView } from "../../generated/api";
import { t, term } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Button, Input, Text } from "../../shared/controls";
import { count, cx, instant, size } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { ReasonDialog } from "../../shared/ReasonDialog";
import { visible } from "../../shared/text";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "../panels.module.css";

export function EvidencePanel() {
  const answer = useAnswer("source.list", {});
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const sources = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return (answer.data?.sources ?? []).filter((source) => wanted === "" || `${source.name} ${source.kind} ${source.format}`.toLowerCase().includes(wanted));
  }, [answer.data, text]);
  const columns = useMemo(sourceColumns, []);
  const current = answer.data?.sources.find((source) => source.id === chosen);
  return (
    <Panel
      id="evidence"
      label={t("panel.evidence")}
      toolbar={
        <>
          <Button small look="primary" data-testid="evidence-add" onClick={() => void pickFiles()}>
            {t("evidence.add")}
          </Button>
          <Input type="search" aria-label={t("evidence.filter")} placeholder={t("evidence.filter")} value={text} data-filter onChange={(event) => setText(event.target.value)} />
          <Spacer />
          <span className={styles.muted}>{answer.data === undefined ? "" : t("sources.count", { count: count(answer.data.sources.length) })}</span>
        </>
      }
    >
      <ErrorBox error={answer.error} />
      {answer.isPending ? <Skeleton rows={10} /> : null}
      {answer.data === undefined ? null : answer.data.sources.length === 0 ? (
        <Empty title={t("evidence.empty.title")} text={t("evidence.empty.text")}>
          <Button look="primary" onClick={() => void pickFiles()}>
            {t("evidence.add")}
          </Button>
        </Empty>
      ) : (
        <>
          <div className={styles.detail} style={{ flex: 1 }}>
            <VirtualTable
              label={t("panel.evidence")}
              columns={columns}
              total={sources.length}
              row={(index) => sources[index]}
              idOf={(source) => source.id}
              currentId={chosen ?? undefined}
              onCurrent={(source) => setChosen(source.id)}
              rowTestId="source-row"
            />
          </div>
          {current === undefined ? null : <SourceDetail key={current.id} source={current} />}
        </>
      )}
    </Panel>
  );
}

function SourceDetail({ source }: { source: SourceView }) {
  const warnings = useAnswer("source.warnings", { source: source.id }, { when: source.warnings > 0 });
  const writable = useOpenCase()?.writable === true;
  const [asking, setAsking] = useState(false);
  const [erasing, setErasing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<RpcError | null>(null);
  const withdraw = async (reason: string) => {
    setBusy(true);
    try {
      await ask("source.withdraw", { source: source.id, reason });
      caseChanged();
      setAsking(false);
    } catch (failure) {
      setError(toRpcError(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label={source.name} style={{ flex: "0 1 40%", overflow: "auto", borderTop: "1px solid var(--line)" }}>
      <div className={styles.plan}>
        <div className={styles.planName}>
          <Text value={source.name} longest={80} />
          <GradeMark grade={source.grade} />
        </div>
        <div className={styles.planCounts}>
          {source.withdrawn ? null : (
            <Button small data-testid="withdraw" onClick={() => setAsking(true)}>
              {t("withdraw")}
            </Button>
          )}{" "}
          <Button small look="danger" disabled={!writable} data-testid="erase-source" onClick={() => setErasing(true)}>
            {t("act.erase")}
          </Button>
        </div>
        <div className={styles.planText}>
          {t("source.read", { rows: count(source.rows_read), negative: count(source.rows_negative), observations: count(source.observations), statements: count(source.statements) })}
          <br />
          {source.subject === null ? "" : `${t("source.subject", { subject: visible(source.subject) })} · `}
          {t("source.origin", { origin: visible(source.origin) })} · {t("acquired", { at: instant(source.acquired_at) })}
          <br />
          <span className={styles.mono}>SHA-256 {source.sha256}</span>
        </div>
        <div className={styles.warnings}>
          <ErrorBox error={warnings.error} />
          {(warnings.data?.warnings ?? []).map((warning, index) => (
            <div key={index} className={styles.warning}>
              <span className={styles.warn}>{warning.code}</span>
              <span className={styles.mono}>{visible(warning.locator)}</span>
              <span>{visible(warning.message)}</span>
            </div>
          ))}
        </div>
      </div>
      {erasing ? <EraseDialog target={source.id} label={source.name} onClose={() => setErasing(false)} /> : null}
      {asking ? (
        <ReasonDialog open title={t("withdraw.title", { name: visible(source.name) })} consequence={t("withdraw.consequence")} act={t("withdraw")} busy={busy} error={error} onClose={() => setAsking(false)} onReason={(reason) => void withdraw(reason)} />
      ) : null}
    </section>
  );
}

function sourceColumns(): Column<SourceView>[] {
  return [
    { id: "name", header: t("column.file"), cell: ({ row }) => <Text value={row.original.name} longest={70} className={cx(row.original.withdrawn && styles.strike)} />, meta: { track: "minmax(160px, 1.6fr)", text: (source) => visible(source.name) } },
    { id: "kind", header: t("column.kind"), cell: ({ row }) => term("source", row.original.kind), meta: { spare: 6, track: "minmax(80px, 110px)", text: (source) => source.kind } },
    { id: "format", header: t("column.format"), cell: ({ row }) => visible(row.original.format), meta: { spare: 7, track: "minmax(80px, 130px)", text: (source) => source.format } },
    { id: "grade", header: t("column.grade"), cell: ({ row }) => <GradeMark grade={row.original.grade} />, meta: { track: "58px", text: (source) => source.grade.text } },
    { id: "rows", header: t("column.rows"), cell: ({ row }) => count(row.original.rows_read), meta: { spare: 5, track: "66px", right: true, text: (source) => String(source.rows_read) } },
    { id: "statements", header: t("column.statements"), cell: ({ row }) => count(row.original.statements), meta: { track: "88px", right: true, text: (source) => String(source.statements) } },
    {
      id: "warnings",
      header: t("column.warnings"),
      cell: ({ row }) => <span className={cx(row.original.warnings > 0 && styles.warn)}>{count(row.original.warnings)}</span>,
      meta: { spare: 4, track: "78px", right: true, text: (source) => String(source.warnings) },
    },
    { id: "size", header: t("column.size"), cell: ({ row }) => size(row.original.size), meta: { spare: 8, track: "78px", right: true, text: (source) => String(source.size) } },
    { id: "acquired", header: t("column.acquired"), cell: ({ row }) => instant(row.original.acquired_at), meta: { spare: 9, track: "126px", text: (source) => source.acquired_at } },
  ];
}
