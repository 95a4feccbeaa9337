import { describe, expect, it } from "vitest";
import { EVERYWHERE, type Key, PAGES, REVIEW, SEARCH } from "@/logic/key";

const presses = (keys: readonly Key[]) => keys.flatMap(({ press, also }) => [press, also ?? []].flat());

describe.each(Object.entries(PAGES))("%s", (_, page) => {
  const keys: Key[] = Object.values(page);

  it("has each key once", () => {
    const all = presses(keys).map((press) => press.toLowerCase());
    expect(new Set(all).size).toBe(all.length);
  });

  it("says of each key what it does", () => {
    for (const key of keys) expect([key.shown, key.text]).not.toContain("");
  });

  it("takes no key from the browser or the reader of the screen", () => {
    for (const press of presses(keys)) expect(press).not.toMatch(/^(mod|ctrl|alt|meta)\+|^(Tab|Space|F\d+)$/u);
  });

  it("names digits with shift by their place: what they write there differs", () => {
    for (const key of keys) expect(key.press).not.toMatch(/^shift\+\d$/u);
    for (const key of keys) expect(key.physical === true).toBe(key.press.includes("Digit"));
  });
});

it("leaves the keys that work everywhere alone, but for the search box's own", () => {
  const everywhere = new Set(presses(Object.values(EVERYWHERE)));
  for (const [name, page] of Object.entries(PAGES)) {
    if (name === "EVERYWHERE") continue;
    for (const key of Object.values(page)) {
      if (key !== SEARCH.box) for (const press of presses([key])) expect(everywhere).not.toContain(press);
    }
  }
});

it("has the verdicts where stewards look for them", () => {
  expect([REVIEW.same, REVIEW.different, REVIEW.unsure, REVIEW.skip, REVIEW.undo].map((key) => key.press).join("")).toBe("ARUSZ");
});
