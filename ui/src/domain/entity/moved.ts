/**
 * Follows entities that are no more: whatever holds the id of one (the selection and the way back, the next report, the graph's focus) is
 * led to the entity that holds most of its records, and it is said. Nothing is followed while a former day is shown.
 */
import { useEffect } from "react";

import { useAnswer } from "../../api/client";
import type { EntityRefView, FollowedView } from "../../generated/api";
import { t } from "../../i18n";
import { visible } from "../../shared/text";
import { useHistory } from "../state/history";
import { useNotices } from "../state/notices";
import { useReport } from "../state/report";
import { useSelection } from "../state/selection";

type Follow = (moved: FollowedView, into: EntityRefView) => void;

/** Asks whether these ids are no more, and hands on where each leads; a newer answer of the case asks again. */
export function useMoved(ids: readonly string[], follow: Follow): void {
  const present = useHistory((state) => state.moment === null);
  const { data } = useAnswer("entity.moved", { ids: [...ids] }, { when: present && ids.length > 0 });
  useEffect(() => {
    for (const moved of data?.moved ?? []) {
      const [first] = moved.now_in;
      if (present && first !== undefined) follow(moved, first.entity);
    }
    // Each answer is followed once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data, present]);
}

/** Keeps what the whole window shares on living entities. */
export function useFollowedSelection(): void {
  const current = useSelection((state) => state.current);
  const past = useSelection((state) => state.past);
  const chosen = useReport((state) => state.entities);
  const ids = [...new Set([...(current === null ? [] : [current]), ...past, ...chosen].map((entity) => entity.id))].sort();
  useMoved(ids, (moved, into) => {
    const held = [current, ...past, ...chosen].find((entity) => entity?.id === moved.id);
    useSelection.getState().follow(moved, into);
    useReport.getState().follow(moved.id, into);
    if (held !== undefined && held !== null) useNotices.getState().say(movedWords(visible(held.label), moved));
  });
}

/** Says in one sentence where an entity went. */
export function movedWords(label: string, moved: FollowedView): string {
  const [first] = moved.now_in;
  if (first === undefined) return t("moved.nowhere", { label });
  if (moved.now_in.length === 1) return t("moved.joined", { label, into: visible(first.entity.label) });
  return t("moved.parted", { label, into: visible(first.entity.label), count: moved.now_in.length });
}
