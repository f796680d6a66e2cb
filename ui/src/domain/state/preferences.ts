/** How the analyst wants the window to look; kept on this machine, and nothing of any case is in it. */
import { create } from "zustand";

import { speak, type Language } from "../../i18n";

export interface Preferences {
  language: Language;
  theme: "system" | "light" | "dark";
  density: "normal" | "compact";
  /** Text size in percent, 80 to 200. */
  textSize: number;
  inspectorWidth: number;
}

const PLACE = "fusion.preferences";
const FIRST: Preferences = { language: "en", theme: "system", density: "normal", textSize: 100, inspectorWidth: 340 };

function load(): Preferences {
  try {
    const text = localStorage.getItem(PLACE);
    if (text === null) return FIRST;
    const found = JSON.parse(text) as Partial<Preferences>;
    const size = Number(found.textSize);
    const width = Number(found.inspectorWidth);
    return {
      language: found.language === "de" ? "de" : "en",
      theme: found.theme === "light" || found.theme === "dark" ? found.theme : "system",
      density: found.density === "compact" ? "compact" : "normal",
      textSize: size >= 80 && size <= 200 ? size : FIRST.textSize,
      inspectorWidth: width >= 260 && width <= 720 ? width : FIRST.inspectorWidth,
    };
  } catch {
    // An unreadable note is no reason not to start.
    return FIRST;
  }
}

function apply(preferences: Preferences): void {
  const root = document.documentElement;
  if (preferences.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = preferences.theme;
  root.dataset["density"] = preferences.density;
  root.style.setProperty("--text-scale", String(preferences.textSize / 100));
  speak(preferences.language);
}

interface PreferencesStore extends Preferences {
  set: (change: Partial<Preferences>) => void;
}

export const usePreferences = create<PreferencesStore>((set, get) => ({
  ...load(),
  set: (change) => {
    set(change);
    const { language, theme, density, textSize, inspectorWidth } = get();
    const next = { language, theme, density, textSize, inspectorWidth };
    apply(next);
    try {
      localStorage.setItem(PLACE, JSON.stringify(next));
    } catch {
      // Storage may be off; the choice then lasts as long as the window.
    }
  },
}));

/** Puts the remembered look on the page; called once before the first drawing. */
export function applyPreferences(): void {
  apply(usePreferences.getState());
}
