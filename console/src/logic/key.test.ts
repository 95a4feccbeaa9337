import { describe, expect, it } from "vitest";
import { EVERYWHERE, type Key, PAGES, REVIEW, SEARCH } from "@/logic/key";

describe.each(Object.entries(PAGES))("%s", (_, page) => {
  const keys: Key[] = Object.values(page);

  it("has each key once", () => {
    expect(new Set(keys.map((key) => key.press.toLowerCase())).size).toBe(keys.length);
  });

  it("says of each key what it does", () => {
    for (const key of keys) expect([key.shown, key.text]).not.toContain("");
  });

  it("takes no key from the browser or the reader of the screen", () => {
    for (const key of keys) expect(key.press).not.toMatch(/^(mod|ctrl|alt|meta)\+|^(Tab|Space|F\d+)$/u);
  });
});

it("leaves the keys that work everywhere alone, but for the search box's own", () => {
  const everywhere = new Set(Object.values(EVERYWHERE).map((key) => key.press));
  for (const [name, page] of Object.entries(PAGES)) {
    if (name === "EVERYWHERE") continue;
    for (const key of Object.values(page)) {
      if (key !== SEARCH.box) expect(everywhere).not.toContain(key.press);
    }
  }
});

it("has the verdicts where stewards look for them", () => {
  expect([REVIEW.same, REVIEW.different, REVIEW.unsure, REVIEW.skip, REVIEW.undo].map((key) => key.press).join("")).toBe("ARUSZ");
});
