/** What stands against a decision, what ties the two sides together, and the ways out. */

import { Button, Stack, Text } from "@mantine/core";
import { DecisionText } from "@/component/decision";
import type { ContradictionFragment } from "@/generated/graphql";

interface ContradictionProps {
  contradiction: ContradictionFragment;
  onOverride: () => void;
  onKeep: () => void;
}

export function Contradiction({ contradiction, onOverride, onKeep }: ContradictionProps) {
  const { against, through, waysOut } = contradiction;
  return (
    <Stack gap="xs">
      {against.map((decision) => (
        <DecisionText key={decision.id} decision={decision} />
      ))}
      {through.length === 0 ? null : (
        <Text size="sm">These tie the two sides together; where one of them is the mistake, undo it:</Text>
      )}
      {through.map((decision) => (
        <DecisionText key={decision.id} decision={decision} />
      ))}
      {waysOut.map((way) => (
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
  );
}
