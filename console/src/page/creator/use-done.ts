/** What was just done to creators, kept until it is dismissed, with the way back; also where the creator that it was done on is gone. */

import { useState } from "react";
import { useClient } from "urql";
import { type ProblemWords, wordsOf } from "@/component/state";
import { UndoDocument } from "@/generated/graphql";

/** An act, and the decision whose undo takes all of it back. */
export interface Act {
  text: string;
  decisionId: string | null;
  /** The creators that changed or came to be. */
  creators: readonly { id: string; displayName: string }[];
  /** The creator to go on with: the one that it was done on, if it lives. */
  to: string;
}

export interface DoneState {
  /** Null where nothing was done to the creator whose page this is. */
  act: Act | null;
  problem: ProblemWords | null;
  keep: (act: Act) => void;
  undo: () => void;
  dismiss: () => void;
}

export function useDone(creatorId: string, onUndone: () => void): DoneState {
  const [done, setDone] = useState<{ act: Act; about: readonly string[] } | null>(null);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const client = useClient();
  const act = done?.about.includes(creatorId) === true ? done.act : null;

  const keep = (next: Act, ...about: string[]) => {
    setProblem(null);
    setDone({ act: next, about: [...about, creatorId, ...next.creators.map(({ id }) => id)] });
  };
  const takeBack = async () => {
    if (act?.decisionId == null) return;
    const { data, error } = await client.mutation(UndoDocument, { decisionId: act.decisionId }).toPromise();
    const outcome = data?.undo;
    if (outcome?.__typename === "DecisionMade") {
      const { creators } = outcome;
      const text = "Taken back: everybody is where they were.";
      keep({ text, decisionId: null, creators, to: creatorId }, ...(done?.about ?? []));
      onUndone();
    } else if (outcome !== undefined) setProblem(outcome);
    else if (error !== undefined) setProblem(wordsOf(error));
  };
  return {
    act,
    problem: act === null ? null : problem,
    keep,
    undo: () => void takeBack(),
    dismiss: () => {
      setDone(null);
      setProblem(null);
    },
  };
}

/** The first of the creators named that is among those an act left, else any of these. */
export const stay = (left: Act["creators"], ...wanted: readonly [string, ...string[]]): string =>
  wanted.find((id) => left.some((each) => each.id === id)) ?? left[0]?.id ?? wanted[0];
