/** All entities as a table that the backend pages; filters are shared with graph and timeline. */
import { Columns3 } from "lucide-react";
import { useMemo, useState } from "react";

import { ask, useAnswer } from "../../api/client";
import { usePages, useSight, type Paging } from "../../api/pages";
import { pickFiles } from "../../domain/case/session";
import { RISK_LEVELS } from "../../domain/entity/kinds";
import { FilterChips } from "../../domain/state/FilterChips";
import { useFilters } from "../../domain/state/filters";
import { useSelection } from "../../domain/state/selection";

import type { EntitiesPageRequest, EntityRowView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Button, IconButton, Input, Select } from "../../shared/controls";
import { count } from "../../shared/format";
import { Empty, ErrorBox, Menu, Panel, Skeleton, Spacer } from "../../shared/layout";
import { useLater } from "../../shared/useLater";
import { VirtualTable, type Sort } from "../../shared/VirtualTable";
import { entityColumns } from "./columns";

const PAGE = 200;
const COLUMNS_PLACE = "fusion.columns.entities";

function hiddenColumns(): string[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(COLUMNS_PLACE) ?? '["records","first_seen"]');
    return Array.isArray(found) ? found.filter((each): each is string => typeof each === "string") : [];
  } catch {
    return [];
  }
}

export function EntitiesPanel() {
  const { kinds, minRisk, text, set, toggleKind, clear } = useFilters();
  const current = useSelection((state) => state.current);
  const select = useSelection((state) => state.select);
  const [sort, setSort] = useState<Sort>({ by: "risk", order: "desc" });
  const [hidden, setHidden] = useState(hiddenColumns);
  const [first, last, see] = useSight();
  const asked = useLater(text.trim(), 150);

  const paging = useMemo<Paging<"entity.page", EntityRowView>>(
    () => ({
      method: "entity.page",
      request: (offset, limit): EntitiesPageRequest => ({ kinds, text: asked, min_risk: minRisk, sort: sort.by, order: sort.order, offset, limit }),
      rows: (answer) => answer.rows,
      total: (answer) => answer.total,
      pageSize: PAGE,
    }),
    [kinds, asked, minRisk, sort],
  );
  const pages = usePages(paging, first, last);
  const counts = useAnswer("entity.page", { kinds: [], text: asked, min_risk: minRisk, sort: "label", order: "asc", offset: 0, limit: 1 }, { keep: true });
  const columns = useMemo(() => entityColumns(), []);

  const load = async (from: number, until: number): Promise<EntityRowView[]> => {
    const rows: EntityRowView[] = [];
    for (let offset = from; offset <= until; offset += 1000) {
      const page = await ask("entity.page", paging.request(offset, Math.min(1000, until - offset + 1)));
      rows.push(...page.rows);
    }
    return rows;
  };
  const toggleColumn = (id: string) => {
    const next = hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id];
    setHidden(next);
    try {
      localStorage.setItem(COLUMNS_PLACE, JSON.stringify(next));
    } catch {
      // The choice then lasts as long as the panel.
    }
  };

  const filtered = kinds.length > 0 || minRisk !== "" || text !== "";
  const kindsPresent = (counts.data?.kinds ?? []).filter((each) => each.count > 0 && !kinds.includes(each.kind));
  return (
    <Panel
      id="entities"
      label={t("panel.entities")}
      toolbar={
        <>
          <Input
            type="search"
            aria-label={t("entities.filter")}
            placeholder={t("entities.filter")}
            value={text}
            data-filter
            data-testid="entity-filter"
            style={{ flex: "1 1 96px", minWidth: 80, maxWidth: 220 }}
            onChange={(event) => set({ text: event.target.value })}
          />
          <Select aria-label={t("entities.kind")} style={{ width: 84 }} value="" onChange={(event) => (event.target.value === "" ? undefined : toggleKind(event.target.value))}>
            <option value="">{t("entities.kind")}</option>
            {kindsPresent.map((each) => (
              <option key={each.kind} value={each.kind}>
                {term("kind", each.kind)} ({count(each.count)})
              </option>
            ))}
          </Select>
          <Select aria-label={t("entities.risk")} style={{ width: 96 }} value={minRisk} onChange={(event) => set({ minRisk: event.target.value })}>
            <option value="">{t("entities.risk")}</option>
            {RISK_LEVELS.slice(1).map((level) => (
              <option key={level} value={level}>
                {t("filter.risk", { level: term("risk", level) })}
              </option>
            ))}
          </Select>
          <FilterChips />
          <Spacer />
          <span data-testid="entity-total">{pages.pending ? "" : t("entities.count", { count: count(pages.total) })}</span>
          <Menu
            trigger={
              <IconButton label={t("columns")}>
                <Columns3 size={15} aria-hidden />
              </IconButton>
            }
            items={columns.map((column) => ({
              label: `${hidden.includes(String(column.id)) ? "○" : "●"} ${String(column.header)}`,
              act: () => toggleColumn(String(column.id)),
              disabled: column.id === "label",
            }))}
          />
        </>
      }
    >
      <ErrorBox error={pages.error} />
      {pages.pending ? (
        <Skeleton rows={16} />
      ) : pages.total === 0 && pages.error === null ? (
        filtered ? (
          <Empty title={t("entities.noMatch.title")} text={t("entities.noMatch.text")}>
            <Button onClick={clear}>{t("filter.clear")}</Button>
          </Empty>
        ) : (
          <Empty title={t("entities.empty.title")} text={t("entities.empty.text")}>
            <Button look="primary" onClick={() => void pickFiles()}>
              {t("evidence.add")}
            </Button>
          </Empty>
        )
      ) : (
        <VirtualTable
          label={t("panel.entities")}
          columns={columns}
          total={pages.total}
          row={pages.row}
          idOf={(row) => row.id}
          onSight={see}
          onCurrent={(row) => select({ id: row.id, kind: row.kind, label: row.label })}
          currentId={current?.id}
          sort={sort}
          onSort={setSort}
          hidden={hidden}
          load={load}
          rowTestId="entity-row"
        />
      )}
    </Panel>
  );
}
