/** Which case this is, how it is marked, whether it is whole; search; lock. */
import { Lock, Search } from "lucide-react";

import { StandingMark } from "../domain/case/Standing";
import { lockCase } from "../domain/case/session";
import { TlpMark } from "../domain/entity/marks";
import { LAYOUTS, useWorkspace } from "../domain/state/workspace";
import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { Button, Kbd, Text } from "../shared/controls";
import { cx } from "../shared/format";
import { visible } from "../shared/text";
import { Mark } from "./Mark";
import styles from "./shell.module.css";

export function TitleBar({ open }: { open: OpenCaseView }) {
  const arrange = useWorkspace((state) => state.arrange);
  const layout = useWorkspace((state) => state.layout);
  const setPalette = useWorkspace((state) => state.setPalette);
  return (
    <header className={styles.title}>
      <Mark size={18} />
      <h1 className={styles.caseName}>
        <Text value={open.name} longest={48} />
      </h1>
      {open.sample ? <span className={styles.tag}>{t("sample")}</span> : null}
      {open.tlp === "" ? null : <TlpMark tlp={open.tlp} />}
      <button
        type="button"
        className={styles.custody}
        title={visible(open.custody_text)}
        data-testid="title-custody"
        onClick={() => useWorkspace.getState().open("custody")}
      >
        <StandingMark verdict={open.custody} short />
      </button>
      <nav className={styles.layouts} aria-label={t("layouts")}>
        {LAYOUTS.map((id) => (
          <button key={id} type="button" className={cx(styles.layout, layout?.id === id && styles.layoutActive)} aria-pressed={layout?.id === id} data-testid={`layout-${id}`} onClick={() => arrange(id)}>
            {t(`layout.${id}`)}
          </button>
        ))}
      </nav>
      <button type="button" className={styles.search} data-testid="search" onClick={() => setPalette(true)}>
        <Search size={14} aria-hidden />
        <span className={styles.searchText}>{t("search")}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <Button small look="quiet" title={t("lock.hint")} data-testid="lock" onClick={() => void lockCase()}>
        <Lock size={14} aria-hidden />
        {t("lock")}
      </Button>
    </header>
  );
}
