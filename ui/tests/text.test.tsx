/** Evidence is only ever text: no string, however hostile, adds an element or hides a character. */
import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { Text } from "../src/shared/controls";
import { elide, tsvCell, visible, visibleLines } from "../src/shared/text";
import { HOSTILE } from "./hostile";

describe("visible", () => {
  it.each([
    ["plain text stays", "Mara Ellison", "Mara Ellison"],
    ["an override is named", "a\u202Eb", "a⟦RLO⟧b"],
    ["a null is named", "a\u0000b", "a⟦U+0000⟧b"],
    ["an escape is named", "\u001b[31m", "⟦U+001B⟧[31m"],
    ["a line end is drawn", "a\nb", "a⏎b"],
    ["a joiner between Latin letters is named", "mara\u200Dellison", "mara⟦ZWJ⟧ellison"],
    ["a joiner inside an emoji stays", "👩\u200D👧", "👩\u200D👧"],
    ["a non-joiner in Persian stays", "می\u200Cخواهم", "می\u200Cخواهم"],
    ["Arabic stays", "مارا", "مارا"],
    ["a lone surrogate is named", "\ud800", "⟦U+D800⟧"],
    ["a tag character is named", "\u{E0041}", "⟦U+E0041⟧"],
  ])("%s", (_, text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it("leaves no steering character in any hostile string", () => {
    for (const text of HOSTILE) expect(visible(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
  });

  it("keeps line ends of several lines and nothing else that steers", () => {
    expect(visibleLines("a\tb\r\nc\u202Ed")).toBe("a\tb\nc⟦RLO⟧d");
  });
});

describe("Text", () => {
  it("has five hundred strings to try", () => {
    expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(490);
    expect(HOSTILE).toHaveLength(500);
  });

  it("adds exactly one element for each hostile string", () => {
    const { container } = render(
      <div>
        {HOSTILE.map((text, index) => (
          <Text key={index} value={text} />
        ))}
      </div>,
    );
    expect(container.querySelectorAll("*")).toHaveLength(1 + HOSTILE.length);
    for (const element of container.querySelectorAll("bdi")) expect(element.children).toHaveLength(0);
  });
});

describe("elide", () => {
  it.each([
    ["short", 10, "short"],
    ["0123456789abcdef", 9, "0123…cdef"],
    ["👩👩👩👩👩👩", 4, "👩👩…👩"],
  ])("%s to %i", (text, longest, expected) => {
    expect(elide(text, longest)).toBe(expected);
  });
});

describe("tsvCell", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["a\tb", "a b"],
    ["@x", "'@x"],
    ["plain", "plain"],
  ])("%s", (text, expected) => {
    expect(tsvCell(text)).toBe(expected);
  });
});
