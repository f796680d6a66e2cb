/** Verdicts on whether two records or entities are one. */
import { ask } from "../../api/client";
import { t } from "../../i18n";
import { complain, useNotices } from "../state/notices";

export type Verdict = "same" | "different" | "unsure";

/** Gives a verdict; the case fuses again by itself, and the verdict can be undone. */
export async function judge(left: string, right: string, verdict: Verdict, reason: string): Promise<boolean> {
  try {
    await ask("review.judge", { left, right, verdict, reason });
    useNotices.getState().say(t(`judged.${verdict}`));
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** Gives a verdict on exactly these two records; it is fused soon, together with what else is said meanwhile. */
export async function decidePair(left: string, right: string, verdict: Verdict, reason: string): Promise<boolean> {
  try {
    await ask("review.decide", { left, right, verdict, reason });
    useNotices.getState().say(t(`judged.${verdict}`));
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}
