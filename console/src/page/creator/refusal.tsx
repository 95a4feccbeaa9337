/** A merge or split that the server did not take: why, and the ways out. */

import { Contradiction } from "@/component/contradiction";
import { Problem } from "@/component/state";
import type { IdentityOutcomeFragment } from "@/generated/graphql";

export type Refused = Exclude<IdentityOutcomeFragment, { __typename: "IdentityChanged" }>;

interface RefusalProps {
  refused: Refused;
  onOverride: () => void;
  onKeep: () => void;
}

export function Refusal({ refused, onOverride, onKeep }: RefusalProps) {
  if (refused.__typename !== "ContradictsDecision") return <Problem problem={refused} />;
  return (
    <Problem
      problem={refused}
      action={<Contradiction contradiction={refused} onOverride={onOverride} onKeep={onKeep} />}
    />
  );
}
