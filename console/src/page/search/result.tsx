/** The hits of a search, page by page. */

import { Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { type CombinedError, useQuery } from "urql";
import type { SearchAddress } from "@/app/address";
import { PageAnchor } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { creatorFilter } from "@/page/search/filter";
import { HitCard } from "@/page/search/hit";
import { SearchByMeaningDocument, SearchByNameDocument } from "@/generated/graphql";

const HITS = 20;
/** After so many pages the next step is a better question. */
const MOST_PAGES = 5;

interface ResultProps {
  address: SearchAddress;
  onSimilar: (creatorId: string) => void;
}

interface PartProps extends ResultProps {
  after: string | null;
  next: ((cursor: string) => void) | undefined;
}

export const ByMeaning = (props: ResultProps) => <Pages {...props} part={MeaningPart} />;
export const ByName = (props: ResultProps) => <Pages {...props} part={NamePart} />;

function Pages({ part: Part, ...props }: ResultProps & { part: (props: PartProps) => React.ReactNode }) {
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return (
    <Stack gap="xs" aria-live="polite">
      {pages.map((after, index) => (
        <Part
          key={after ?? "first"}
          {...props}
          after={after}
          next={index === pages.length - 1 && pages.length < MOST_PAGES ? (cursor) => setPages([...pages, cursor]) : undefined}
        />
      ))}
      {pages.length === MOST_PAGES ? (
        <Text size="sm">These are the first {MOST_PAGES * HITS}. Say more exactly what you look for, or set a filter.</Text>
      ) : null}
    </Stack>
  );
}

function MeaningPart({ address, after, next, onSimilar }: PartProps) {
  const variables = { query: address.q ?? "", first: HITS, filter: creatorFilter(address), after };
  const [{ data, error, fetching }, again] = useQuery({ query: SearchByMeaningDocument, variables });
  const found = data?.search;
  return (
    <Part
      found={found}
      error={error}
      fetching={fetching}
      first={after === null}
      next={next}
      retry={() => again({ requestPolicy: "network-only" })}
    >
      {found?.edges.map(({ node }) => (
        <HitCard key={node.creator.id} creator={node.creator} profile={node.matchedProfile} hit={node} onSimilar={onSimilar} />
      ))}
    </Part>
  );
}

function NamePart({ address, after, next, onSimilar }: PartProps) {
  const filter = { ...creatorFilter(address), nameContains: address.q ?? null };
  const [{ data, error, fetching }, again] = useQuery({ query: SearchByNameDocument, variables: { filter, first: HITS, after } });
  const found = data?.creators;
  return (
    <Part
      found={found}
      error={error}
      fetching={fetching}
      first={after === null}
      next={next}
      retry={() => again({ requestPolicy: "network-only" })}
    >
      {found?.edges.map(({ node }) => (
        <HitCard key={node.id} creator={node} profile={node.primaryProfile} hit={null} onSimilar={onSimilar} />
      ))}
    </Part>
  );
}

interface FrameProps {
  found: { edges: readonly unknown[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  first: boolean;
  next: ((cursor: string) => void) | undefined;
  retry: () => void;
  children: React.ReactNode;
}

function Part({ found, error, fetching, first, next, retry, children }: FrameProps) {
  if (found == null) {
    if (error !== undefined) return <Failed error={error} retry={retry} />;
    return <Waiting label="creators" lines={6} height={56} />;
  }
  if (found.edges.length === 0 && first && !fetching) {
    return (
      <Empty
        title="Nobody found"
        action={
          <PageAnchor to="/search" search={{}}>
            Start again without filters
          </PageAnchor>
        }
      >
        Try other words, a part of the name, or fewer filters.
      </Empty>
    );
  }
  return (
    <>
      {children}
      {found.pageInfo.hasNextPage && next !== undefined ? (
        <Button variant="default" size="xs" onClick={() => next(found.pageInfo.endCursor ?? "")}>
          Show more
        </Button>
      ) : null}
    </>
  );
}
