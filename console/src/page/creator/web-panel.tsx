/** The small graph of members and what they share; an edge opens its evidence. */

import { CloseButton, Group, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { useQuery } from "urql";
import type { CreatorAddress } from "@/app/address";
import { Evidence } from "@/component/evidence";
import { When } from "@/component/fact";
import { Failed, Waiting } from "@/component/state";
import { creatorWeb, type WebEdge } from "@/logic/web";
import { VERDICT_NAME } from "@/logic/word";
import {
  CreatorIdentifiersDocument,
  type LinkFactFragment,
  LinkEvidenceDocument,
  type ProfileCardFragment,
} from "@/generated/graphql";

const WebView = lazy(() => import("@/component/web"));

interface WebPanelProps {
  creatorId: string;
  version: number;
  profiles: readonly ProfileCardFragment[];
  links: readonly LinkFactFragment[];
  chosen: string | undefined;
  change: (next: Partial<CreatorAddress>) => void;
}

export function WebPanel({ creatorId, profiles, links, chosen, change }: WebPanelProps) {
  const [{ data }] = useQuery({ query: CreatorIdentifiersDocument, variables: { id: creatorId } });
  const around = data?.creator?.__typename === "Creator" ? data.creator.neighbours : null;
  const web = useMemo(() => creatorWeb(profiles, links, around ?? null), [profiles, links, around]);
  const open = useCallback((edge: WebEdge) => change({ link: edge.id }), [change]);
  return (
    <section className="cg-panel" aria-labelledby="web">
      <Title order={2} id="web" p="sm" pb={4}>
        What ties them
      </Title>
      <Suspense fallback={<Waiting label="the graph" lines={5} />}>
        <WebView
          web={web}
          height={340}
          label="Profiles, links between them, and identifiers that several hold"
          chosen={chosen}
          onEdge={open}
        />
      </Suspense>
      {chosen === undefined ? (
        <Text size="xs" c="dimmed" p="sm" pt={4}>
          Choose a line to see its evidence. Solid: accepted. Dotted: too weak to count. Lines without a number are likely the
          same, 0.90 and above.
          {around === null && data !== undefined ? " The graph engine does not answer, so identifiers are left out." : ""}
        </Text>
      ) : (
        <EdgeEvidence pair={chosen} onClose={() => change({ link: undefined })} />
      )}
    </section>
  );
}

function EdgeEvidence({ pair, onClose }: { pair: string; onClose: () => void }) {
  const [left = "", right = ""] = pair.split("~");
  const [{ data, error }] = useQuery({ query: LinkEvidenceDocument, variables: { left, right } });
  const found = data?.explain;
  return (
    <Stack gap={4} p="sm">
      <Group justify="space-between" wrap="nowrap" align="start">
        <Text size="sm">{found?.summary ?? ""}</Text>
        <CloseButton aria-label="Close the evidence" onClick={onClose} />
      </Group>
      {error === undefined ? null : <Failed error={error} />}
      {found === undefined && error === undefined ? <Waiting label="the evidence" /> : null}
      {found?.decision == null ? null : (
        <Text size="sm">
          A steward said <b>{VERDICT_NAME[found.decision.verdict]}</b> <When at={found.decision.at} />.
        </Text>
      )}
      {found?.probability == null || found.matchWeight === null ? null : (
        <Evidence rows={found.evidence} total={found.matchWeight} probability={found.probability} />
      )}
    </Stack>
  );
}
