/** Creators of near meaning to one of them. */

import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "urql";
import { CreatorLink } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { HitCard } from "@/page/search/hit";
import { SimilarCreatorsDocument } from "@/generated/graphql";

interface SimilarProps {
  creatorId: string;
  onBack: () => void;
  onSimilar: (creatorId: string) => void;
}

export function Similar({ creatorId, onBack, onSimilar }: SimilarProps) {
  const [{ data, error }] = useQuery({ query: SimilarCreatorsDocument, variables: { id: creatorId } });
  const creator = data?.creator?.__typename === "Creator" ? data.creator : null;
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
      {error === undefined ? null : <Failed error={error} />}
      {data === undefined && error === undefined ? <Waiting label="similar creators" lines={6} height={56} /> : null}
      {data !== undefined && creator === null ? (
        <Empty title="This creator is no more">Its id leads elsewhere or nowhere; search again.</Empty>
      ) : null}
      {creator?.similar?.length === 0 ? (
        <Text size="sm">Nobody is near: perhaps the profiles have no bio to compare.</Text>
      ) : null}
      {creator?.similar?.map((hit) => (
        <HitCard key={hit.creator.id} creator={hit.creator} profile={hit.matchedProfile} hit={hit} onSimilar={onSimilar} />
      ))}
    </Stack>
  );
}
