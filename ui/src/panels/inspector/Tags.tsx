/** The tags of an entity, put on and taken off in one line. */
import { useId, useState, type FormEvent } from "react";

import { answers, ask, keyOf, useAnswer } from "../../api/client";
import { useOpenCase } from "../../domain/case/session";
import { complain } from "../../domain/state/notices";
import { t } from "../../i18n";
import { Chip, Input } from "../../shared/controls";
import { elide, visible } from "../../shared/text";
import styles from "./inspector.module.css";

export function Tags({ entity }: { entity: string }) {
  const writable = useOpenCase()?.writable === true;
  const answer = useAnswer("entity.annotations", { entity });
  const [tag, setTag] = useState("");
  const list = useId();
  const view = answer.data;
  const change = async (name: string, state: "on" | "off") => {
    try {
      answers.setQueryData(keyOf("entity.annotations", { entity }), await ask("entity.tag", { entity, tag: name, state }));
      void answers.invalidateQueries({ queryKey: ["case.status"] });
    } catch (error) {
      complain(error);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (tag.trim() === "") return;
    void change(tag.trim(), "on");
    setTag("");
  };
  if (view === undefined || (view.tags.length === 0 && !writable)) return null;
  return (
    <form className={styles.tags} onSubmit={submit} aria-label={t("tags")}>
      {view.tags.map((each) => (
        <Chip key={each} {...(writable ? { removeLabel: t("tags.remove", { tag: visible(each) }), onRemove: () => void change(each, "off") } : {})}>
          <bdi data-testid="tag">{elide(visible(each), 28)}</bdi>
        </Chip>
      ))}
      {writable ? (
        <>
          <Input className={styles.tagField} aria-label={t("tags.add")} placeholder={t("tags.add")} list={list} maxLength={64} value={tag} data-testid="tag-field" onChange={(event) => setTag(event.target.value)} />
          <datalist id={list}>
            {view.known_tags
              .filter((each) => !view.tags.includes(each))
              .map((each) => (
                <option key={each} value={each} />
              ))}
          </datalist>
        </>
      ) : null}
    </form>
  );
}
