/** Tells above a profile that records came here from an entity that is no more, or where records went that stood here; each place is one press away. */
import type { FollowedView } from "../../generated/api";
import { t } from "../../i18n";
import { Button, Text } from "../../shared/controls";
import { count } from "../../shared/format";
import { visible } from "../../shared/text";
import { useSelection } from "../state/selection";
import { movedWords } from "./moved";
import styles from "./moved.module.css";

interface MovedNoteProps {
  moved: FollowedView;
  /** What the former entity was called; nothing where this one still lives. */
  label: string | null;
  /** The entity that is shown. */
  here: string;
}

export function MovedNote({ moved, label, here }: MovedNoteProps) {
  const select = useSelection((state) => state.select);
  const others = moved.now_in.filter((part) => part.entity.id !== here);
  return (
    <div className={styles.note} role="status" data-testid="moved-note">
      <p>
        {label === null ? t("moved.left") : movedWords(visible(label), moved)}
        {moved.gone === 0 ? "" : ` ${t("moved.gone", { count: count(moved.gone) })}`}
      </p>
      {others.map((part) => (
        <p key={part.entity.id} className={styles.part}>
          <Button small look="quiet" onClick={() => select(part.entity)}>
            <Text value={part.entity.label} longest={40} />
          </Button>
          <span className={styles.records}>{t("records.count", { count: part.records })}</span>
        </p>
      ))}
    </div>
  );
}
