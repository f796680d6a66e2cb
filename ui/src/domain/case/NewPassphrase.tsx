/**
 * Two fields for a new passphrase and the meter below them.
 *
 * The passphrase lives in the fields and nowhere else: `take` reads it once and empties both, so that no state of the window holds it.
 */
import { useImperativeHandle, useRef, useState, type Ref } from "react";

import { t } from "../../i18n";
import { Field, Input } from "../../shared/controls";
import { cx } from "../../shared/format";
import { STEPS, strengthOf, type Strength } from "./strength";
import styles from "./secret.module.css";

const LEAST = 8;
const COLOURS: Record<Strength, string> = { none: "var(--line-strong)", weak: "var(--bad)", fair: "var(--warn)", good: "var(--ok)", strong: "var(--ok)" };

export interface NewPassphraseHandle {
  /** Returns the passphrase and empties the fields; nothing, with the reason shown, while it is too short or the two differ. */
  take: () => string | null;
}

interface NewPassphraseProps {
  label: string;
  /** Start of the test ids, e.g. `create-passphrase`. */
  testId: string;
  ref?: Ref<NewPassphraseHandle>;
}

export function NewPassphrase({ label, testId, ref }: NewPassphraseProps) {
  const first = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [strength, setStrength] = useState<Strength>("none");
  const [wrong, setWrong] = useState<{ first?: string; again?: string }>({});

  useImperativeHandle(ref, () => ({
    take: () => {
      const secret = first.current?.value ?? "";
      const next = {
        ...(Array.from(secret).length < LEAST ? { first: t("create.passphrase.short", { least: LEAST }) } : {}),
        ...(secret === (again.current?.value ?? "") ? {} : { again: t("create.repeat.differs") }),
      };
      setWrong(next);
      if (Object.keys(next).length > 0) return null;
      for (const field of [first.current, again.current]) if (field !== null) field.value = "";
      setStrength("none");
      return secret;
    },
  }));

  return (
    <>
      <Field label={label} hint={t("create.passphrase.hint")} wrong={wrong.first}>
        {(id, note) => (
          <Input
            id={id}
            ref={first}
            type="password"
            autoComplete="new-password"
            aria-describedby={note}
            aria-invalid={wrong.first !== undefined}
            data-testid={testId}
            onChange={(event) => setStrength(strengthOf(event.target.value).word)}
          />
        )}
      </Field>
      <StrengthMeter strength={strength} />
      <Field label={t("create.repeat")} wrong={wrong.again}>
        {(id, note) => <Input id={id} ref={again} type="password" autoComplete="new-password" aria-describedby={note} aria-invalid={wrong.again !== undefined} data-testid={`${testId}-repeat`} />}
      </Field>
    </>
  );
}

/** Four steps, the word for them, and what the word means for somebody who guesses. */
export function StrengthMeter({ strength }: { strength: Strength }) {
  const step = STEPS.indexOf(strength);
  return (
    <div className={styles.strength}>
      <span className={styles.steps} role="meter" aria-label={t("strength")} aria-valuemin={0} aria-valuemax={4} aria-valuenow={step} aria-valuetext={t(`strength.${strength}`)}>
        {STEPS.slice(1).map((each, index) => (
          <span key={each} className={cx(styles.step)} style={index < step ? { background: COLOURS[strength] } : undefined} />
        ))}
      </span>
      <span aria-live="polite">
        {strength === "none" ? "" : <strong>{t(`strength.${strength}`)}</strong>} {t(`strength.${strength}.means`)}
      </span>
    </div>
  );
}
