/** Creators of near meaning to one of them. */

import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "urql";
import { CreatorLink } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { HitCard } from "@/page/search/hit";
import { Legend } from "@/page/search/why-ranked";
import { SimilarCreatorsDocument } from "@/generated/graphql";

interface SimilarProps {
  creatorId: string;
  onBack: () => void;
  onSimilar: (creatorId: string) => void;
}

export function Similar({ creatorId, onBack, onSimilar }: SimilarProps) {
  const [{ data, error }, again] = useQuery({
    query: SimilarCreatorsDocument,
    variables: { id: creatorId },
    requestPolicy: "cache-first",
  });
  const creator = data?.creator?.__typename === "Creator" ? data.creator : null;
  const hits = data?.similarCreators ?? [];
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Title order={2}>
          Similar to {creator === null ? "this creator" : <CreatorLink id={creator.id} name={creator.displayName} />}
        </Title>
        <Button size="compact-xs" variant="default" onClick={onBack}>
          Back to the search
        </Button>
      </Group>
      {error === undefined ? null : <Failed error={error} retry={() => again({ requestPolicy: "network-only" })} />}
      {data === undefined && error === undefined ? <Waiting label="similar creators" lines={6} height={56} /> : null}
      {data !== undefined && creator === null ? (
        <Empty title="This creator is no more">Its id leads elsewhere or nowhere; search again.</Empty>
      ) : null}
      {data !== undefined && error === undefined && creator !== null && hits.length === 0 ? (
        <Text size="sm">Nobody is near: perhaps the profiles have no bio to compare.</Text>
      ) : null}
      <Legend hits={hits} />
      {hits.map((hit) => (
        <HitCard key={hit.creator.id} creator={hit.creator} profile={hit.matchedProfile} hit={hit} onSimilar={onSimilar} />
      ))}
    </Stack>
  );
}
