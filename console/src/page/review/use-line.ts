/** The line of items over the API: claims ahead, sends decisions behind the steward's back, undoes. */

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { wordsOf } from "@/component/state";
import {
  ClaimNextDocument,
  DecideDocument,
  type DecideOutcomeFragment,
  OneReviewItemDocument,
  type ReviewFilter,
  SkipDocument,
  UndoDocument,
} from "@/generated/graphql";
import {
  type Act,
  advance,
  isSettled,
  type Item,
  type Line,
  LOADED,
  type Refusal,
  sameFacts,
  START,
} from "@/page/review/line";
import { Outbox } from "@/page/review/outbox";

/** Well inside the ten minutes of a lease. */
const RENEW_MS = 4 * 60_000;

export interface Work {
  line: Line;
  /** Null while it is not known yet whether there is anything. */
  current: Item | null;
  loading: boolean;
  failed: CombinedError | null;
  act: (act: Act, comment?: string | null) => void;
  override: () => void;
  undo: () => void;
  /** Leaves what was refused as it stands: the pair goes back to the queue. */
  keep: () => void;
  reload: (itemId: string) => Promise<void>;
  refill: () => Promise<void>;
  dismiss: () => void;
}

/** Why a pair was skipped, where nobody is asked. */
export const GIVEN_BACK = "given back to the queue";
const STANDS = "what stands against the verdict is kept";

/** `first`: the item that the address names, shown before any other. Remount (by key) to change blind, filter or `claims`. */
export function useLine(options: { filter: ReviewFilter; blind: boolean; first: string | undefined; claims: boolean }): Work {
  const { blind, claims } = options;
  const [start] = useState(options);
  const client = useClient();
  const [line, step] = useReducer(advance, START);
  const [loading, setLoading] = useState(true);
  const [failed, setFailed] = useState<CombinedError | null>(null);
  const [filling, setFilling] = useState(false);
  const asking = useRef(false);
  const outbox = useRef(new Outbox());
  const attempts = useRef(0);

  const refill = useCallback(async () => {
    if (!claims || asking.current) return;
    asking.current = true;
    setFilling(true);
    const variables = { filter: start.filter, count: LOADED, blind, open: !blind };
    const { data, error } = await client.mutation(ClaimNextDocument, variables).toPromise();
    asking.current = false;
    setFilling(false);
    setFailed(error ?? null);
    if (data !== undefined) step({ type: "filled", items: data.claimNextReview, asked: LOADED });
    setLoading(false);
  }, [blind, claims, client, start]);

  const fetchItem = useCallback(
    async (itemId: string) =>
      client.query(OneReviewItemDocument, { id: itemId, blind, open: !blind }, { requestPolicy: "network-only" }).toPromise(),
    [blind, client],
  );

  const reload = useCallback(
    async (itemId: string) => {
      const { data } = await fetchItem(itemId);
      if (data?.reviewItem != null) step({ type: "fresh", item: data.reviewItem });
    },
    [fetchItem],
  );

  const began = useRef(false);
  useEffect(() => {
    if (began.current) return;
    began.current = true;
    void (async () => {
      if (start.first !== undefined) {
        const { data, error } = await fetchItem(start.first);
        setFailed(error ?? null);
        if (data?.reviewItem != null) {
          step({ type: "opened", item: data.reviewItem });
          setLoading(false);
        }
      }
      await refill();
      setLoading(false);
    })();
  }, [fetchItem, refill, start]);

  useEffect(() => {
    const timer = window.setInterval(() => {
      if (document.visibilityState === "visible") void refill();
    }, RENEW_MS);
    return () => window.clearInterval(timer);
  }, [refill]);

  const ask = useCallback(
    async (item: Item, act: Act, comment: string | null, override: boolean) => {
      const head = { itemId: item.id, expectedVersion: item.version };
      return outcomeOf(
        act === "SKIP"
          ? await client.mutation(SkipDocument, { ...head, reason: comment ?? "skipped" }).toPromise()
          : await client.mutation(DecideDocument, { ...head, decision: act, comment, blind, override }).toPromise(),
      );
    },
    [blind, client],
  );

  const send = useCallback(
    async (attempt: number, item: Item, act: Act, comment: string | null, override: boolean): Promise<string | null> => {
      let outcome = await ask(item, act, comment, override);
      let fresh: Item | null = null;
      if (outcome.__typename === "StaleVersion" || outcome.__typename === "ClaimExpired") {
        fresh = (await fetchItem(item.id)).data?.reviewItem ?? null;
        if (fresh !== null && isSettled(fresh)) outcome = SETTLED;
        else if (fresh !== null && sameFacts(item, fresh)) outcome = await ask(fresh, act, comment, override);
      }
      if (outcome.__typename === "DecisionMade") {
        const decisionId = act === "SKIP" ? null : (outcome.decision?.id ?? null);
        step({ type: "kept", attempt, decisionId, version: outcome.item?.version ?? item.version });
        return decisionId;
      }
      step({ type: "refused", attempt, outcome });
      if (fresh !== null) step({ type: "fresh", item: fresh });
      return null;
    },
    [ask, fetchItem],
  );

  /** Decides on an item that is in front; what came of it. */
  const decide = useCallback(
    (item: Item, kind: Act, comment: string | null, override: boolean) => {
      const attempt = (attempts.current += 1);
      step({ type: "acted", attempt, act: kind, comment });
      return outbox.current.send(attempt, () => send(attempt, item, kind, comment, override));
    },
    [send],
  );

  const act = useCallback(
    (kind: Act, comment: string | null = null) => {
      const item = line.ahead[0];
      // after the answer: what it has settled is not offered again
      if (item !== undefined) void decide(item, kind, comment, false).then(refill);
    },
    [decide, line.ahead, refill],
  );

  const override = useCallback(() => {
    const { refused } = line;
    if (refused === null) return;
    step({ type: "opened", item: refused.item });
    void decide(refused.item, refused.act, refused.comment, true);
  }, [decide, line]);

  const keep = useCallback(() => {
    const { refused } = line;
    if (refused === null) return;
    step({ type: "opened", item: refused.item });
    void decide(refused.item, "SKIP", STANDS, false).then(refill);
  }, [decide, line, refill]);

  const undo = useCallback(() => {
    const sent = line.sent.at(-1);
    if (sent === undefined) return;
    step({ type: "back", attempt: sent.attempt });
    void outbox.current.takeBack(sent.attempt, async (decisionId) => {
      const outcome = outcomeOf(await client.mutation(UndoDocument, { decisionId }).toPromise());
      // read beside what follows: that need not wait for it
      if (outcome.__typename === "DecisionMade") void reload(sent.item.id);
      else step({ type: "notBack", sent: { ...sent, kept: true, decisionId }, outcome });
    });
  }, [client, line.sent, reload]);

  const current = line.ahead[0] ?? null;
  const underWay = filling || line.sent.some((sent) => !sent.kept);
  return {
    line,
    current,
    // an empty line is empty only once nothing is under way that could fill it
    loading: loading || (current === null && underWay),
    failed,
    act,
    override,
    undo,
    keep,
    reload,
    refill,
    dismiss: () => step({ type: "dismissed" }),
  };
}

const SETTLED: Refusal = {
  __typename: "Settled",
  message: "new facts have settled this pair before your decision came",
  mend: "Nothing is left to do; its page has the history.",
};

type Made = Extract<DecideOutcomeFragment, { __typename: "DecisionMade" }>;

function outcomeOf(result: {
  data?: { decide: DecideOutcomeFragment } | { skipReview: DecideOutcomeFragment } | { undo: DecideOutcomeFragment } | undefined;
  error?: CombinedError | undefined;
}): Made | Refusal {
  const data = result.data;
  if (data !== undefined) return "decide" in data ? data.decide : "undo" in data ? data.undo : data.skipReview;
  if (result.error !== undefined) return { __typename: "Unsent", ...wordsOf(result.error) };
  return { __typename: "Unsent", message: "The server did not answer.", mend: "Try again." };
}
