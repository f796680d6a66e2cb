/** What analysts wrote about an entity; each note is an operation and can be taken back alone. */
import { Undo2 } from "lucide-react";
import { useState, type FormEvent } from "react";

import { answers, ask, keyOf, useAnswer } from "../../api/client";
import { step, useOpenCase } from "../../domain/case/session";
import type { NoteView } from "../../generated/api";
import { t } from "../../i18n";
import { toRpcError, type RpcError } from "../../platform";
import { Area, Button, Field, IconButton } from "../../shared/controls";
import { count, instant } from "../../shared/format";
import { ErrorBox, Section } from "../../shared/layout";
import { visible, visibleLines } from "../../shared/text";
import styles from "./inspector.module.css";

export function Notes({ entity }: { entity: string }) {
  const writable = useOpenCase()?.writable === true;
  const answer = useAnswer("entity.annotations", { entity });
  const [text, setText] = useState("");
  const [error, setError] = useState<RpcError | null>(null);
  const notes = answer.data?.notes ?? [];
  const add = async () => {
    if (text.trim() === "") return;
    setError(null);
    try {
      answers.setQueryData(keyOf("entity.annotations", { entity }), await ask("entity.note", { entity, text: text.trim() }));
      void answers.invalidateQueries({ queryKey: ["case.status"] });
      setText("");
    } catch (failure) {
      // What was written stays in its field.
      setError(toRpcError(failure));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add();
  };
  return (
    <Section title={t("notes")} count={count(notes.length)}>
      <ErrorBox error={answer.error} />
      <div className={styles.list}>
        {notes.map((note) => (
          <Note key={note.operation} note={note} writable={writable} />
        ))}
      </div>
      {notes.length === 0 && answer.data !== undefined ? <p className={styles.muted}>{t("notes.none")}</p> : null}
      {writable ? (
        <form className={styles.write} onSubmit={submit}>
          <Field label={t("notes.write")} hint={t("notes.hint")}>
            {(id, note) => (
              <Area
                id={id}
                aria-describedby={note}
                rows={2}
                value={text}
                data-testid="note-field"
                onChange={(event) => setText(event.target.value)}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                    event.preventDefault();
                    void add();
                  }
                }}
              />
            )}
          </Field>
          <ErrorBox error={error} />
          <div>
            <Button small type="submit" disabled={text.trim() === ""} data-testid="note-add">
              {t("notes.add")}
            </Button>
          </div>
        </form>
      ) : null}
    </Section>
  );
}

function Note({ note, writable }: { note: NoteView; writable: boolean }) {
  return (
    <div className={styles.item} data-testid="note">
      <p className={styles.noteText}>
        <bdi>{visibleLines(note.text)}</bdi>
      </p>
      <div className={styles.itemLine}>
        <span className={styles.muted}>
          {visible(note.author)} · {instant(note.at)} UTC
        </span>
        <span className={styles.grow} />
        {writable ? (
          <IconButton small label={t("notes.takeBack")} onClick={() => void step("undo", note.operation)}>
            <Undo2 size={13} aria-hidden />
          </IconButton>
        ) : null}
      </div>
    </div>
  );
}
