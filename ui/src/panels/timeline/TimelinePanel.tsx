/** Everything dated: density and lanes as a picture, its events, silences, bursts and hours as lists. */
import { useCallback, useMemo, useState } from "react";

import { useAnswer } from "../../api/client";
import { usePages, useSight, type Paging } from "../../api/pages";
import { pickFiles } from "../../domain/case/session";
import { EntityLink } from "../../domain/entity/marks";
import { FilterChips } from "../../domain/state/FilterChips";
import { useFilters } from "../../domain/state/filters";
import { useSelection } from "../../domain/state/selection";
import { HourMap } from "../../domain/timeline/HourMap";
import { TimelineCanvas } from "../../domain/timeline/TimelineCanvas";
import { isWhole, type Span } from "../../domain/timeline/window";
import type { EventView, PatternView, TimelineDensityView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, Text, Toggle } from "../../shared/controls";
import { count, day, spanText } from "../../shared/format";
import { Empty, ErrorBox, Panel, Skeleton, Spacer } from "../../shared/layout";
import { visible } from "../../shared/text";
import { useLater } from "../../shared/useLater";
import { VirtualTable, type Column } from "../../shared/VirtualTable";
import styles from "./timeline.module.css";

const PAGE = 500;
const MOST_MARKS = 500;

export function TimelinePanel() {
  const [onlyCurrent, setOnlyCurrent] = useState(false);
  const [tab, setTab] = useState<"events" | "patterns" | "hours">("events");
  const [width, setWidth] = useState(0);
  const range = useFilters((state) => state.range);
  const set = useFilters((state) => state.set);
  const current = useSelection((state) => state.current);
  const select = useSelection((state) => state.select);
  const scope = onlyCurrent ? current?.id : undefined;
  const entities = useMemo(() => (scope === undefined ? [] : [scope]), [scope]);
  const asked = useLater(range, 120);
  const buckets = Math.max(40, Math.min(1024, Math.floor(width / 4)));

  const overall = useAnswer("timeline.density", { entities, buckets: 300 }, { keep: true });
  const detail = useAnswer("timeline.density", { entities, buckets, ...(asked === null ? {} : { from_ms: asked[0], until_ms: asked[1] }) }, { when: width > 0, keep: true });
  const whole = useMemo<Span | null>(() => {
    const density = overall.data;
    return density === undefined || density.lanes.length === 0 ? null : [density.from_ms, Math.max(density.until_ms, density.from_ms + 60_000)];
  }, [overall.data]);

  const [first, last, see] = useSight();
  const paging = useMemo<Paging<"timeline.page", EventView>>(
    () => ({
      method: "timeline.page",
      request: (offset, limit) => ({ entities, kinds: [], offset, limit, ...(asked === null ? {} : { from_ms: asked[0], until_ms: asked[1] }) }),
      rows: (answer) => answer.events,
      total: (answer) => answer.total,
      pageSize: PAGE,
    }),
    [entities, asked],
  );
  const pages = usePages(paging, first, last);
  const marks = pages.total > 0 && pages.total <= MOST_MARKS ? Array.from({ length: pages.total }, (_, index) => pages.row(index)).filter((event) => event !== undefined) : [];
  const columns = useMemo(eventColumns, []);
  const onView = useCallback((view: Span) => set({ range: whole !== null && isWhole(view, whole) ? null : view }), [set, whole]);

  const density = overall.data;
  return (
    <Panel
      id="timeline"
      label={t("panel.timeline")}
      toolbar={
        <>
          <Toggle pressed={onlyCurrent} disabled={current === null} onClick={() => setOnlyCurrent(!onlyCurrent)}>
            {t("timeline.only")}
          </Toggle>
          <FilterChips />
          <Spacer />
          <span className={styles.muted}>{pages.pending ? "" : t("timeline.count", { count: count(pages.total) })}</span>
        </>
      }
    >
      <ErrorBox error={overall.error ?? detail.error ?? pages.error} />
      {overall.isPending ? <Skeleton rows={6} /> : null}
      {density !== undefined && whole === null ? (
        onlyCurrent ? (
          <Empty title={t("timeline.none.title")} text={t("timeline.none.text")}>
            <Button onClick={() => setOnlyCurrent(false)}>{t("timeline.all")}</Button>
          </Empty>
        ) : (
          <Empty title={t("timeline.empty.title")} text={t("timeline.empty.text")}>
            <Button look="primary" onClick={() => void pickFiles()}>
              {t("evidence.add")}
            </Button>
          </Empty>
        )
      ) : null}
      {density === undefined || whole === null ? null : (
        <div className={styles.frame}>
          <div className={styles.area}>
            <div className={styles.picture}>
              <TimelineCanvas whole={whole} view={range ?? whole} overall={density} detail={detail.data ?? density} marks={marks} currentId={current?.id} onView={onView} onWidth={setWidth} />
            </div>
            <div className={styles.twin}>
              <div className={styles.tabs} role="group" aria-label={t("timeline.lists")}>
                {(["events", "patterns", "hours"] as const).map((each) => (
                  <Button key={each} small look={tab === each ? "plain" : "quiet"} aria-pressed={tab === each} onClick={() => setTab(each)}>
                    {t(`timeline.tab.${each}`)}
                  </Button>
                ))}
              </div>
              {tab === "events" ? (
                <div className={styles.list}>
                  <VirtualTable
                    label={t("events")}
                    columns={columns}
                    total={pages.total}
                    row={pages.row}
                    idOf={(event) => event.id}
                    onSight={see}
                    onCurrent={(event) => {
                      const who = event.participants[0]?.entity;
                      if (who !== undefined && !onlyCurrent) select(who);
                    }}
                    rowTestId="timeline-event"
                  />
                </div>
              ) : tab === "patterns" ? (
                <Patterns density={density} onShow={(pattern) => onView([Date.parse(pattern.start), Date.parse(pattern.end)])} />
              ) : (
                <div className={styles.body} tabIndex={0} role="group" aria-label={t("timeline.hours")}>
                  <HourMap hours={density.hours} />
                </div>
              )}
            </div>
          </div>
        </div>
      )}
    </Panel>
  );
}

function Patterns({ density, onShow }: { density: TimelineDensityView; onShow: (pattern: PatternView) => void }) {
  const list = [...density.bursts, ...density.gaps];
  return (
    <div className={styles.body} tabIndex={0} role="group" aria-label={t("timeline.tab.patterns")}>
      {list.length === 0 ? <p className={styles.pattern}>{t("timeline.noPatterns")}</p> : null}
      {list.map((pattern, index) => (
        <div key={`${pattern.kind}-${pattern.start}-${index}`} className={styles.pattern}>
          <span>{t(pattern.kind === "burst" ? "pattern.burst" : "pattern.gap")}</span>
          <span className={styles.mono}>
            {day(pattern.start)} – {day(pattern.end)}
          </span>
          <span>
            {visible(pattern.text)} {pattern.entity === null ? null : <EntityLink entity={pattern.entity} longest={28} />}
          </span>
          <Button small look="quiet" onClick={() => onShow(pattern)}>
            {t("timeline.show")}
          </Button>
        </div>
      ))}
    </div>
  );
}

function eventColumns(): Column<EventView>[] {
  return [
    {
      id: "when",
      header: t("column.when"),
      cell: ({ row }) => (
        <span className={styles.mono} title={`${row.original.start} – ${row.original.end} ${row.original.span.zone_known ? "" : t("zone.unknown")}`}>
          {spanText(row.original.span.text)}
        </span>
      ),
      meta: { track: "minmax(120px, 162px)", text: (event) => event.span.text },
    },
    { id: "kind", header: t("column.kind"), cell: ({ row }) => term("event", row.original.kind), meta: { track: "76px", spare: 2, text: (event) => event.kind } },
    { id: "text", header: t("column.what"), cell: ({ row }) => <Text value={row.original.text} longest={160} />, meta: { track: "minmax(140px, 1.6fr)", text: (event) => visible(event.text) } },
    {
      id: "who",
      header: t("column.who"),
      cell: ({ row }) => <Text value={row.original.participants.map((each) => each.entity.label).join(", ")} longest={70} />,
      meta: { track: "minmax(100px, 1fr)", spare: 1, text: (event) => event.participants.map((each) => visible(each.entity.label)).join(", ") },
    },
  ];
}
