/** The hits of a search, page below page; how many pages are shown is in the address. */

import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { type CombinedError, useQuery } from "urql";
import { MOST_PAGES, type SearchAddress } from "@/app/address";
import { useNow } from "@/component/now";
import { KeyHint } from "@/component/fact";
import { Empty, Failed, Problem, Waiting, wordsOf } from "@/component/state";
import { count } from "@/logic/number";
import { CLEAR, creatorFilter, searchMode } from "@/page/search/filter";
import { HitCard } from "@/page/search/hit";
import { Legend } from "@/page/search/why-ranked";
import { SearchByNameDocument, SearchCreatorsDocument } from "@/generated/graphql";

const HITS = 20;

interface ResultProps {
  address: SearchAddress;
  change: (next: Partial<SearchAddress>) => void;
  onSimilar: (creatorId: string) => void;
  /** Asks the server again, whatever was found before. */
  fresh: boolean;
}

interface PartProps extends ResultProps {
  after: string | null;
  /** The number of this page, from 1 on. */
  page: number;
}

/** Ranked: by meaning and words, or by words alone. */
export const Ranked = (props: ResultProps) => (
  <Stack gap="xs">
    <RankedPart {...props} after={null} page={1} />
  </Stack>
);

/** By followers, the most first; with a text those whose name has it. */
export const Listed = (props: ResultProps) => (
  <Stack gap="xs">
    <ListedPart {...props} after={null} page={1} />
  </Stack>
);

/** What was found stays as it is: coming back finds every hit in its place, until somebody searches again. */
const policy = ({ fresh }: ResultProps) => (fresh ? "network-only" : "cache-first");

function RankedPart(props: PartProps) {
  const { address, after, page, change, onSimilar } = props;
  const now = useNow();
  const variables = {
    query: address.q ?? "",
    first: HITS,
    filter: creatorFilter(address, now),
    mode: searchMode(address),
    after,
  };
  const [{ data, error, fetching }, again] = useQuery({
    query: SearchCreatorsDocument,
    variables,
    requestPolicy: policy(props),
  });
  const found = data?.search;
  const hits = found?.edges.map(({ node }) => node) ?? [];
  const kept = hits.filter((hit) => hit.cacheHit).length;
  return (
    <Frame
      address={address}
      found={found}
      error={error}
      fetching={fetching}
      page={page}
      change={change}
      retry={() => again({ requestPolicy: "network-only" })}
      rest={(cursor) => <RankedPart {...props} after={cursor} page={page + 1} />}
    >
      {page > 1 ? null : (
        <Group justify="space-between" gap="xs">
          <Legend hits={hits} />
          {kept === 0 ? null : (
            <Text size="xs" c="dimmed" title="Figures that an earlier search read; they are not out of date">
              quick: {kept === hits.length ? "all figures" : `figures of ${kept}`} kept from an earlier search
            </Text>
          )}
        </Group>
      )}
      {hits.map((hit) => (
        <HitCard key={hit.creator.id} creator={hit.creator} profile={hit.matchedProfile} hit={hit} onSimilar={onSimilar} />
      ))}
    </Frame>
  );
}

function ListedPart(props: PartProps) {
  const { address, after, page, change, onSimilar } = props;
  const now = useNow();
  const filter = { ...creatorFilter(address, now), nameContains: address.q ?? null };
  const [{ data, error, fetching }, again] = useQuery({
    query: SearchByNameDocument,
    variables: { filter, first: HITS, after },
    requestPolicy: policy(props),
  });
  const found = data?.creators;
  return (
    <Frame
      address={address}
      found={found}
      error={error}
      fetching={fetching}
      page={page}
      change={change}
      retry={() => again({ requestPolicy: "network-only" })}
      rest={(cursor) => <ListedPart {...props} after={cursor} page={page + 1} />}
    >
      {page > 1 ? null : (
        <Text size="xs" c="dimmed">
          By followers, the most first.
        </Text>
      )}
      {found?.edges.map(({ node }) => (
        <HitCard key={node.id} creator={node} profile={node.primaryProfile} hit={null} onSimilar={onSimilar} />
      ))}
    </Frame>
  );
}

interface FrameProps {
  address: SearchAddress;
  found: { edges: readonly unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  page: number;
  change: (next: Partial<SearchAddress>) => void;
  retry: () => void;
  /** The pages behind this one. */
  rest: (cursor: string) => React.ReactNode;
  children: React.ReactNode;
}

function Frame({ address, found, error, fetching, page, change, retry, rest, children }: FrameProps) {
  if (found == null) {
    if (error !== undefined) return <Unanswered address={address} error={error} change={change} retry={retry} />;
    return <Waiting label="creators" lines={6} height={56} />;
  }
  if (found.edges.length === 0 && page === 1) return fetching ? <Waiting label="creators" lines={6} height={56} /> : <Nobody change={change} />;
  const { hasNextPage, endCursor } = found.pageInfo;
  const hits = (
    <Stack gap="xs" className="cg-following" aria-busy={fetching}>
      {children}
    </Stack>
  );
  if (!hasNextPage || endCursor === null) {
    return (
      <>
        {hits}
        <Text size="xs" c="dimmed" aria-live="polite">
          That is all: {count((page - 1) * HITS + found.edges.length, "creator")}.
        </Text>
      </>
    );
  }
  const shown = Math.min(address.pages ?? 1, MOST_PAGES);
  return (
    <>
      {hits}
      {page < shown ? (
        rest(endCursor)
      ) : page < MOST_PAGES ? (
        <Button
          variant="default"
          size="xs"
          data-more
          onClick={() => change({ pages: page + 1 })}
          rightSection={<KeyHint>M</KeyHint>}
        >
          Show more
        </Button>
      ) : (
        <Text size="sm">These are the first {MOST_PAGES * HITS}. Say more exactly what you look for, or set a filter.</Text>
      )}
    </>
  );
}

const Nobody = ({ change }: { change: (next: Partial<SearchAddress>) => void }) => (
  <Empty
    title="Nobody found"
    action={
      <Anchor component="button" type="button" onClick={() => change({ ...CLEAR, q: undefined, pages: undefined })}>
        Start again without filters
      </Anchor>
    }
  >
    Try other words, a part of the name, or fewer filters.
  </Empty>
);

/** Meaning needs the vector index, words and names do not: where it is away, they are the next step. */
function Unanswered({
  address,
  error,
  change,
  retry,
}: {
  address: SearchAddress;
  error: CombinedError;
  change: (next: Partial<SearchAddress>) => void;
  retry: () => void;
}) {
  const away = error.graphQLErrors.some((each) => each.extensions.code === "unavailable");
  if (!away || address.by !== undefined) return <Failed error={error} retry={retry} />;
  return (
    <Problem
      problem={{
        message: "The search by meaning is away just now.",
        mend: `${wordsOf(error).mend} Until it is back, creators are found by words and by name.`,
      }}
      action={
        <>
          <Button size="xs" onClick={() => change({ by: "words" })}>
            Search by words
          </Button>
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        </>
      }
    />
  );
}
