/** Every text of the window comes from here: one typed dictionary a language, with `{name}` places to fill. */
import { de } from "./de";
import { en } from "./en";

export type Key = keyof typeof en;
export type Dictionary = Record<Key, string>;
export type Language = "en" | "de";

export const LANGUAGES: Record<Language, { name: string; words: Dictionary }> = {
  en: { name: "English", words: en },
  de: { name: "Deutsch", words: de },
};

let words: Dictionary = en;

/** Chooses the language for everything drawn from now on. */
export function speak(language: Language): void {
  words = LANGUAGES[language].words;
  if (typeof document !== "undefined") document.documentElement.lang = language;
}

/** Returns a text with its places filled; `{count:file/files}` chooses the form for one or for another number. */
export function t(key: Key, places: Record<string, string | number> = {}): string {
  return words[key].replace(/\{(\w+)(?::([^/}]*)\/([^}]*))?\}/g, (whole, name: string, one?: string, other?: string) => {
    const value = places[name];
    if (value === undefined) return whole;
    if (one === undefined || other === undefined) return String(value);
    return String(value) === "1" ? one : other;
  });
}

/** Returns the text for a word of the backend (a kind, a state), or the word itself where the dictionary has none. */
export function term(group: "kind" | "relation" | "event" | "risk" | "property" | "state" | "source" | "job" | "operation" | "action" | "slot" | "kept" | "merge" | "feature", word: string): string {
  const key = `${group}.${word}`;
  return key in words ? words[key as Key] : word.replaceAll("-", " ");
}
