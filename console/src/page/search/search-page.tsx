/** One box, by meaning, words or name, with facets and filters beside it; everything is in the address. */

import { Button, Grid, Group, SegmentedControl, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { SearchAddress } from "@/app/address";
import { usePageKeys } from "@/component/keys";
import { Empty } from "@/component/state";
import { SEARCH } from "@/logic/key";
import { asks, byFollowers } from "@/page/search/filter";
import { Listed, Ranked } from "@/page/search/result";
import { SearchBox } from "@/page/search/search-box";
import { SearchFilters } from "@/page/search/search-filters";
import { Similar } from "@/page/search/similar";

/** What is left of a place in a list that another question made. */
const START = { pages: undefined, at: undefined } as const;

export function SearchPage() {
  const address = useSearch({ from: "/search" });
  const navigate = useNavigate();
  const [round, setRound] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const hits = useRef<HTMLDivElement>(null);
  const change = (next: Partial<SearchAddress>, replace = true) =>
    void navigate({
      to: "/search",
      search: (before: SearchAddress) => ({ ...before, ...next }),
      replace,
      // the list stays where it is under the hand that narrows it
      resetScroll: false,
    });
  const narrow = (next: Partial<SearchAddress>) => change({ ...START, similar: undefined, ...next });

  const rows = () => [...(hits.current?.querySelectorAll<HTMLElement>("[data-creator]") ?? [])];
  const focused = () => rows().find((row) => row.contains(document.activeElement));
  const go = (by: number) => {
    const all = rows();
    const now = all.findIndex((row) => row.contains(document.activeElement));
    // from elsewhere the keys go on where somebody was before
    const at = now >= 0 ? now : all.findIndex((row) => row.dataset.creator === address.at) - (by > 0 ? 1 : 0);
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.querySelector("a")?.focus();
  };
  const similar = (id: string) => change({ similar: id, at: id }, false);
  usePageKeys(SEARCH, {
    box: (event) => {
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    },
    down: () => go(1),
    up: () => go(-1),
    similar: () => {
      const id = focused()?.dataset.creator;
      if (id !== undefined) similar(id);
    },
    more: () => hits.current?.querySelector<HTMLElement>("[data-more]")?.click(),
    again: () => setRound((before) => before + 1),
    back: () => change({ similar: undefined }),
  });

  return (
    <Stack gap="xs">
      <h1 className="cg-hidden">Search</h1>
      <Group gap="xs" align="end">
        <SearchBox address={address} box={box} change={(next) => change(next)} onLeave={() => go(1)} />
        <SegmentedControl
          aria-label="Search by"
          value={address.by ?? "meaning"}
          onChange={(by) => narrow({ by: by === "meaning" ? undefined : by })}
          data={[
            { value: "meaning", label: "Meaning" },
            { value: "words", label: "Words" },
            { value: "name", label: "Name" },
          ]}
        />
      </Group>
      <Grid gap="xs">
        {address.similar === undefined ? (
          <Grid.Col span={{ base: 12, sm: 4, lg: 3 }}>
            <SearchFilters address={address} change={narrow} />
          </Grid.Col>
        ) : null}
        <Grid.Col
          span={address.similar === undefined ? { base: 12, sm: 8, lg: 9 } : 12}
          ref={hits}
          onFocus={() => {
            const id = focused()?.dataset.creator;
            if (id !== undefined && id !== address.at) change({ at: id });
          }}
        >
          <Results key={round} address={address} change={change} similar={similar} fresh={round > 0} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

interface ResultsProps {
  address: SearchAddress;
  change: (next: Partial<SearchAddress>) => void;
  similar: (id: string) => void;
  /** Asks the server again, whatever was found before. */
  fresh: boolean;
}

function Results({ address, change, similar, fresh }: ResultsProps) {
  if (address.similar !== undefined) {
    return <Similar creatorId={address.similar} onBack={() => change({ similar: undefined })} onSimilar={similar} />;
  }
  if (!asks(address)) {
    return (
      <Empty
        title="Whom are you looking for?"
        action={
          <Button variant="default" onClick={() => change({ by: "name" })}>
            List creators by name
          </Button>
        }
      >
        Describe them in plain words, such as “vegan cooking in twenty minutes”, or press a filter. The bar beside each hit says why it
        is there.
      </Empty>
    );
  }
  const Result = byFollowers(address) ? Listed : Ranked;
  return <Result address={address} change={change} onSimilar={similar} fresh={fresh} />;
}
