/** Which key does what, page by page. The pages bind these names; the `?` overlay shows these words. */

export interface Key {
  /** As the hotkey hook writes it. */
  press: string;
  /** The same sign where a keyboard has it with or without shift. */
  also?: string;
  /** Whether `press` names a place on the keyboard: with shift a digit is another sign on most, and not the same on all. */
  physical?: boolean;
  /** As people read it. */
  shown: string;
  text: string;
}

const key = (press: string, text: string, shown = press): Key => ({ press, text, shown });
const shiftDigit = (digit: number, text: string): Key => ({
  press: `shift+Digit${digit}`,
  physical: true,
  text,
  shown: `Shift ${digit}`,
});
const slash = (text: string): Key => ({ press: "/", also: "shift+/", text, shown: "/" });

export const EVERYWHERE = {
  help: { ...key("shift+?", "Show or hide the keys of this page", "?"), also: "?" },
  review: shiftDigit(1, "Go to Review"),
  queue: shiftDigit(2, "Go to Queue"),
  search: slash("Go to Search"),
  keys: shiftDigit(3, "Go to Keys"),
  usage: shiftDigit(4, "Go to Usage"),
  exports: shiftDigit(5, "Go to Exports"),
  webhooks: shiftDigit(6, "Go to Webhooks"),
} as const;

export const REVIEW = {
  same: key("A", "Accept: one person"),
  different: key("R", "Reject: two persons"),
  unsure: key("U", "Unsure: cannot say"),
  skip: key("S", "Skip, with a reason"),
  undo: key("Z", "Undo the last one"),
  comment: key("C", "Comment"),
  graph: key("G", "Show or hide the graph"),
  blind: key("B", "Blind mode on or off"),
  left: key("1", "Open the creator of the left profile"),
  right: key("2", "Open the creator of the right profile"),
} as const;

export const CREATOR = {
  split: key("X", "Split: put profiles into groups"),
  merge: key("M", "Merge with another creator"),
  close: key("Escape", "Close the split or merge", "Esc"),
  undo: key("Z", "Undo the last split or merge"),
  similar: key("S", "Similar creators"),
} as const;

export const QUEUE = {
  down: key("J", "Next row"),
  up: key("K", "Previous row"),
  open: key("Enter", "Open the row"),
  refresh: key("R", "Show what has changed"),
  bulk: key("B", "Bulk accept, with a sample"),
  undo: key("Z", "Undo the bulk accept just made"),
} as const;

export const SEARCH = {
  box: slash("Put the cursor into the box"),
  down: key("J", "Next hit"),
  up: key("K", "Previous hit"),
  open: key("Enter", "Open the hit"),
  similar: key("S", "Creators similar to the hit"),
  more: key("M", "Show more hits"),
  again: key("R", "Search again"),
  back: key("Escape", "Back to the search from similar creators", "Esc"),
} as const;

export const KEYS = {
  make: key("N", "New key"),
  down: key("J", "Next key"),
  up: key("K", "Previous key"),
  revoke: key("R", "Revoke the key, after a look at what it did"),
  usage: key("U", "What the key used"),
  close: key("Escape", "Close the form", "Esc"),
} as const;

export const USAGE = {
  down: key("J", "Next key"),
  up: key("K", "Previous key"),
  open: key("Enter", "That key alone, day by day"),
  table: key("T", "The days as a table, or as bars"),
  back: key("Escape", "All keys again", "Esc"),
} as const;

export const EXPORTS = {
  order: key("N", "Order an export: to the form"),
  down: key("J", "Next export"),
  up: key("K", "Previous export"),
  open: key("Enter", "The parts of the export"),
  end: key("D", "Cancel the export or delete its files, after a look at what that does"),
  close: key("Escape", "Close the parts or the question", "Esc"),
} as const;

export const WEBHOOKS = {
  make: key("N", "New webhook"),
  down: key("J", "Next webhook"),
  up: key("K", "Previous webhook"),
  log: key("L", "Open or close the log of the webhook"),
  close: key("Escape", "Close the form", "Esc"),
} as const;

export const PAGES = { EVERYWHERE, REVIEW, CREATOR, QUEUE, SEARCH, KEYS, USAGE, EXPORTS, WEBHOOKS } as const;
