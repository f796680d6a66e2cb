/** Both languages say everything, with the same places to fill. */
import { describe, expect, it } from "vitest";

import { LANGUAGES, speak, t, term, type Key } from "../src/i18n";
import { strengthBits, strengthOf } from "../src/domain/case/strength";

const places = (text: string) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))].sort();

describe("dictionaries", () => {
  const keys = Object.keys(LANGUAGES.en.words) as Key[];

  it("name the same keys", () => {
    expect(Object.keys(LANGUAGES.de.words).sort()).toEqual([...keys].sort());
  });

  it.each(keys)("%s has the same places in both", (key) => {
    expect(LANGUAGES.de.words[key]).not.toBe("");
    expect(places(LANGUAGES.de.words[key])).toEqual(places(LANGUAGES.en.words[key]));
  });

  it("choose the form for one and for more", () => {
    expect(t("import.act", { count: 1 })).toBe("Import 1 file");
    expect(t("import.act", { count: 3 })).toBe("Import 3 files");
    speak("de");
    expect(t("import.act", { count: 1 })).toBe("1 Datei importieren");
    speak("en");
  });

  it("show an unknown word of the backend as it is", () => {
    expect(term("kind", "space-ship")).toBe("space ship");
  });
});

describe("strength of a passphrase", () => {
  it.each([
    ["", "none"],
    ["password123", "weak"],
    ["aaaaaaaaaaaaaaaaaaaa", "weak"],
    ["abcdefghijkl", "weak"],
    ["harbour 1991", "weak"],
    ["Harbour-1991!", "weak"],
    ["harbour harbour harbour harbour", "weak"],
    ["seven crates left", "weak"],
    ["the seven crates left", "good"],
    ["seven crates left harbour", "good"],
    ["xK9#vQ2m!tR7", "good"],
    ["seven crates left the harbour", "strong"],
  ])("%s is %s", (text, word) => {
    expect(strengthOf(text).word).toBe(word);
  });

  it("never falls when a sentence gets another word", () => {
    expect(strengthBits("seven crates left the harbour at dawn")).toBeGreaterThan(strengthBits("seven crates left"));
  });
});
