import { describe, expect, it } from "vitest";
import { legend, namedParts, scoreText, share } from "@/logic/rank";

const part = (name: string, weight: number, value: number) => ({
  __typename: "RankPart" as const,
  part: name,
  weight,
  value,
  contribution: weight * value,
});
const WHOLE = [
  part("semantic", 0.4, 0.5),
  part("engagement", 0.3, 1),
  part("follower_quality", 0.2, 0.5),
  part("freshness", 0.1, 0),
  part("verified", 0.1, 0.6),
];

describe("why a hit is ranked", () => {
  it("names each part, also one that adds nothing", () => {
    expect(namedParts(WHOLE).map((each) => each.name)).toEqual([
      "meaning",
      "engagement",
      "follower quality",
      "freshness",
      "verified",
    ]);
    expect(scoreText(0.66, namedParts(WHOLE))).toBe(
      "Score 0.66: meaning 0.20, engagement 0.30, follower quality 0.10, freshness 0.00, verified 0.06",
    );
  });

  it("has a word for a part that it does not know", () => {
    expect(namedParts([part("brand_fit", 0.1, 1)])[0]).toMatchObject({ name: "brand fit", product: "1.00 × 0.10" });
  });

  it("fills the bar with the most that a score can be, and never more", () => {
    expect(share(1.1)).toBe(100);
    expect(share(2)).toBe(100);
    expect(share(-1)).toBe(0);
    expect(namedParts(WHOLE).reduce((sum, each) => sum + share(each.adds), 0)).toBeCloseTo(60);
  });

  it("shows each part once in the legend, in one order", () => {
    const names = legend([{ whyRanked: WHOLE.slice(0, 4).reverse() }, { whyRanked: WHOLE }]).map((each) => each.key);
    expect(names).toEqual(["semantic", "engagement", "follower_quality", "freshness", "verified"]);
    expect(legend([])).toEqual([]);
  });
});
