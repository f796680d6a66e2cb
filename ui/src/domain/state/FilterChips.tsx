/** The shared filters as chips one can read and take away. */
import { t, term } from "../../i18n";
import { Button, Chip } from "../../shared/controls";
import { day, isoOf } from "../../shared/format";
import { visible } from "../../shared/text";
import { useFilters } from "./filters";

export function FilterChips() {
  const { kinds, minRisk, text, range, set, toggleKind, clear } = useFilters();
  const any = kinds.length > 0 || minRisk !== "" || text !== "" || range !== null;
  if (!any) return null;
  return (
    <>
      {kinds.map((kind) => (
        <Chip key={kind} removeLabel={t("filter.remove")} onRemove={() => toggleKind(kind)}>
          {t("filter.kind", { kind: term("kind", kind) })}
        </Chip>
      ))}
      {minRisk === "" ? null : (
        <Chip removeLabel={t("filter.remove")} onRemove={() => set({ minRisk: "" })}>
          {t("filter.risk", { level: term("risk", minRisk) })}
        </Chip>
      )}
      {text === "" ? null : (
        <Chip removeLabel={t("filter.remove")} onRemove={() => set({ text: "" })}>
          {t("filter.text", { text: visible(text) })}
        </Chip>
      )}
      {range === null ? null : (
        <Chip removeLabel={t("filter.remove")} onRemove={() => set({ range: null })}>
          {day(isoOf(range[0]))} … {day(isoOf(range[1]))}
        </Chip>
      )}
      <Button small look="quiet" onClick={clear}>
        {t("filter.clear")}
      </Button>
    </>
  );
}
