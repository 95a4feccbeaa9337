import { describe, expect, it } from "vitest";
import { type Act, advance, type Item, sameFacts, type Line, type Refusal, START, type Step } from "@/page/review/line";

const item = (id: string, version = 1) => ({ __typename: "ReviewItem", id, version, state: "CLAIMED" }) as unknown as Item;
const run = (...steps: Step[]): Line => steps.reduce(advance, START);
const ids = (line: Line) => line.ahead.map((each) => each.id).join("");
const fill = (...names: string[]): Step => ({ type: "filled", items: names.map((name) => item(name)), asked: 3 });
const acted = (attempt: number, act: Act = "SAME"): Step => ({ type: "acted", attempt, act, comment: null });
const act = acted(1);
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
      acted(1, "SKIP"),
      { type: "kept", attempt: 1, decisionId: null, version: 2 },
    );
    expect(ids(advance(skipped, fill("a", "b")))).toBe("b");
  });

  it("is offered again what came up anew after it was decided", () => {
    const kept = run(fill("a", "b"), act, { type: "kept", attempt: 1, decisionId: "d", version: 2 });
    expect(ids(advance(kept, { type: "filled", items: [item("a", 3), item("b")], asked: 3 }))).toBe("ba");
  });

  it("is not offered again by an answer that was on its way while it was decided", () => {
    const kept = run(fill("a", "b"), act, { type: "kept", attempt: 1, decisionId: "d", version: 4 });
    // an earlier decision had moved it before this one
    expect(ids(advance(kept, { type: "filled", items: [item("a", 3), item("b")], asked: 3 }))).toBe("b");
    const fresh = advance(kept, { type: "fresh", item: item("b", 5) });
    expect(advance(fresh, fill("a", "b")).ahead[0]?.version).toBe(5);
  });

  it("drops what was settled meanwhile, but not what is being read", () => {
    expect(ids(run(fill("a", "b", "c"), fill("c", "d")))).toBe("acd");
  });

  it("brings a refused item back behind the one that is being read", () => {
    const line = run(fill("a", "b", "c"), act, { type: "refused", attempt: 1, outcome: stale });
    expect(ids(line)).toBe("bac");
    expect(line.refused).toMatchObject({ act: "SAME", outcome: stale });
    expect(line.sent).toEqual([]);
  });

  it("brings it to the front where nothing else is there", () => {
    expect(ids(run(fill("a"), act, { type: "refused", attempt: 1, outcome: stale }))).toBe("a");
  });

  it("leaves out what somebody else has decided, and says so", () => {
    const line = run(fill("a", "b"), act, { type: "refused", attempt: 1, outcome: decided });
    expect(ids(line)).toBe("b");
    expect(line.refused?.outcome.__typename).toBe("AlreadyDecided");
  });

  it("undoes: the item is in front again, and away again where the server does not take it back", () => {
    const kept = run(fill("a", "b"), act, { type: "kept", attempt: 1, decisionId: "d", version: 2 });
    const sent = kept.sent[0];
    const back = advance(kept, { type: "back", attempt: 1 });
    expect(ids(back)).toBe("ab");
    expect(back.sent).toEqual([]);
    if (sent === undefined) throw new Error("nothing was sent");
    const again = advance(back, { type: "notBack", sent, outcome: stale });
    expect(ids(again)).toBe("b");
    expect(again.sent).toEqual([sent]);
  });

  describe("a verdict that is corrected before the first answer", () => {
    const corrected = run(fill("a", "b"), act, { type: "back", attempt: 1 }, acted(2, "DIFFERENT"));

    it("is under way until its own answer comes, not that of the first", () => {
      const line = advance(corrected, { type: "kept", attempt: 1, decisionId: "first", version: 2 });
      expect(line.sent).toMatchObject([{ attempt: 2, act: "DIFFERENT", kept: false, decisionId: null }]);
      const kept = advance(line, { type: "kept", attempt: 2, decisionId: "second", version: 4 });
      expect(kept.sent).toMatchObject([{ attempt: 2, act: "DIFFERENT", kept: true, decisionId: "second" }]);
    });

    it("stays where the first one is refused", () => {
      const line = advance(corrected, { type: "refused", attempt: 1, outcome: stale });
      expect(line).toBe(corrected);
      expect(ids(line)).toBe("b");
    });

    it("comes back where it is refused itself", () => {
      const line = advance(corrected, { type: "refused", attempt: 2, outcome: stale });
      expect(ids(line)).toBe("ba");
      expect(line.refused).toMatchObject({ act: "DIFFERENT" });
    });

    it("is what the next undo takes back", () => {
      const line = advance(corrected, { type: "kept", attempt: 1, decisionId: "first", version: 2 });
      expect(advance(line, { type: "back", attempt: 2 }).sent).toEqual([]);
    });
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
      { type: "refused", attempt: 1, outcome: stale },
      acted(2),
      { type: "opened", item: item("c") },
      { type: "back", attempt: 2 },
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
  const creator = (id: string, ...profiles: string[]) => ({
    id,
    profiles: { edges: profiles.map((profile) => ({ node: { id: profile } })) },
  });
  const as = (facts: object) => ({ ...item("a"), ...facts }) as unknown as Item;
  const facts = { probability: 0.5, left: { bio: "x" }, leftCreator: creator("c", "p", "q") };
  const seen = as(facts);
  expect(sameFacts(seen, as({ ...facts, version: 9, priority: 3 }))).toBe(true);
  expect(sameFacts(seen, as({ ...facts, probability: 0.6 }))).toBe(false);
  expect(sameFacts(seen, as({ ...facts, leftCreator: creator("d", "p") }))).toBe(false);
  // somebody else's decision parted one from it meanwhile
  expect(sameFacts(seen, as({ ...facts, leftCreator: creator("c", "p") }))).toBe(false);
  // a merge that was undone: the same people under another id
  expect(sameFacts(seen, as({ ...facts, leftCreator: creator("d", "p", "q") }))).toBe(true);
  // blind work has no creators
  expect(sameFacts(as({ left: { bio: "x" } }), as({ left: { bio: "x" } }))).toBe(true);
});
