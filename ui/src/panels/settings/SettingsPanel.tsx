/** How the window looks on this machine, and after how much time without use the case locks itself. */
import { answers, ask, keyOf } from "../../api/client";
import { useOpenCase } from "../../domain/case/session";
import { complain } from "../../domain/state/notices";
import { usePreferences, type Preferences } from "../../domain/state/preferences";
import { useWorkspace } from "../../domain/state/workspace";
import { LANGUAGES, t, type Language } from "../../i18n";
import { Button, Select } from "../../shared/controls";
import { Body, Panel } from "../../shared/layout";
import styles from "../panels.module.css";

const MINUTES = [2, 5, 10, 15, 30, 60, 120, 240, 0];
const SIZES = [80, 90, 100, 110, 125, 150, 175, 200];

export function SettingsPanel() {
  const { language, theme, density, textSize, set } = usePreferences();
  const open = useOpenCase();
  const autoLock = async (minutes: number) => {
    try {
      answers.setQueryData(keyOf("case.status", {}), await ask("case.autoLock", { minutes }));
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
          {open === null ? null : (
            <>
              <label htmlFor="set-lock">{t("settings.autoLock")}</label>
              <Select id="set-lock" value={open.auto_lock_minutes} data-testid="auto-lock" onChange={(event) => void autoLock(Number(event.target.value))}>
                {[...new Set([...MINUTES, open.auto_lock_minutes])]
                  .sort((a, b) => (a === 0 ? 1 : b === 0 ? -1 : a - b))
                  .map((minutes) => (
                    <option key={minutes} value={minutes}>
                      {minutes === 0 ? t("settings.autoLock.never") : t("settings.autoLock.minutes", { minutes })}
                    </option>
                  ))}
              </Select>
              <p className={styles.formNote}>{t("settings.autoLock.hint")}</p>
              <p className={styles.formNote}>
                {t("settings.keys")}{" "}
                <Button small onClick={() => useWorkspace.getState().open("keys")}>
                  {t("panel.keys")}
                </Button>
              </p>
            </>
          )}
        </div>
      </Body>
    </Panel>
  );
}
