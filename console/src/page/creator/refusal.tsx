/** A merge or split that the server did not take: why, and the ways out. */

import { Text } from "@mantine/core";
import { Contradiction } from "@/component/contradiction";
import { Problem } from "@/component/state";
import type { IdentityOutcomeFragment } from "@/generated/graphql";

export type Refused = Exclude<IdentityOutcomeFragment, { __typename: "IdentityChanged" }>;

/** Whether the creators are not what they were when they were read: they have changed, or an id was retired. */
export const isBehind = ({ __typename }: Refused): boolean => __typename === "StaleVersion" || __typename === "NotFound";

interface RefusalProps {
  refused: Refused;
  onOverride: () => void;
  onKeep: () => void;
}

export function Refusal({ refused, onOverride, onKeep }: RefusalProps) {
  if (isBehind(refused)) {
    return <Problem problem={refused} action={<Text size="sm">What is shown below is the newest.</Text>} />;
  }
  if (refused.__typename !== "ContradictsDecision") return <Problem problem={refused} />;
  return (
    <Problem
      problem={refused}
      action={<Contradiction contradiction={refused} onOverride={onOverride} onKeep={onKeep} />}
    />
  );
}
