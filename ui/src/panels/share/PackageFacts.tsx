/** What is in a package, and how far its sender is known. */
import { BadgeCheck, CircleAlert } from "lucide-react";

import { Copied } from "../../domain/state/Copied";
import type { PackageView } from "../../generated/api";
import { t } from "../../i18n";
import { Text } from "../../shared/controls";
import { count, cx, instant, size } from "../../shared/format";
import styles from "../panels.module.css";

export function PackageFacts({ view }: { view: PackageView }) {
  return (
    <section className={styles.stack} aria-label={t("package")} data-testid="package">
      <h2 className={styles.pageTitle}>
        <Text value={view.name} longest={80} />
      </h2>
      <p className={cx(styles.verdict, view.sender_known ? styles.ok : styles.warn)}>
        {view.sender_known ? <BadgeCheck size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
        <span>{t(view.sender_known ? "package.known" : "package.unknown")}</span>
      </p>
      <dl className={styles.facts}>
        <dt>{t("package.sender")}</dt>
        <dd>
          <Text value={view.sender} longest={60} />
        </dd>
        <dt>{t("package.signed")}</dt>
        <dd>
          <Text value={view.signed_by} mono />
        </dd>
        <dt>{t("package.at")}</dt>
        <dd>{instant(view.at)} UTC</dd>
        <dt>{t("package.extent")}</dt>
        <dd>{t(view.extent === "selection" ? "package.selection" : "package.whole")}</dd>
        <dt>{t("package.holds")}</dt>
        <dd>{t("package.counts", { sources: count(view.sources), observations: count(view.observations), operations: count(view.operations), size: size(view.original_bytes) })}</dd>
        <dt>{t("standing.code")}</dt>
        <dd>
          <Copied value={view.code} label={t("standing.code")} />
        </dd>
      </dl>
    </section>
  );
}
