/** Finds one entity by typing a part of its name. */
import { useState } from "react";

import { useAnswer } from "../../api/client";
import type { EntityRefView } from "../../generated/api";
import { t, term } from "../../i18n";
import { Field, Input, Text } from "../../shared/controls";
import { useLater } from "../../shared/useLater";
import { KindMark } from "./marks";
import styles from "./marks.module.css";

interface EntityPickerProps {
  label: string;
  chosen: EntityRefView | null;
  onChoose: (entity: EntityRefView) => void;
  /** Entity that cannot be chosen. */
  except?: string;
}

export function EntityPicker({ label, chosen, onChoose, except }: EntityPickerProps) {
  const [text, setText] = useState("");
  const asked = useLater(text.trim(), 150);
  const page = useAnswer(
    "entity.page",
    { kinds: [], text: asked, min_risk: "", sort: "degree", order: "desc", offset: 0, limit: 12 },
    { keep: true },
  );
  const rows = (page.data?.rows ?? []).filter((row) => row.id !== except);
  return (
    <div className={styles.picker}>
      <Field label={label}>
        {(id) => <Input id={id} value={text} placeholder={t("picker.placeholder")} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div className={styles.options} role="listbox" aria-label={label}>
        {rows.map((row) => (
          <button
            key={row.id}
            type="button"
            role="option"
            aria-selected={chosen?.id === row.id}
            className={styles.option}
            onClick={() => onChoose({ id: row.id, kind: row.kind, label: row.label })}
          >
            <KindMark kind={row.kind} />
            <Text value={row.label} longest={48} />
            <span className="visually-hidden">{term("kind", row.kind)}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
