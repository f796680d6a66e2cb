/** How the window looks on this machine, and whether the system's keyring may open this case. */
import { answers, ask, keyOf } from "../../api/client";
import { useStatus } from "../../domain/case/session";
import { complain, useNotices } from "../../domain/state/notices";
import { usePreferences, type Preferences } from "../../domain/state/preferences";
import { LANGUAGES, t, type Language } from "../../i18n";
import { Button, Select } from "../../shared/controls";
import { Body, Panel } from "../../shared/layout";
import { visible } from "../../shared/text";
import styles from "../panels.module.css";

const SIZES = [80, 90, 100, 110, 125, 150, 175, 200];

export function SettingsPanel() {
  const { language, theme, density, textSize, set } = usePreferences();
  const status = useStatus().data;
  const remember = async (action: "remember" | "forget") => {
    try {
      answers.setQueryData(keyOf("case.status", {}), await ask("case.remember", { action }));
      useNotices.getState().say(t(action === "remember" ? "keyring.remembered" : "keyring.forgotten"));
    } catch (error) {
      complain(error);
    }
  };
  return (
    <Panel id="settings" label={t("panel.settings")}>
      <Body>
        <div className={styles.form}>
          <label htmlFor="set-language">{t("settings.language")}</label>
          <Select id="set-language" value={language} onChange={(event) => set({ language: event.target.value as Language })}>
            {Object.entries(LANGUAGES).map(([id, { name }]) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <label htmlFor="set-theme">{t("settings.theme")}</label>
          <Select id="set-theme" value={theme} onChange={(event) => set({ theme: event.target.value as Preferences["theme"] })}>
            {(["system", "light", "dark"] as const).map((each) => (
              <option key={each} value={each}>
                {t(`theme.${each}`)}
              </option>
            ))}
          </Select>
          <label htmlFor="set-density">{t("settings.density")}</label>
          <Select id="set-density" value={density} onChange={(event) => set({ density: event.target.value as Preferences["density"] })}>
            {(["normal", "compact"] as const).map((each) => (
              <option key={each} value={each}>
                {t(`density.${each}`)}
              </option>
            ))}
          </Select>
          <label htmlFor="set-text">{t("settings.text")}</label>
          <Select id="set-text" value={textSize} onChange={(event) => set({ textSize: Number(event.target.value) })}>
            {SIZES.map((each) => (
              <option key={each} value={each}>
                {each} %
              </option>
            ))}
          </Select>
          <span>{t("settings.keyring")}</span>
          <span style={{ display: "flex", gap: 8 }}>
            <Button onClick={() => void remember("remember")}>{t("keyring.remember")}</Button>
            <Button onClick={() => void remember("forget")}>{t("keyring.forget")}</Button>
          </span>
          <p className={styles.formNote}>{t("keyring.text", { state: visible(status?.keyring ?? "") })}</p>
        </div>
      </Body>
    </Panel>
  );
}
