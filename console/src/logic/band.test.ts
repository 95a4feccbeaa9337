import { expect, it } from "vitest";
import { BANDS, bandOf, meaning, probabilityText } from "@/logic/band";

it.each([
  [1, "LIKELY_SAME"],
  [0.9, "LIKELY_SAME"],
  [0.8999, "LEANING_SAME"],
  [0.6, "LEANING_SAME"],
  [0.5, "TOSS_UP"],
  [0.4, "TOSS_UP"],
  [0.39, "LEANING_DIFFERENT"],
  [0.1, "LEANING_DIFFERENT"],
  [0.0999, "LIKELY_DIFFERENT"],
  [0, "LIKELY_DIFFERENT"],
] as const)("%d is %s", (probability, band) => {
  expect(bandOf(probability)).toBe(band);
});

it("says what the number means", () => {
  expect(meaning(0.93)).toBe("likely the same, 0.93: of a hundred pairs like it about 93 are one person");
  expect(meaning(0.012)).toContain("about 1 is one person");
  expect(meaning(0.9999)).toContain("nearly all");
  expect(meaning(0.0001)).toContain("hardly any");
});

it("never rounds to certainty", () => {
  expect(probabilityText(0.9999)).toBe("> 0.99");
  expect(probabilityText(0.0001)).toBe("< 0.01");
  expect(probabilityText(1)).toBe("1.00");
  expect(probabilityText(0)).toBe("0.00");
});

it("has every band once, from the same to different", () => {
  expect(BANDS).toHaveLength(5);
  expect(BANDS[0]).toBe("LIKELY_SAME");
});
