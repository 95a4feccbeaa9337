import { describe, expect, it } from "vitest";
import { agrees, compare, fold, segment, within } from "@/logic/token";

const marked = (text: string, other: string, kind: string) =>
  compare(text, other)
    .filter((piece) => piece.agreement === kind)
    .map((piece) => piece.text);

const SAMPLES = [
  "Plant-based Indian food, 20 min",
  "مايا تطبخ كل يوم",
  "מאיה מבשלת",
  "माया की रसोई",
  "料理人マヤの台所",
  "ครัวของมายา",
  "maya_cooks.daily",
  "👩🏽‍🍳 cooks & bakes",
  "",
];

describe("compare", () => {
  it.each(SAMPLES)("loses no letter of %j", (text) => {
    for (const other of SAMPLES) {
      expect(
        compare(text, other)
          .map((piece) => piece.text)
          .join(""),
      ).toBe(text);
    }
  });

  it("marks words that both have, whatever case and accents", () => {
    expect(marked("Chloé cuisine VEGAN", "vegan recipes by Chloe", "same")).toEqual(["Chloé", "VEGAN"]);
  });

  it.each([
    ["مايا تطبخ الخبز", "وصفات مايا", ["مايا"]],
    ["מאיה מבשלת", "המטבח של מאיה", ["מאיה"]],
    ["माया की रसोई", "माया के व्यंजन", ["माया"]],
    ["料理人マヤ", "マヤの料理", ["料理", "マヤ"]],
  ])("finds words of other scripts: %s", (text, other, expected) => {
    const found = marked(text, other, "same").join(" ");
    for (const word of expected) expect(found).toContain(word);
  });

  it("keeps vowels that are marks apart", () => {
    expect(fold("की")).not.toBe(fold("का"));
    expect(fold("é")).toBe(fold("e"));
  });

  it("sees the parts of a handle", () => {
    expect(marked("maya_cooks", "maya.rao", "same")).toEqual(["maya"]);
  });

  it("tells near words from others, and never a short one", () => {
    expect(marked("Katherine bakes", "Catherine cooks", "near")).toEqual(["Katherine"]);
    expect(marked("ann", "and", "near")).toEqual([]);
  });

  it("joins a phrase into one mark", () => {
    expect(marked("the Maya Rao show", "by Maya Rao", "same")).toEqual(["Maya Rao"]);
  });
});

describe("agrees", () => {
  it("looks past case, accents and punctuation", () => {
    expect(agrees("Chloé, Paris", "CHLOE paris")).toBe(true);
    expect(agrees("Chloé", "Zoé")).toBe(false);
  });
  it("does not call two empty texts an agreement", () => {
    expect(agrees("", "")).toBe(false);
    expect(agrees("!!", "…")).toBe(false);
  });
});

describe("within", () => {
  it.each([
    ["same", "same", 0, true],
    ["kathrine", "katherine", 1, true],
    ["kathrine", "catherine", 1, false],
    ["kathrine", "catherine", 2, true],
    ["", "ab", 1, false],
  ])("%s to %s in %d", (one, other, most, expected) => {
    expect(within(one, other, most)).toBe(expected);
    expect(within(other, one, most)).toBe(expected);
  });
});

it("segments into the text again", () => {
  for (const text of SAMPLES)
    expect(
      segment(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
});
