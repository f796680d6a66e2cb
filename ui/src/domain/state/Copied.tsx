/** Something short that people carry elsewhere (a code, a public key), with a button that copies it. */
import { Copy } from "lucide-react";

import { t } from "../../i18n";
import { IconButton } from "../../shared/controls";
import { elide, visible } from "../../shared/text";
import styles from "../case/secret.module.css";
import { complain, useNotices } from "./notices";

/** Copies a text and says so. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    useNotices.getState().say(t("copied"));
  } catch (error) {
    complain(error);
  }
}

export function Copied({ value, label, longest }: { value: string; label: string; longest?: number }) {
  const whole = visible(value);
  return (
    <span className={styles.copied}>
      <code title={whole}>{longest === undefined ? whole : elide(whole, longest)}</code>
      <IconButton small label={t("copy.what", { what: label })} onClick={() => void copyText(value)}>
        <Copy size={13} aria-hidden />
      </IconButton>
    </span>
  );
}
