import { describe, expect, it } from "vitest";
import { advance, type Item, sameFacts, type Line, type Refusal, START, type Step } from "@/page/review/line";

const item = (id: string, version = 1) => ({ __typename: "ReviewItem", id, version, state: "CLAIMED" }) as unknown as Item;
const run = (...steps: Step[]): Line => steps.reduce(advance, START);
const ids = (line: Line) => line.ahead.map((each) => each.id).join("");
const fill = (...names: string[]): Step => ({ type: "filled", items: names.map((name) => item(name)), asked: 3 });
const act: Step = { type: "acted", act: "SAME", comment: null };
const stale: Refusal = { __typename: "StaleVersion", message: "m", mend: "n", expected: 1, actual: 2 };
const decided = { __typename: "AlreadyDecided", message: "m", mend: "n" } as unknown as Refusal;

describe("a line of items", () => {
  it("moves on at once", () => {
    const line = run(fill("a", "b", "c"), act);
    expect(ids(line)).toBe("bc");
    expect(line.sent[0]).toMatchObject({ act: "SAME", kept: false, decisionId: null });
  });

  it("takes an item that it holds already once, in its newest version", () => {
    const line = run(fill("a", "b"), { type: "filled", items: [item("a", 7), item("b"), item("c")], asked: 3 });
    expect(ids(line)).toBe("abc");
    expect(line.ahead[0]?.version).toBe(7);
  });

  it("does not bring back what is under way or was skipped when it is filled", () => {
    expect(ids(run(fill("a", "b"), act, fill("a", "b", "c")))).toBe("bc");
    const skipped = run(
      fill("a", "b"),
      { type: "acted", act: "SKIP", comment: "x" },
      { type: "kept", itemId: "a", decisionId: null },
    );
    expect(ids(advance(skipped, fill("a", "b")))).toBe("b");
  });

  it("is offered again what came up anew after it was decided", () => {
    const kept = run(fill("a", "b"), act, { type: "kept", itemId: "a", decisionId: "d" });
    expect(ids(advance(kept, { type: "filled", items: [item("a", 3), item("b")], asked: 3 }))).toBe("ba");
  });

  it("drops what was settled meanwhile, but not what is being read", () => {
    expect(ids(run(fill("a", "b", "c"), fill("c", "d")))).toBe("acd");
  });

  it("brings a refused item back behind the one that is being read", () => {
    const line = run(fill("a", "b", "c"), act, { type: "refused", itemId: "a", outcome: stale });
    expect(ids(line)).toBe("bac");
    expect(line.refused).toMatchObject({ act: "SAME", outcome: stale });
    expect(line.sent).toEqual([]);
  });

  it("brings it to the front where nothing else is there", () => {
    expect(ids(run(fill("a"), act, { type: "refused", itemId: "a", outcome: stale }))).toBe("a");
  });

  it("leaves out what somebody else has decided, and says so", () => {
    const line = run(fill("a", "b"), act, { type: "refused", itemId: "a", outcome: decided });
    expect(ids(line)).toBe("b");
    expect(line.refused?.outcome.__typename).toBe("AlreadyDecided");
  });

  it("undoes: the item is in front again, and away again where the server does not take it back", () => {
    const kept = run(fill("a", "b"), act, { type: "kept", itemId: "a", decisionId: "d" });
    const sent = kept.sent[0];
    const back = advance(kept, { type: "back", itemId: "a" });
    expect(ids(back)).toBe("ab");
    expect(back.sent).toEqual([]);
    if (sent === undefined) throw new Error("nothing was sent");
    const again = advance(back, { type: "notBack", sent, outcome: stale });
    expect(ids(again)).toBe("b");
    expect(again.sent).toEqual([sent]);
  });

  it("knows when the server has nothing more", () => {
    expect(run(fill("a", "b", "c")).dry).toBe(false);
    expect(run(fill("a")).dry).toBe(true);
  });

  it("has nothing to act on when it is empty", () => {
    expect(run(act)).toBe(START);
  });

  it("never holds an item twice, whatever happens", () => {
    const steps: Step[] = [
      fill("a", "b", "c"),
      act,
      fill("a", "c"),
      { type: "refused", itemId: "a", outcome: stale },
      act,
      { type: "opened", item: item("c") },
      { type: "back", itemId: "b" },
      fill("b", "d"),
    ];
    let line = START;
    for (const step of steps) {
      line = advance(line, step);
      expect(new Set(line.ahead.map((each) => each.id)).size).toBe(line.ahead.length);
    }
  });
});

it("knows whether a steward would see the same", () => {
  const seen = { ...item("a"), probability: 0.5, left: { bio: "x" }, leftCreator: { id: "c", version: 1 } } as unknown as Item;
  expect(sameFacts(seen, { ...seen, version: 9, priority: 3 })).toBe(true);
  expect(sameFacts(seen, { ...seen, probability: 0.6 })).toBe(false);
  expect(sameFacts(seen, { ...seen, leftCreator: { id: "d" } } as unknown as Item)).toBe(false);
});
