import { expect, it } from "vitest";
import { relative } from "@/logic/when";

const NOW = Date.parse("2026-06-15T12:00:00Z");

it.each([
  ["2026-06-15T11:59:30Z", "just now"],
  ["2026-06-15T12:00:30Z", "in a moment"],
  ["2026-06-15T11:15:00Z", "45 minutes ago"],
  ["2026-06-15T12:09:10Z", "in 9 minutes"],
  ["2026-06-14T12:00:00Z", "yesterday"],
  ["2026-06-04T12:00:00Z", "last week"],
  ["2025-06-01T12:00:00Z", "last year"],
])("%s is %s", (at, text) => {
  expect(relative(at, NOW)).toBe(text);
});
