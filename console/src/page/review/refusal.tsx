/** A decision that the server did not take: why, and the ways out. */

import { Text } from "@mantine/core";
import { Contradiction } from "@/component/contradiction";
import { DecisionText } from "@/component/decision";
import { Problem } from "@/component/state";
import { profileTitle } from "@/logic/title";
import type { Refused } from "@/page/review/line";

interface RefusalProps {
  refused: Refused;
  onOverride: () => void;
  onKeep: () => void;
  onDismiss: () => void;
}

export function RefusalNotice({ refused, onOverride, onKeep, onDismiss }: RefusalProps) {
  const { outcome, item } = refused;
  const pair = `${profileTitle(item.left)} and ${profileTitle(item.right)}`;
  const mend = outcome.mend;
  if (outcome.__typename === "ContradictsDecision") {
    return (
      <Problem
        problem={{ message: `${pair}: ${outcome.message}`, mend }}
        action={<Contradiction contradiction={outcome} onOverride={onOverride} onKeep={onKeep} />}
        onClose={onDismiss}
      />
    );
  }
  return (
    <Problem
      problem={{ message: `${pair}: ${outcome.message}`, mend }}
      action={
        <>
          {outcome.__typename === "AlreadyDecided" && outcome.standing !== null ? (
            <DecisionText decision={outcome.standing} />
          ) : null}
          {outcome.__typename === "StaleVersion" || outcome.__typename === "ClaimExpired" ? (
            <Text size="sm">It comes back after this item, with its newest facts.</Text>
          ) : null}
        </>
      }
      onClose={onDismiss}
    />
  );
}
