/** How screens are laid out: panels, sections, empty and error states, dialogs, menus, a sash between two halves. */
import { ChevronRight } from "lucide-react";
import { Dialog as RadixDialog, DropdownMenu } from "radix-ui";
import { useId, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";

import styles from "./layout.module.css";
import { cx } from "./format";

export function Panel({ id, label, toolbar, children }: { id: string; label: string; toolbar?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.panel} data-panel={id} aria-label={label} tabIndex={-1}>
      {toolbar === undefined ? null : (
        <div className={styles.toolbar} role="toolbar" aria-label={label}>
          {toolbar}
        </div>
      )}
      {children}
    </section>
  );
}

export function Spacer() {
  return <span className={styles.spacer} />;
}

export function Body({ padded = false, children }: { padded?: boolean; children: ReactNode }) {
  return (
    // A scrolling region without controls must still be reachable by keyboard.
    <div className={cx(styles.body, padded && styles.padded)} tabIndex={0}>
      {children}
    </div>
  );
}

export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h2 className={styles.emptyTitle}>{title}</h2>
      <p className={styles.emptyText}>{text}</p>
      {children === undefined ? null : <div className={styles.emptyActs}>{children}</div>}
    </div>
  );
}

interface Failure {
  message: string;
  code?: string;
  hint?: string;
}

/** Says what happened, its code, and what to do. */
export function ErrorBox({ error }: { error: Failure | null | undefined }) {
  if (error === null || error === undefined) return null;
  return (
    <div className={styles.error} role="alert">
      <span>{error.message}</span>
      {error.hint === undefined || error.hint === "" ? null : <span>{error.hint}</span>}
      {error.code === undefined || error.code === "" ? null : <span className={styles.errorCode}>{error.code}</span>}
    </div>
  );
}

/** Rows of the final height, while the answer is on its way. */
export function Skeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.skeletonRow}>
          <span className={styles.skeletonBar} style={{ width: `${30 + ((row * 37) % 45)}%` }} />
        </div>
      ))}
    </div>
  );
}

export function Chevron({ open }: { open: boolean }) {
  return <ChevronRight size={14} aria-hidden className={cx(styles.chevron, open && styles.chevronOpen)} />;
}

interface SectionProps {
  title: string;
  count?: string | undefined;
  startOpen?: boolean;
  acts?: ReactNode;
  children: ReactNode;
}

export function Section({ title, count, startOpen = true, acts, children }: SectionProps) {
  const [open, setOpen] = useState(startOpen);
  const id = useId();
  return (
    <div className={styles.section}>
      <div style={{ display: "flex", alignItems: "center" }}>
        <button type="button" className={styles.sectionHead} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Chevron open={open} />
          {title}
          {count === undefined ? null : <span className={styles.sectionCount}>{count}</span>}
        </button>
        {acts}
      </div>
      <div id={id} className={styles.sectionBody} hidden={!open}>
        {open ? children : null}
      </div>
    </div>
  );
}

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  text?: string;
  wide?: boolean;
  children: ReactNode;
}

export function Dialog({ open, onClose, title, text, wide = false, children }: DialogProps) {
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className={styles.overlay} />
        <RadixDialog.Content className={cx(styles.dialog, wide && styles.wide)} {...(text === undefined ? { "aria-describedby": undefined } : {})}>
          <RadixDialog.Title className={styles.dialogTitle}>{title}</RadixDialog.Title>
          {text === undefined ? null : <RadixDialog.Description className={styles.dialogText}>{text}</RadixDialog.Description>}
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; label: string }[];
  current: Id;
  onChoose: (id: Id) => void;
  children: ReactNode;
}

/** Two or three views of one panel; arrows move between the tabs. */
export function Tabs<Id extends string>({ label, tabs, current, onChoose, children }: TabsProps<Id>) {
  const base = useId();
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    const at = tabs.findIndex((tab) => tab.id === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    onChoose(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={key}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${base}-${tab.id}`}
            data-tab={tab.id}
            data-testid={`tab-${tab.id}`}
            aria-selected={tab.id === current}
            aria-controls={`${base}-view`}
            tabIndex={tab.id === current ? 0 : -1}
            className={styles.tab}
            onClick={() => onChoose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div id={`${base}-view`} role="tabpanel" aria-labelledby={`${base}-${current}`} className={styles.tabView}>
        {children}
      </div>
    </>
  );
}

export function DialogActs({ children }: { children: ReactNode }) {
  return <div className={styles.dialogActs}>{children}</div>;
}

/** One line of a menu; `null` draws a line between groups. */
export type MenuItem = { label: string; act: () => void; disabled?: boolean; keys?: string } | null;

export function Menu({ trigger, items }: { trigger: ReactNode; items: MenuItem[] }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={2}>
          {items.map((item, index) =>
            item === null ? (
              <DropdownMenu.Separator key={`line-${index}`} className={styles.menuLine} />
            ) : (
              <DropdownMenu.Item key={item.label} className={styles.menuItem} disabled={item.disabled ?? false} onSelect={item.act}>
                {item.label}
                {item.keys === undefined ? null : <span className={styles.menuKeys}>{item.keys}</span>}
              </DropdownMenu.Item>
            ),
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export const menuStyles = styles;

interface SplitterProps {
  label: string;
  width: number;
  least: number;
  most: number;
  onWidth: (width: number) => void;
}

/** The sash left of a right-hand column; pointer and arrow keys move it. */
export function Splitter({ label, width, least, most, onWidth }: SplitterProps) {
  const clamp = (value: number) => Math.round(Math.min(most, Math.max(least, value)));
  const down = (event: PointerEvent<HTMLDivElement>) => {
    const startX = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const move = (next: globalThis.PointerEvent) => onWidth(clamp(width + startX - next.clientX));
    const up = () => {
      target.removeEventListener("pointermove", move);
      target.removeEventListener("pointerup", up);
    };
    target.addEventListener("pointermove", move);
    target.addEventListener("pointerup", up);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") onWidth(clamp(width + 16));
    else if (event.key === "ArrowRight") onWidth(clamp(width - 16));
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className={styles.sash}
      onPointerDown={down}
      onKeyDown={key}
    />
  );
}
