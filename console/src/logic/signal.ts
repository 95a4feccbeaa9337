/** Signals in words: what each is called, what it says, and what it compared, written for people rather than for the model. */

import type { IdentifierKind, Platform } from "@/generated/graphql";
import { count, whole } from "@/logic/number";
import { platformName } from "@/logic/word";

const NAME: Readonly<Record<string, string>> = {
  prior: "starting point",
  identity: "name or username",
  account: "accounts named",
  audience: "others mentioned",
  mailbox: "mailbox name",
  avatar: "picture",
  occupation: "what they do",
  location: "place",
  fandom: "fan page",
  competition: "others that fit too",
  context: "shared circle",
  calibration: "correction",
  adjustment: "rest",
};

/** A signal that has no word of ours is told by its own name. */
export const signalName = (signal: string): string => NAME[signal] ?? signal.replaceAll("_", " ");

/** What was compared. `note` stands for both sides, where neither value is for reading. */
export interface Saw {
  left: string | null;
  right: string | null;
  note: string | null;
}

export interface Compared {
  signal: string;
  level: string;
  leftValue: string | null;
  rightValue: string | null;
}

type Read = (row: Compared) => Saw;

const NOTHING: Saw = { left: null, right: null, note: null };
const PRIVATE: Saw = { ...NOTHING, note: "kept private: compared, but not shown" };

const plain: Read = ({ leftValue, rightValue }) => ({ left: leftValue, right: rightValue, note: null });
const each =
  (say: (value: string) => string): Read =>
  ({ leftValue, rightValue }) => ({
    left: leftValue === null ? null : say(leftValue),
    right: rightValue === null ? null : say(rightValue),
    note: null,
  });
const secret: Read = (row) => (row.leftValue === null && row.rightValue === null ? PRIVATE : plain(row));

const READ: Readonly<Record<string, Read>> = {
  avatar: ({ leftValue, rightValue }) => ({ ...NOTHING, note: pictures(leftValue, rightValue) }),
  audience: each((value) => value.split(", ").map(handle).join(", ")),
  // that the two are on different platforms needs no usernames; two accounts of one do
  platform: (row) => each(row.level === "apart" ? place : handle)(row),
  language: each(languageName),
  followers: each((value) => (/^\d+$/u.test(value) ? whole(Number(value)) : value)),
  // the bios stand in the row of the bio
  fandom: () => NOTHING,
  email: secret,
  phone: secret,
  mailbox: secret,
};

export const saw: Read = (row) => (READ[row.signal] ?? plain)(row);

const BITS = 64;
const HASH = /^[0-9a-f]{16}$/iu;

/** Two perceptual hashes in words. They are of 64 bits: each bit is brighter or darker than its neighbour in the picture. */
export function pictures(left: string | null, right: string | null): string | null {
  if (left === null || right === null || !HASH.test(left) || !HASH.test(right)) return null;
  const apart = distance(left, right);
  if (apart === 0) return `no difference in ${BITS} points of the two pictures`;
  return `the two pictures differ in ${apart} of ${BITS} points`;
}

function distance(left: string, right: string): number {
  let rest = BigInt(`0x${left}`) ^ BigInt(`0x${right}`);
  let bits = 0;
  for (; rest > 0n; rest &= rest - 1n) bits += 1;
  return bits;
}

/** `youtube:maya_cooks` to `@maya_cooks on YouTube`. What is cut off in the middle stays as it is. */
export function handle(value: string): string {
  const [platform, name] = split(value);
  return platform === null || name === "" ? value : `@${name} on ${platform}`;
}

/** An identifier as people write it: accounts are kept as `platform:name`. */
export const identifierText = (kind: IdentifierKind, value: string): string =>
  kind === "ACCOUNT" || kind === "MENTION" ? handle(value) : value;

function place(value: string): string {
  const [platform] = split(value);
  return platform ?? value;
}

function split(value: string): [string | null, string] {
  const found = /^([a-z]+(?:_[a-z]+)*):(.*)$/u.exec(value);
  return found === null ? [null, value] : [platformName((found[1] ?? "").toUpperCase() as Platform), found[2] ?? ""];
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** `pt` to `Portuguese`; what is no code of a language stays as it was written. */
export function languageName(code: string): string {
  if (!/^[a-z]{2,3}(-[a-z0-9]+)*$/iu.test(code)) return code;
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}

/** What a signal says, and apart from it how rare that is: `the same username` and `28 bits or more`. */
export function said(explanation: string): { text: string; rarity: string | null } {
  const found = /^(.*?) \(([^()]*\bbits\b[^()]*)\)(.*)$/u.exec(explanation);
  if (found === null) return { text: explanation, rarity: null };
  const [, before = "", amount = "", after = ""] = found;
  return { text: before + after, rarity: /\bdiffer\b/u.test(amount) ? null : rarityOf(amount) };
}

/** Bits of rarity as one in so many: 10 bits are one in a thousand. */
function rarityOf(amount: string): string {
  const bits = Number(/\d+/u.exec(amount)?.[0] ?? 0);
  if (amount.startsWith("up to")) return `found by chance in more than one of ${count(2 ** bits, "profile")}`;
  return `found by chance in fewer than one of ${count(2 ** bits, "profile")}`;
}
