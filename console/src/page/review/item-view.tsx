/** An item: why it came up, the two profiles, the evidence, what hangs on it, and what was said before. */

import { Group, Stack, Text } from "@mantine/core";
import { DecisionText } from "@/component/decision";
import { Evidence } from "@/component/evidence";
import { Probability, When } from "@/component/fact";
import { REASON_NAME, REASON_TEXT } from "@/logic/word";
import { Joined } from "@/page/review/joined";
import { isSettled, type Item } from "@/page/review/line";
import { Pair } from "@/page/review/pair";

export function ItemView({ item, blind, graph }: { item: Item; blind: boolean; graph: boolean }) {
  const { explanation } = item;
  return (
    <Stack gap="xs" data-item={item.id}>
      <Group gap="xs">
        <Text size="sm">
          {item.reason == null ? (
            "Are these one person?"
          ) : (
            <>
              <b>{REASON_NAME[item.reason]}.</b> {REASON_TEXT[item.reason]}
            </>
          )}
          <span className="cg-quiet">
            {" "}
            Came up <When at={item.createdAt} />.
            {isSettled(item) ? ` It is ${item.state === "DECIDED" ? "decided" : "closed: new facts have settled it"}.` : ""}
          </span>
        </Text>
      </Group>
      <Pair left={item.left} right={item.right} shared={explanation.sharedIdentifiers} />
      {blind || item.probability === null ? (
        <Text size="sm" c="dimmed" className="cg-panel" p="xs">
          Blind: score, evidence weights, reason and creators are held back until you have decided. Read the two sides, then say
          what you see.
        </Text>
      ) : (
        <>
          <section className="cg-panel" aria-label="Evidence">
            {explanation.matchWeight == null ? (
              <Text size="sm" p="xs">
                <Probability value={item.probability} /> <span className="cg-quiet">by the others of the creator.</span>{" "}
                {explanation.summary}
              </Text>
            ) : (
              <Evidence rows={explanation.evidence ?? []} total={explanation.matchWeight} probability={item.probability} />
            )}
          </section>
          <Joined item={item} graph={graph} />
        </>
      )}
      <Said item={item} />
    </Stack>
  );
}

function Said({ item }: { item: Item }) {
  if (item.comments.length === 0 && item.decisions.length === 0) return null;
  return (
    <section className="cg-panel" aria-label="Comments and decisions">
      <Stack gap={4} p="xs">
        {item.decisions.map((decision) => (
          <DecisionText key={decision.id} decision={{ ...decision, left: null, right: null }} />
        ))}
        {item.comments.map((comment) => (
          <Text key={comment.id} size="sm">
            <b>{comment.author}</b>{" "}
            <span className="cg-quiet">
              <When at={comment.at} />
            </span>{" "}
            <span dir="auto">{comment.text}</span>
          </Text>
        ))}
      </Stack>
    </section>
  );
}
