/** Who it is, how sure the whole is, and what can be done. */

import { Button, CopyButton, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import { useQuery } from "urql";
import type { CreatorAct, CreatorAddress } from "@/app/address";
import { KeyHint, PlatformTag, Probability, When } from "@/component/fact";
import { PageAnchor } from "@/component/link";
import { count, short, whole } from "@/logic/number";
import { KIND_NAME } from "@/logic/word";
import { type CreatorPageFragment, OpenItemsOfCreatorDocument } from "@/generated/graphql";

interface HeaderProps {
  creator: CreatorPageFragment;
  mayDecide: boolean;
  act: CreatorAct | undefined;
  change: (next: Partial<CreatorAddress>) => void;
  onSimilar: () => void;
}

export function CreatorHeader({ creator, mayDecide, act, change, onSimilar }: HeaderProps) {
  const several = creator.profiles.edges.length > 1;
  return (
    <Group justify="space-between" align="start" gap="xs">
      <Stack gap={2}>
        <Group gap="xs">
          <Title order={1}>
            <bdi>{creator.displayName}</bdi>
          </Title>
          <Text size="sm" c="dimmed">
            {[creator.kind === "UNKNOWN" ? [] : KIND_NAME[creator.kind], creator.verifiedAnywhere ? "verified" : []]
              .flat()
              .join(" · ")}
          </Text>
          {creator.platforms.map((platform) => (
            <PlatformTag key={platform} platform={platform} />
          ))}
        </Group>
        <Group gap="xs">
          <Tooltip
            label={`${whole(creator.totalFollowers)}, the sum over its profiles. Audiences overlap, so fewer people than this follow.`}
          >
            <Text size="sm" tabIndex={0}>
              {short(creator.totalFollowers)} followers
            </Text>
          </Tooltip>
          <Text size="sm" component="span">
            <Sureness creator={creator} />
          </Text>
          <OpenQuestions creatorId={creator.id} />
        </Group>
        <Group gap="xs">
          <Text size="xs" c="dimmed" component="span">
            changed <When at={creator.updatedAt} />, version {creator.version}
          </Text>
          <CopyButton value={creator.id}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="subtle" onClick={copy} title={creator.id}>
                {copied ? "Copied" : "Copy id"}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
      <Group gap={6}>
        {mayDecide ? (
          <>
            <Button
              size="xs"
              variant={act === "split" ? "filled" : "default"}
              disabled={!several}
              title={several ? "Put its profiles into groups" : "One profile alone cannot be split"}
              onClick={() => change({ act: "split", with: undefined })}
              rightSection={<KeyHint>X</KeyHint>}
            >
              Split
            </Button>
            <Button
              size="xs"
              variant={act === "merge" ? "filled" : "default"}
              onClick={() => change({ act: "merge", groups: undefined })}
              rightSection={<KeyHint>M</KeyHint>}
            >
              Merge
            </Button>
          </>
        ) : null}
        <Button size="xs" variant="default" onClick={onSimilar} rightSection={<KeyHint>S</KeyHint>}>
          Similar
        </Button>
      </Group>
    </Group>
  );
}

/** How sure the whole is: as sure as its weakest needed link. */
function Sureness({ creator }: { creator: CreatorPageFragment }) {
  const { confidence, connected } = creator.cohesion;
  if (creator.profiles.edges.length === 1) return <span className="cg-quiet">one profile, nothing to doubt</span>;
  if (confidence !== null) {
    return (
      <>
        weakest link <Probability value={confidence} />
      </>
    );
  }
  return (
    <span className="cg-quiet">
      {connected ? "how sure it is cannot be said" : "held together by a rule or a person, not by links alone"}
    </span>
  );
}

function OpenQuestions({ creatorId }: { creatorId: string }) {
  const [{ data }] = useQuery({
    query: OpenItemsOfCreatorDocument,
    variables: { filter: { creatorId, states: ["OPEN", "CLAIMED"] } },
  });
  const open = data?.reviewQueue.edges.length ?? 0;
  if (open === 0) return null;
  return (
    <PageAnchor size="sm" to="/queue" search={{ creator: creatorId }}>
      {open >= 10 ? "10 or more open questions" : count(open, "open question")}
    </PageAnchor>
  );
}
