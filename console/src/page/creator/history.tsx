/** What happened to the creator, the newest first, each with a way back as a preview. */

import { Anchor, Button, Stack, Text, Timeline, Title } from "@mantine/core";
import { useState } from "react";
import { useQuery } from "urql";
import { When } from "@/component/fact";
import { CreatorLink } from "@/component/link";
import { Failed, Waiting } from "@/component/state";
import { count } from "@/logic/number";
import { profileTitle } from "@/logic/title";
import { ACT_NAME, causeText, EVENT_NAME, platformName, VERDICT_NAME } from "@/logic/word";
import { CreatorHistoryDocument, type CreatorHistoryQuery, type EventLineFragment, type ProfileCardFragment } from "@/generated/graphql";

interface HistoryProps {
  creatorId: string;
  version: number;
  profiles: readonly ProfileCardFragment[];
  onRestore: ((event: EventLineFragment) => void) | undefined;
}

export function History(props: HistoryProps) {
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return (
    <section className="cg-panel" aria-labelledby="history">
      <Stack gap="xs" p="sm">
        <Title order={2} id="history">
          History
        </Title>
        {pages.map((after, index) => (
          <Page
            key={after ?? "first"}
            {...props}
            after={after}
            onMore={index === pages.length - 1 ? (cursor) => setPages([...pages, cursor]) : undefined}
          />
        ))}
      </Stack>
    </section>
  );
}

interface PageProps extends HistoryProps {
  after: string | null;
  onMore: ((cursor: string) => void) | undefined;
}

function Page({ creatorId, profiles, onRestore, after, onMore }: PageProps) {
  const [{ data, error }] = useQuery({ query: CreatorHistoryDocument, variables: { id: creatorId, after } });
  if (error !== undefined && data === undefined) return <Failed error={error} />;
  const history = data?.creator?.__typename === "Creator" ? data.creator.history : undefined;
  if (history === undefined) return <Waiting label="the history" lines={3} />;
  const names = new Map(profiles.map((profile) => [profile.id, `${profileTitle(profile)} (${platformName(profile.platform)})`]));
  return (
    <>
      <Timeline bulletSize={12} lineWidth={2}>
        {history.edges.map(({ node: event }) => (
          <Timeline.Item key={event.sequence} title={<EventTitle event={event} creatorId={creatorId} />}>
            <Text size="sm">
              <Who event={event} names={names} />
            </Text>
            <Text size="xs" c="dimmed">
              <When at={event.at} /> · <Why event={event} />
              {onRestore !== undefined && canRestore(event, creatorId) ? (
                <>
                  {" · "}
                  <Anchor component="button" type="button" size="xs" onClick={() => onRestore(event)}>
                    restore the state before (shows a preview)
                  </Anchor>
                </>
              ) : null}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
      {history.pageInfo.hasNextPage && onMore !== undefined ? (
        <Button size="xs" variant="default" onClick={() => onMore(history.pageInfo.endCursor ?? "")}>
          Show earlier
        </Button>
      ) : null}
    </>
  );
}

/** Only events that brought or took members, and were not undone since, have a state before to go back to. */
const canRestore = (event: HistoryEvent, creatorId: string): boolean =>
  event.creatorId === creatorId &&
  event.otherId !== null &&
  event.decision?.undone !== true &&
  ["MERGED", "SPLIT", "JOINED"].includes(event.kind);

type HistoryEvent = Extract<
  NonNullable<CreatorHistoryQuery["creator"]>,
  { __typename: "Creator" }
>["history"]["edges"][number]["node"];

/** Who or what was behind it, and why: a person's act in their words, or a run of the resolver. */
function Why({ event }: { event: HistoryEvent }) {
  const { decision } = event;
  if (decision === null) return <span title={event.cause}>{causeText(event.cause)}</span>;
  return (
    <>
      {ACT_NAME[decision.act]} by <b>{decision.actor}</b>
      {decision.act === "DECIDE" ? `: ${VERDICT_NAME[decision.verdict]}` : ""}
      {decision.comment === null ? null : (
        <>
          {", "}
          <span dir="auto">“{decision.comment}”</span>
        </>
      )}
      {decision.undone ? " · undone since" : ""}
    </>
  );
}

function EventTitle({ event, creatorId }: { event: EventLineFragment; creatorId: string }) {
  const other = event.creatorId === creatorId ? event.otherId : event.creatorId;
  return (
    <Text size="sm" fw={600} component="span">
      {EVENT_NAME[event.kind]}
      {other === null ? null : (
        <Text component="span" size="sm" fw={400}>
          {" "}
          · <CreatorLink id={other} name="the other creator" />
        </Text>
      )}
    </Text>
  );
}

function Who({ event, names }: { event: EventLineFragment; names: ReadonlyMap<string, string> }) {
  const known = event.profileIds.flatMap((id) => names.get(id) ?? []).slice(0, 6);
  const rest = event.profileIds.length - known.length;
  return (
    <>
      {known.map((name, index) => (
        <span key={index}>
          {index === 0 ? "" : ", "}
          <bdi>{name}</bdi>
        </span>
      ))}
      {rest > 0
        ? `${known.length > 0 ? " and " : ""}${count(rest, known.length > 0 ? "other profile" : "profile")} that ${rest === 1 ? "is" : "are"} elsewhere now`
        : ""}
    </>
  );
}
