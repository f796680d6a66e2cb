/** Where a case stands against what this computer remembers of it: one word, one mark and one colour for each verdict, everywhere the same. */
import { ShieldAlert, ShieldCheck, ShieldMinus, ShieldQuestionMark, type LucideIcon } from "lucide-react";

import { t, type Key } from "../../i18n";
import { cx } from "../../shared/format";
import styles from "./secret.module.css";

/** What a case can stand as, for a reader. */
export type Standing = "verified" | "unverified" | "behind" | "damaged";

const MARKS: Record<Standing, { Icon: LucideIcon; tone: "ok" | "calm" | "warn" | "bad"; short: Key; long: Key }> = {
  verified: { Icon: ShieldCheck, tone: "ok", short: "custody.verified", long: "standing.verified" },
  unverified: { Icon: ShieldQuestionMark, tone: "calm", short: "custody.unverified", long: "standing.unverified" },
  behind: { Icon: ShieldMinus, tone: "warn", short: "custody.behind", long: "standing.behind" },
  damaged: { Icon: ShieldAlert, tone: "bad", short: "custody.bad", long: "standing.damaged" },
};

/** Sorts the verdicts of the backend (of opening, of the standing, of a full check) into what a reader is told; an unknown one is not verified. */
export function standingOf(verdict: string): Standing {
  switch (verdict) {
    case "verified":
    case "extends":
      return "verified";
    case "behind":
      return "behind";
    case "damaged":
    case "diverged":
      return "damaged";
    default:
      return "unverified";
  }
}

export function StandingMark({ verdict, short = false, testId }: { verdict: string; short?: boolean; testId?: string }) {
  const mark = MARKS[standingOf(verdict)];
  return (
    <span className={cx(styles.standing, styles[mark.tone])} data-testid={testId}>
      <mark.Icon size={short ? 14 : 16} aria-hidden />
      {t(short ? mark.short : mark.long)}
    </span>
  );
}
