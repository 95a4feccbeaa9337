/** What a split or merge would change, by the server's own reckoning, before it is done. */

import { Button, Group, Paper, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { DecisionText } from "@/component/decision";
import { ProfileName } from "@/component/fact";
import { count, short } from "@/logic/number";
import type { PreviewFragment } from "@/generated/graphql";

interface PreviewProps {
  preview: PreviewFragment;
  verb: string;
  /** Why, as it was said before: it is not asked for twice. */
  said: string | null;
  /** The creators that were named; others may change with them. */
  own: readonly string[];
  busy: boolean;
  onGo: (comment: string | null) => void;
  onClose: () => void;
}

export function PreviewPanel({ preview, verb, said, own, busy, onGo, onClose }: PreviewProps) {
  const [comment, setComment] = useState(said ?? "");
  return (
    <Stack gap="xs" aria-label="What would change" role="region">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
        {preview.creators.map((creator, index) => (
          <Paper key={creator.creatorId ?? `new ${index}`} withBorder p="xs" bg="var(--cg-raised)">
            <Text size="sm" fw={600}>
              <bdi>{creator.displayName}</bdi>
            </Text>
            <Text size="xs" c="dimmed">
              {creator.creatorId === null
                ? "gets a new id"
                : own.includes(creator.creatorId)
                  ? "keeps its id"
                  : "was there already and changes too"}{" "}
              · {count(creator.profileIds.length, "profile")} · {short(creator.totalFollowers)} followers
            </Text>
            {creator.profiles.map((profile) => (
              <Text key={profile.id} size="sm" component="div">
                <ProfileName profile={profile} />
              </Text>
            ))}
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="sm">{consequences(preview)}</Text>
      {preview.contradictions.map((decision) => (
        <Text key={decision.id} size="sm" component="div">
          It goes against what stands: <DecisionText decision={decision} />
        </Text>
      ))}
      {preview.warnings.map((warning) => (
        <Text key={warning} size="sm" role="note">
          <b>Mind:</b> {warning}
        </Text>
      ))}
      <Group gap="xs" align="end">
        <TextInput
          label="Why (kept in the history)"
          flex={1}
          miw={180}
          value={comment}
          maxLength={1000}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Button loading={busy} onClick={() => onGo(comment.trim() === "" ? null : comment.trim())}>
          {verb}
        </Button>
        <Button variant="default" onClick={onClose}>
          Leave it
        </Button>
      </Group>
    </Stack>
  );
}

function consequences(preview: PreviewFragment): string {
  const parts = [
    preview.retired.length === 0
      ? "No id is retired."
      : `${count(preview.retired.length, "id")} ${preview.retired.length === 1 ? "is" : "are"} retired and will lead to the surviving creator for ever.`,
    preview.neverLinks === 0 ? "" : `${count(preview.neverLinks, "pair")} will never be joined again by a later run.`,
    "It can be undone afterwards.",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
