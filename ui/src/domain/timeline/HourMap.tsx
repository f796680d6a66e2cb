/** Events by weekday and hour (UTC) as a heat map whose cells also carry their number. */
import { t } from "../../i18n";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const CELL = 20;
const LEFT = 34;

export function HourMap({ hours }: { hours: readonly number[] }) {
  const highest = Math.max(1, ...hours);
  const width = LEFT + 24 * CELL;
  return (
    <svg width={width} height={18 + 7 * CELL} role="img" aria-label={t("timeline.hours")} style={{ display: "block", margin: 12, fontSize: 10 }}>
      {Array.from({ length: 12 }, (_, index) => (
        <text key={index} x={LEFT + index * 2 * CELL + CELL / 2} y="11" textAnchor="middle" fill="var(--fg-3)">
          {String(index * 2).padStart(2, "0")}
        </text>
      ))}
      {DAYS.map((name, row) => (
        <g key={name}>
          <text x="0" y={18 + row * CELL + 14} fill="var(--fg-2)">
            {t(`day.${name}`)}
          </text>
          {Array.from({ length: 24 }, (_, hour) => {
            const value = hours[row * 24 + hour] ?? 0;
            const heat = Math.round(Math.sqrt(value / highest) * 85);
            return (
              <g key={hour}>
                <rect x={LEFT + hour * CELL} y={18 + row * CELL} width={CELL - 1} height={CELL - 1} fill={value === 0 ? "var(--bg-2)" : `color-mix(in srgb, var(--accent) ${heat}%, var(--bg-2))`}>
                  <title>{`${t(`day.${name}`)} ${String(hour).padStart(2, "0")}:00 UTC — ${value}`}</title>
                </rect>
                {value === 0 ? null : (
                  <text x={LEFT + hour * CELL + (CELL - 1) / 2} y={18 + row * CELL + 13} textAnchor="middle" fill={heat > 50 ? "var(--accent-fg)" : "var(--fg-1)"} pointerEvents="none">
                    {value > 999 ? "…" : value}
                  </text>
                )}
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
