/** Says, across the window, what an analyst must know before trusting or changing anything. */
import { TriangleAlert } from "lucide-react";

import type { OpenCaseView } from "../generated/api";
import { t } from "../i18n";
import { visible } from "../shared/text";
import styles from "./shell.module.css";

export function CustodyBar({ open }: { open: OpenCaseView }) {
  const damaged = open.custody === "damaged";
  if (!damaged && open.writable) return null;
  return (
    <div className={damaged ? styles.barBad : styles.bar} role={damaged ? "alert" : "status"}>
      <TriangleAlert size={14} aria-hidden />
      <span>{damaged ? t("custody.damaged", { text: visible(open.custody_text) }) : t("readonly", { reason: visible(open.read_only_reason) })}</span>
    </div>
  );
}
