/**
 * The line of review items in front of a steward. A decision moves on at once and is sent behind the steward's back; one that
 * the server does not take comes back as the next item, never under the hand that is about to press a key.
 */

import type { DecideOutcomeFragment, Decision, ReviewItemFullFragment } from "@/generated/graphql";

export type Item = ReviewItemFullFragment;
export type Act = Decision | "SKIP";

export interface Sent {
  /** Its number: an item is tried again after an undo or a refusal, and an answer is about one of the tries. */
  attempt: number;
  item: Item;
  act: Act;
  comment: string | null;
  /** Null while it is under way, and for a skip. */
  decisionId: string | null;
  /** The item's version once the server had it. */
  version: number;
  kept: boolean;
}

export interface Refused {
  item: Item;
  act: Act;
  comment: string | null;
  outcome: Refusal;
}

export type Refusal =
  | Exclude<DecideOutcomeFragment, { __typename: "DecisionMade" }>
  | { __typename: "Unsent" | "Settled"; message: string; mend: string };

export interface Line {
  /** The first is the one in front of the steward. */
  ahead: readonly Item[];
  /** What was done here, the newest last. */
  sent: readonly Sent[];
  refused: Refused | null;
  /** Whether the server had nothing more. */
  dry: boolean;
}

export type Step =
  | { type: "filled"; items: readonly Item[]; asked: number }
  | { type: "opened"; item: Item }
  | { type: "acted"; attempt: number; act: Act; comment: string | null }
  | { type: "kept"; attempt: number; decisionId: string | null; version: number }
  | { type: "refused"; attempt: number; outcome: Refusal }
  | { type: "back"; attempt: number }
  | { type: "notBack"; sent: Sent; outcome: Refusal }
  | { type: "fresh"; item: Item }
  | { type: "dismissed" }
  | { type: "emptied" };

export const START: Line = { ahead: [], sent: [], refused: null, dry: false };

/** How many items are kept loaded, the one in front included. */
export const LOADED = 4;

export function advance(line: Line, step: Step): Line {
  switch (step.type) {
    case "filled":
      return fill(line, step.items, step.asked);
    case "opened":
      return { ...line, ahead: [step.item, ...without(line.ahead, step.item.id)] };
    case "acted": {
      const [item, ...ahead] = line.ahead;
      if (item === undefined) return line;
      const { attempt, act, comment } = step;
      const sent: Sent = { attempt, item, act, comment, decisionId: null, version: item.version, kept: false };
      return { ...line, ahead, sent: [...line.sent, sent], refused: null };
    }
    case "kept":
      return {
        ...line,
        sent: line.sent.map((each) =>
          each.attempt === step.attempt
            ? { ...each, kept: true, decisionId: step.decisionId, version: step.version }
            : each,
        ),
      };
    case "refused":
      return refuse(line, step.attempt, step.outcome);
    case "back": {
      const last = line.sent.find((each) => each.attempt === step.attempt);
      if (last === undefined) return line;
      return {
        ...line,
        refused: null,
        sent: line.sent.filter((each) => each !== last),
        ahead: [last.item, ...without(line.ahead, last.item.id)],
      };
    }
    case "notBack":
      return {
        ...line,
        sent: [...line.sent, step.sent],
        ahead: without(line.ahead, step.sent.item.id),
        refused: { item: step.sent.item, act: step.sent.act, comment: step.sent.comment, outcome: step.outcome },
      };
    case "fresh":
      return { ...line, ahead: line.ahead.map((item) => (item.id === step.item.id ? step.item : item)) };
    case "dismissed":
      return { ...line, refused: null };
    case "emptied":
      return { ...START, sent: line.sent };
  }
}

/**
 * The server gives what this steward holds before anything new, so that asking again renews the lease of what is here. What it
 * does not give any more was settled meanwhile; only the item in front stays, because somebody reads it. An answer that was on
 * its way while something was done still has the item as it was before: its version tells.
 */
function fill(line: Line, items: readonly Item[], asked: number): Line {
  const done = new Map(line.sent.map((each) => [each.item.id, each]));
  const byId = new Map(items.map((item) => [item.id, item]));
  const kept = line.ahead
    .filter((item, index) => index === 0 || item.state !== "CLAIMED" || byId.has(item.id))
    .map((item) => {
      const given = byId.get(item.id);
      return given === undefined || given.version < item.version ? item : given;
    });
  const here = new Set(line.ahead.map((item) => item.id));
  const fresh = items.filter((item) => {
    const sent = done.get(item.id);
    return !here.has(item.id) && (sent === undefined || (sent.kept && item.version > sent.version));
  });
  return { ...line, ahead: [...kept, ...fresh], dry: items.length < asked };
}

/**
 * Whether a steward who saw one would see the same in the other: then a decision on the first holds for the second, whatever
 * else somebody has moved its version by (a priority, a lease).
 */
export function sameFacts(one: Item, other: Item): boolean {
  const facts = ({ left, right, reason, probability, explanation }: Item) =>
    JSON.stringify([left, right, reason, probability, explanation]);
  return (
    facts(one) === facts(other) &&
    sameCreator(one.leftCreator, other.leftCreator) &&
    sameCreator(one.rightCreator, other.rightCreator)
  );
}

/** By whom it consists of: what a merge joined and its undo parted again may have another id than before. */
function sameCreator(one: Item["leftCreator"], other: Item["leftCreator"]): boolean {
  const members = (creator: Item["leftCreator"]) => creator?.profiles.edges.map(({ node }) => node.id).join();
  return members(one) === members(other);
}

/** Whether there is nothing left to say about it. */
export const isSettled = (item: Item): boolean => item.state === "DECIDED" || item.state === "CLOSED";

/** Behind the first: the item that a steward reads stays where it is. What somebody else has settled does not come back. */
function refuse(line: Line, attempt: number, outcome: Refusal): Line {
  const sent = line.sent.find((each) => each.attempt === attempt);
  // taken back before the answer came: its item is in front already
  if (sent === undefined) return line;
  const itemId = sent.item.id;
  const settled = ["AlreadyDecided", "NotFound", "Settled"].includes(outcome.__typename);
  const [first, ...rest] = without(line.ahead, itemId);
  const ahead = settled ? without(line.ahead, itemId) : first === undefined ? [sent.item] : [first, sent.item, ...rest];
  return {
    ...line,
    ahead,
    sent: line.sent.filter((each) => each !== sent),
    refused: { item: sent.item, act: sent.act, comment: sent.comment, outcome },
  };
}

const without = (items: readonly Item[], id: string): Item[] => items.filter((item) => item.id !== id);
