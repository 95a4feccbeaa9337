/** A split in the making: which group each profile of a creator goes to. In the address as one letter a profile. */

export const MOST_GROUPS = 9;

const LETTERS = "abcdefghi";

/** The group of each profile, 0 first; whatever the text lacks is in group 0. */
export function read(text: string | undefined, size: number): number[] {
  return Array.from({ length: size }, (_, index) => Math.max(0, LETTERS.indexOf(text?.[index] ?? "a")));
}

/** Letters, not digits: a router reads digits alone as a number. */
export const write = (groups: readonly number[]): string => groups.map((group) => LETTERS[group] ?? "a").join("");

/** Moves one profile; `MOST_GROUPS` at most. */
export function move(groups: readonly number[], index: number, to: number): number[] {
  return to < 0 || to >= MOST_GROUPS ? [...groups] : groups.map((group, at) => (at === index ? to : group));
}

/** The members of each group that has any, in the order of the groups. */
export function members<Id>(ids: readonly Id[], groups: readonly number[]): Id[][] {
  return Array.from({ length: MOST_GROUPS }, (_, group) => ids.filter((_id, index) => groups[index] === group)).filter(
    (found) => found.length > 0,
  );
}

/**
 * The groups that the server is told. Members in none of them stay together: where the creator has `more` than are shown here,
 * the first group is not named, so that the others stay in it.
 */
export const named = <Id>(ids: readonly Id[], groups: readonly number[], more: boolean): Id[][] =>
  members(ids, more ? groups.map((group) => group - 1) : groups);

/** The groups of other profiles, or of the same in another order: whoever is known keeps theirs, who is new is in group 0. */
export function followed<Id>(before: readonly Id[], groups: readonly number[], after: readonly Id[]): number[] {
  const known = new Map(before.map((id, index) => [id, groups[index] ?? 0]));
  return after.map((id) => known.get(id) ?? 0);
}

/** How many columns to show: those in use, and an empty one to drag into. */
export function columns(groups: readonly number[]): number {
  return Math.min(MOST_GROUPS, Math.max(...groups, 0) + 2);
}

/** A split that takes these profiles out again, for an event of the history. */
export const parted = (ids: readonly string[], out: readonly string[]): number[] => ids.map((id) => (out.includes(id) ? 1 : 0));
