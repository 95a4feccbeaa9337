/** One box, by meaning or by name, with the filters beside it; everything is in the address. */

import { Button, Grid, Group, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useClient } from "urql";
import type { SearchAddress } from "@/app/address";
import { usePageKeys } from "@/component/keys";
import { Empty } from "@/component/state";
import { SEARCH } from "@/logic/key";
import { ByMeaning, ByName } from "@/page/search/result";
import { SearchFilters } from "@/page/search/search-filters";
import { Similar } from "@/page/search/similar";
import { ProfileAtDocument } from "@/generated/graphql";

export function SearchPage() {
  const address = useSearch({ from: "/search" });
  const navigate = useNavigate();
  const client = useClient();
  const [text, setText] = useState(address.q ?? "");
  const box = useRef<HTMLInputElement>(null);
  const hits = useRef<HTMLDivElement>(null);
  const change = (next: Partial<SearchAddress>, replace = true) =>
    void navigate({ to: "/search", search: (before: SearchAddress) => ({ ...before, ...next }), replace });
  const ask = useDebouncedCallback((q: string) => change({ q: q.trim() === "" ? undefined : q.trim(), similar: undefined }), 250);

  // the address of an account leads straight to its creator
  const enter = async () => {
    const url = text.trim();
    if (!/^https?:\/\/\S+$/iu.test(url)) return;
    const { data } = await client.query(ProfileAtDocument, { url }).toPromise();
    if (data?.profileByUrl != null) {
      await navigate({ to: "/creator/$creatorId", params: { creatorId: data.profileByUrl.creator.id }, search: {} });
    }
  };

  const rows = () => [...(hits.current?.querySelectorAll<HTMLElement>("[data-creator]") ?? [])];
  const focused = () => rows().find((row) => row.contains(document.activeElement));
  const go = (by: number) => {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    all[Math.min(all.length - 1, Math.max(0, at + by))]?.querySelector("a")?.focus();
  };
  usePageKeys(SEARCH, {
    box: (event) => {
      event.preventDefault();
      box.current?.focus();
    },
    down: () => go(1),
    up: () => go(-1),
    similar: () => {
      const id = focused()?.dataset.creator;
      if (id !== undefined) change({ similar: id }, false);
    },
    back: () => change({ similar: undefined }),
  });

  return (
    <Stack gap="xs">
      <h1 className="cg-hidden">Search</h1>
      <form
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          void enter();
        }}
      >
        <Group gap="xs" align="end">
          <TextInput
            ref={box}
            flex={1}
            miw={220}
            label="Search creators"
            description={
              address.by === "name"
                ? "A part of the name, in any script"
                : "What they are about, in plain words; or the address of an account"
            }
            value={text}
            maxLength={1000}
            autoFocus={address.q === undefined && address.similar === undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
              ask(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "ArrowDown") go(1);
            }}
          />
          <SegmentedControl
            aria-label="Search by"
            value={address.by ?? "meaning"}
            onChange={(by) => change({ by: by === "name" ? "name" : undefined })}
            data={[
              { value: "meaning", label: "Meaning" },
              { value: "name", label: "Name" },
            ]}
          />
        </Group>
      </form>
      <Grid gap="xs">
        <Grid.Col span={{ base: 12, sm: 4, lg: 3 }}>
          <SearchFilters address={address} change={change} />
        </Grid.Col>
        <Grid.Col span={{ base: 12, sm: 8, lg: 9 }} ref={hits}>
          <Results address={address} change={change} />
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function Results({
  address,
  change,
}: {
  address: SearchAddress;
  change: (next: Partial<SearchAddress>, replace?: boolean) => void;
}) {
  const similar = (id: string) => change({ similar: id }, false);
  if (address.similar !== undefined) {
    return <Similar creatorId={address.similar} onBack={() => change({ similar: undefined })} onSimilar={similar} />;
  }
  if (address.by === "name") return <ByName key={JSON.stringify(address)} address={address} onSimilar={similar} />;
  if (address.q !== undefined) return <ByMeaning key={JSON.stringify(address)} address={address} onSimilar={similar} />;
  return (
    <Empty
      title="Whom are you looking for?"
      action={
        <Button variant="default" onClick={() => change({ by: "name" })}>
          List creators by name
        </Button>
      }
    >
      Describe them in plain words, such as “vegan cooking in twenty minutes”. The bar beside each hit says why it is there.
    </Empty>
  );
}
