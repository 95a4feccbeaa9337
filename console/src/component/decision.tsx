/** A decision in one line: who, what, about whom, when. */

import { Text } from "@mantine/core";
import { When } from "@/component/fact";
import { BAND_NAME, bandOf, probabilityText } from "@/logic/band";
import { platformName, VERDICT_NAME } from "@/logic/word";
import { profileTitle } from "@/logic/title";
import type { DecisionLineFragment, ProfileNameFragment } from "@/generated/graphql";

export function DecisionText({ decision }: { decision: DecisionLineFragment }) {
  const { left, right, shownProbability: shown } = decision;
  return (
    <Text size="sm" td={decision.undone ? "line-through" : undefined}>
      <b>{decision.actor}</b> {decision.undoes === null ? "said" : "took back"} <b>{VERDICT_NAME[decision.verdict]}</b>
      {left === null || right === null ? null : (
        <>
          {" "}
          of <Side profile={left} /> and <Side profile={right} />
        </>
      )}
      {", "}
      <When at={decision.at} />
      <span className="cg-quiet">
        {decision.undone ? " · undone" : ""}
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

/** With its platform: the two are often called the same. */
function Side({ profile }: { profile: ProfileNameFragment }) {
  return (
    <>
      <bdi>{profileTitle(profile)}</bdi> <span className="cg-quiet">({platformName(profile.platform)})</span>
    </>
  );
}
