/** A merge or split that the server did not take: why, and the ways out. */

import { Button, Stack } from "@mantine/core";
import { DecisionText } from "@/component/decision";
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
      action={
        <Stack gap="xs">
          {refused.standing.map((decision) => (
            <DecisionText key={decision.id} decision={decision} />
          ))}
          {refused.waysOut.map((way) => (
            <Button
              key={way.action}
              size="xs"
              variant={way.action === "OVERRIDE_STANDING" ? "filled" : "default"}
              onClick={way.action === "OVERRIDE_STANDING" ? onOverride : onKeep}
            >
              {way.text}
            </Button>
          ))}
        </Stack>
      }
    />
  );
}
