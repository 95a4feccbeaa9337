import { expect, it } from "vitest";
import { columns, followed, members, MOST_GROUPS, move, named, parted, read, write } from "@/logic/group";

const IDS = ["a", "b", "c", "d"];

it("reads what it wrote, and puts the rest into the first group", () => {
  expect(read(write([0, 1, 0, 2]), 4)).toEqual([0, 1, 0, 2]);
  expect(read("ab", 4)).toEqual([0, 1, 0, 0]);
  expect(read("abcdefg", 2)).toEqual([0, 1]);
  expect(read(undefined, 3)).toEqual([0, 0, 0]);
});

it("loses nobody and doubles nobody", () => {
  for (const groups of [
    [0, 0, 0, 0],
    [0, 1, 2, 3],
    [3, 3, 0, 1],
  ]) {
    expect(members(IDS, groups).flat().sort()).toEqual(IDS);
  }
});

it("has no empty group", () => {
  expect(members(IDS, [3, 3, 0, 0])).toEqual([
    ["c", "d"],
    ["a", "b"],
  ]);
});

it("moves one profile, and nowhere outside of the groups", () => {
  expect(move([0, 0], 1, 2)).toEqual([0, 2]);
  expect(move([0, 0], 1, MOST_GROUPS)).toEqual([0, 0]);
  expect(move([0, 0], 1, -1)).toEqual([0, 0]);
});

it("always offers an empty column until there are too many", () => {
  expect(columns([0, 0])).toBe(2);
  expect(columns([0, 1])).toBe(3);
  expect(columns([MOST_GROUPS - 1])).toBe(MOST_GROUPS);
});

it("parts what an event brought", () => {
  expect(parted(IDS, ["b", "d", "gone"])).toEqual([0, 1, 0, 1]);
});

it("names every group where all members are shown", () => {
  expect(named(IDS, [0, 1, 0, 2], false)).toEqual([["a", "c"], ["b"], ["d"]]);
});

it("leaves the first group to those that are not shown", () => {
  expect(named(IDS, [0, 1, 0, 2], true)).toEqual([["b"], ["d"]]);
  expect(named(IDS, [1, 1, 1, 1], true)).toEqual([IDS]);
  expect(named(IDS, [0, 0, 0, 0], true)).toEqual([]);
});

it("keeps everybody's group where the members change", () => {
  expect(followed(IDS, [0, 1, 0, 2], ["d", "new", "b", "a"])).toEqual([2, 0, 1, 0]);
});
