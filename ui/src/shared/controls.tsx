/** The small controls every screen is made of. They know nothing of cases. */
import { X } from "lucide-react";
import { useId, type ButtonHTMLAttributes, type ComponentPropsWithRef, type ReactNode } from "react";

import styles from "./controls.module.css";
import { cx } from "./format";
import { elide, visible } from "./text";

type Look = "plain" | "primary" | "quiet" | "danger";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  small?: boolean;
  ref?: React.Ref<HTMLButtonElement>;
}

export function Button({ look = "plain", small = false, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={cx(styles.button, look !== "plain" && styles[look], small && styles.small, className)} {...rest} />;
}

interface IconButtonProps extends ButtonProps {
  /** Said by screen readers and shown on hover. */
  label: string;
  pressed?: boolean;
}

export function IconButton({ label, pressed, className, look = "quiet", ...rest }: IconButtonProps) {
  return (
    <Button
      look={look}
      aria-label={label}
      title={label}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      className={cx(styles.icon, pressed === true && styles.pressed, className)}
      {...rest}
    />
  );
}

export function Toggle({ pressed, children, ...rest }: ButtonProps & { pressed: boolean }) {
  return (
    <button type="button" aria-pressed={pressed} className={styles.chip} {...rest}>
      {children}
    </button>
  );
}

export function Chip({ children, onRemove, removeLabel }: { children: ReactNode; onRemove?: () => void; removeLabel?: string }) {
  return (
    <span className={styles.chip}>
      {children}
      {onRemove === undefined ? null : (
        <button type="button" className={styles.chipRemove} aria-label={removeLabel} title={removeLabel} onClick={onRemove}>
          <X size={12} aria-hidden />
        </button>
      )}
    </span>
  );
}

interface FieldProps {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  /** Gets the id that ties label and control together. */
  children: (id: string, describedBy: string | undefined) => ReactNode;
  className?: string | undefined;
}

export function Field({ label, hint, wrong, children, className }: FieldProps) {
  const id = useId();
  const note = wrong !== undefined && wrong !== "" ? wrong : hint;
  const noteId = note === undefined ? undefined : `${id}-note`;
  return (
    <div className={cx(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children(id, noteId)}
      {note === undefined ? null : (
        <span id={noteId} className={wrong !== undefined && wrong !== "" ? styles.wrong : styles.hint}>
          {note}
        </span>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentPropsWithRef<"input">) {
  return <input className={cx(styles.input, className)} autoComplete="off" spellCheck={false} {...rest} />;
}

export function Area({ className, ...rest }: ComponentPropsWithRef<"textarea">) {
  return <textarea className={cx(styles.input, className)} spellCheck={false} {...rest} />;
}

export function Select({ className, ...rest }: ComponentPropsWithRef<"select">) {
  return <select className={cx(styles.input, className)} {...rest} />;
}

interface CheckProps {
  label: string;
  hint?: string | undefined;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  disabled?: boolean;
  testId?: string;
}

/** A box to tick, with what it means. */
export function Check({ label, hint, checked, onCheck, disabled = false, testId }: CheckProps) {
  const id = useId();
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        data-testid={testId}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-note` })}
        onChange={(event) => onCheck(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : (
        <span id={`${id}-note`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface RadiosProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; hint?: string | undefined; disabled?: boolean }[];
  onChoose: (value: Value) => void;
  testId?: string;
}

/** A few ways of which one holds. */
export function Radios<Value extends string>({ label, value, options, onChoose, testId }: RadiosProps<Value>) {
  const id = useId();
  return (
    <fieldset className={styles.radios}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <div key={option.value} className={styles.check}>
          <input
            id={`${id}-${option.value}`}
            type="radio"
            name={id}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled ?? false}
            data-testid={testId === undefined ? undefined : `${testId}-${option.value}`}
            {...(option.hint === undefined ? {} : { "aria-describedby": `${id}-${option.value}-note` })}
            onChange={() => onChoose(option.value)}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.hint === undefined ? null : (
            <span id={`${id}-${option.value}-note`} className={styles.hint}>
              {option.hint}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  );
}

interface TextProps {
  value: string;
  /** Longest text shown before its middle is left out. */
  longest?: number;
  mono?: boolean;
  className?: string | undefined;
}

/** Shows text from evidence: as text, isolated in its direction, hidden characters made visible, the whole on hover. */
export function Text({ value, longest, mono = false, className }: TextProps) {
  const whole = visible(value);
  const shown = longest === undefined ? whole : elide(whole, longest);
  return (
    <bdi className={cx(styles.text, mono && styles.mono, className)} title={shown === whole ? undefined : whole}>
      {shown}
    </bdi>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className={styles.kbd}>{children}</kbd>;
}

/** A bar from 0 to 1 whose meaning stands beside it in words. */
export function Meter({ share, label, colour }: { share: number; label: string; colour?: string }) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <span className={styles.meter} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <span className={styles.meterFill} style={{ width: `${percent}%`, background: colour }} />
    </span>
  );
}
