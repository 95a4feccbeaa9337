import { expect, it } from "vitest";
import { fieldNumber } from "@/logic/number";

it.each([
  [30, 30],
  ["030", 30],
  ["0.", 0],
  ["0.50", 0.5],
  ["", null],
  [" ", null],
])("a field with %j holds %j", (value, held) => {
  expect(fieldNumber(value)).toBe(held);
});

it.each(["-", ".", "1e"])("%j is no number yet", (value) => {
  expect(fieldNumber(value)).toBeNaN();
});
