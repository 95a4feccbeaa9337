import { describe, expect, it } from "vitest";
import { dayText, idle, keyState, stateText, type KeyFacts } from "@/logic/api-key";

const NOW = Date.parse("2026-03-10T12:00:00Z");
const key = (facts: Partial<KeyFacts> = {}): KeyFacts => ({
  createdAt: "2026-01-01T00:00:00Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedOn: null,
  stands: true,
  ...facts,
});

describe("a key", () => {
  it.each([
    [{}, "works", "Works"],
    [{ expiresAt: "2026-04-10T12:00:00Z" }, "works", "Works"],
    [{ expiresAt: "2026-03-13T12:00:00Z" }, "soon", "Runs out in 3 days"],
    [{ expiresAt: "2026-03-20T13:00:00Z" }, "soon", "Runs out in 10 days"],
    [{ expiresAt: "2026-03-11T12:00:00Z" }, "soon", "Runs out in 1 day"],
    [{ expiresAt: "2026-03-10T18:00:00Z" }, "soon", "Runs out within a day"],
    [{ expiresAt: "2026-03-09T12:00:00Z", stands: false }, "ended", "Ran out yesterday"],
    [{ revokedAt: "2026-03-10T10:00:00Z", stands: false }, "revoked", "Revoked 2 hours ago"],
    [{ stands: false }, "tenant", "Its tenant is disabled"],
    // what was done on purpose is told before what would have happened by itself
    [{ revokedAt: "2026-03-01T00:00:00Z", expiresAt: "2026-03-05T00:00:00Z", stands: false }, "revoked", "Revoked last week"],
  ] as const)("%o is told as %s", (facts, state, text) => {
    expect(keyState(key(facts), NOW)).toBe(state);
    expect(stateText(key(facts), NOW)).toBe(text);
  });

  it("was used on a day, not at a moment", () => {
    expect(dayText(null, NOW)).toBe("never");
    expect(dayText("2026-03-10", NOW)).toBe("today");
    // the server's day may have begun already
    expect(dayText("2026-03-11", NOW)).toBe("today");
    expect(dayText("2026-03-09", NOW)).toBe("yesterday");
    expect(dayText("2026-02-26", NOW)).toBe("12 days ago");
  });

  it("is idle after a month without use, a new one after a month of its life", () => {
    expect(idle(key({ lastUsedOn: "2026-03-01" }), NOW)).toBe(false);
    expect(idle(key({ lastUsedOn: "2026-02-01" }), NOW)).toBe(true);
    expect(idle(key({ createdAt: "2026-03-01T00:00:00Z" }), NOW)).toBe(false);
    expect(idle(key(), NOW)).toBe(true);
  });
});
