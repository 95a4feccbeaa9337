/** A decision in one line: who, what, about whom, when. */

import { Text } from "@mantine/core";
import { When } from "@/component/fact";
import { BAND_NAME, bandOf, probabilityText } from "@/logic/band";
import { VERDICT_NAME } from "@/logic/word";
import { profileTitle } from "@/logic/title";
import type { DecisionLineFragment } from "@/generated/graphql";

export function DecisionText({ decision }: { decision: DecisionLineFragment }) {
  const { left, right, shownProbability: shown } = decision;
  return (
    <Text size="sm" td={decision.undone ? "line-through" : undefined}>
      <b>{decision.actor}</b> said <b>{VERDICT_NAME[decision.verdict]}</b>
      {left === null || right === null ? null : (
        <>
          {" "}
          of <bdi>{profileTitle(left)}</bdi> and <bdi>{profileTitle(right)}</bdi>
        </>
      )}
      {", "}
      <When at={decision.at} />
      <span className="cg-quiet">
        {decision.undone ? " · undone" : ""}
        {decision.undoes === null ? "" : " · takes back an earlier one"}
        {decision.blind
          ? " · blind"
          : shown === null
            ? ""
            : ` · was shown ${probabilityText(shown)}, ${BAND_NAME[bandOf(shown)]}`}
      </span>
      {decision.comment === null || decision.comment === "" ? null : (
        <Text component="span" size="sm" display="block" dir="auto">
          “{decision.comment}”
        </Text>
      )}
    </Text>
  );
}
