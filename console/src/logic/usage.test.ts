import { describe, expect, it } from "vitest";
import { everyDay, fullness, hourly, rateShare, rateText, scaleTop } from "@/logic/usage";

const NOW = Date.parse("2026-03-01T23:59:00Z");
const day = (name: string, requests: number) => ({ day: name, requests, refused: 0, cost: 0, rows: 0 });

describe("days of use", () => {
  it("come in a row, those without use too, today the last", () => {
    const days = everyDay([day("2026-02-27", 3), day("2026-03-01", 5)], 4, NOW);
    expect(days.map((each) => [each.day, each.requests])).toEqual([
      ["2026-02-26", 0],
      ["2026-02-27", 3],
      ["2026-02-28", 0],
      ["2026-03-01", 5],
    ]);
  });

  it("leave out what is older than was asked for", () => {
    expect(everyDay([day("2026-01-01", 9)], 2, NOW).every((each) => each.requests === 0)).toBe(true);
  });
});

it.each([
  [[], 1],
  [[0, 0], 1],
  [[3], 5],
  [[10], 10],
  [[11, 4], 20],
  [[4300], 5000],
  [[99_000], 100_000],
])("the scale of %o ends at %d", (values, top) => expect(scaleTop(values)).toBe(top));

describe("the rate", () => {
  it("is told as people say it", () => {
    expect(rateText({ requests: 1000, seconds: 900 })).toBe("1,000 in 15 minutes");
    expect(rateText({ requests: 60, seconds: 60 })).toBe("60 in a minute");
    expect(rateText({ requests: 5, seconds: 90 })).toBe("5 in 90 seconds");
    expect(rateText(null)).toBe("no rate");
  });

  it("is compared with the busiest hour", () => {
    expect(hourly({ requests: 1000, seconds: 900 })).toBe(4000);
    expect(hourly({ requests: 1000, seconds: 86_400 })).toBe(1000);
    expect(rateShare(3000, { requests: 1000, seconds: 900 })).toBe(0.75);
    expect(rateShare(3000, null)).toBeNull();
  });

  it("is near before it is reached, and over as soon as one request was refused", () => {
    expect(fullness(0.5, 0)).toBe("quiet");
    expect(fullness(0.8, 0)).toBe("near");
    expect(fullness(1, 0)).toBe("over");
    expect(fullness(0.1, 1)).toBe("over");
  });
});
