/** What narrows a search down: facets with their counts, and ranges. */

import { Anchor, Button, Collapse, Group, Select, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useQuery } from "urql";
import type { SearchAddress } from "@/app/address";
import { useNow } from "@/component/now";
import { countryName, languageName } from "@/logic/place";
import { count } from "@/logic/number";
import { platformName } from "@/logic/word";
import { useFollowedText } from "@/page/search/followed-text";
import { Facet } from "@/page/search/facet";
import { activeFilters, CLEAR, creatorFilter, searchMode } from "@/page/search/filter";
import { Range } from "@/page/search/range";
import { type Platform, SearchFacetsDocument } from "@/generated/graphql";

interface FiltersProps {
  address: SearchAddress;
  change: (next: Partial<SearchAddress>) => void;
}

export function SearchFilters({ address, change }: FiltersProps) {
  const narrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  // on a phone the hits come first
  const [shown, { toggle }] = useDisclosure(!narrow);
  const active = activeFilters(address);
  return (
    <Stack gap="xs" p="sm" className="cg-panel" component="section" aria-labelledby="filters">
      <Group justify="space-between">
        <Title order={2} id="filters">
          Filters{active === 0 ? "" : ` (${active})`}
        </Title>
        <Group gap="xs">
          {active === 0 ? null : (
            <Anchor component="button" type="button" size="xs" onClick={() => change(CLEAR)}>
              Clear
            </Anchor>
          )}
          <Button size="compact-xs" variant="subtle" hiddenFrom="sm" aria-expanded={shown} onClick={toggle}>
            {shown ? "Hide" : "Show"}
          </Button>
        </Group>
      </Group>
      <Collapse expanded={shown}>
        <Stack gap="sm">
          <Facets address={address} change={change} />
          <Ranges address={address} change={change} />
        </Stack>
      </Collapse>
    </Stack>
  );
}

/** Counted over all that the search answers with, on whatever page; the last counts stay until the next are there. */
function Facets({ address, change }: FiltersProps) {
  const now = useNow();
  const named = address.by === "name" && address.q !== undefined;
  const [{ data, error, fetching }] = useQuery({
    query: SearchFacetsDocument,
    variables: {
      query: named ? null : (address.q ?? null),
      filter: { ...creatorFilter(address, now), nameContains: named ? address.q : null },
      mode: searchMode(address),
    },
    requestPolicy: "cache-first",
  });
  const facets = data?.searchFacets;
  const one = (name: "category" | "language" | "country") => ({
    chosen: address[name] === undefined ? [] : [address[name]],
    onChange: (chosen: string[]) => change({ [name]: chosen[0] }),
  });
  return (
    <Stack gap="sm" aria-busy={fetching}>
      <Text size="xs" c="dimmed" aria-live="polite">
        {facets != null
          ? count(facets.total, "creator")
          : error !== undefined
            ? "The counts cannot be had now."
            : "Counting…"}
      </Text>
      <Facet
        title="Platform"
        several
        entries={(facets?.platforms ?? []).map((each) => ({
          value: each.platform,
          name: platformName(each.platform),
          creators: each.creators,
        }))}
        chosen={address.platforms ?? []}
        nameOf={(value) => platformName(value as Platform)}
        onChange={(chosen) => change({ platforms: chosen.length === 0 ? undefined : chosen })}
      />
      <Facet title="Category" entries={entriesOf(facets?.categories, same)} nameOf={same} {...one("category")} />
      <Facet title="Language" entries={entriesOf(facets?.languages, languageName)} nameOf={languageName} {...one("language")} />
      <Facet title="Country" entries={entriesOf(facets?.countries, countryName)} nameOf={countryName} {...one("country")} />
    </Stack>
  );
}

const same = (value: string): string => value;
const entriesOf = (values: readonly { value: string; creators: number }[] | undefined, nameOf: (value: string) => string) =>
  (values ?? []).map((each) => ({ value: each.value, name: nameOf(each.value), creators: each.creators }));

const SPANS = [
  { value: "7", label: "In the last week" },
  { value: "30", label: "In the last 30 days" },
  { value: "90", label: "In the last 90 days" },
  { value: "365", label: "In the last year" },
];

function Ranges({ address, change }: FiltersProps) {
  const [location, typeLocation] = useFollowedText(address.location, (text) => change({ location: text }), 300);
  const days = address.active === undefined ? null : String(address.active);
  const spans = days === null || SPANS.some((each) => each.value === days) ? SPANS : [...SPANS, { value: days, label: `In the last ${days} days` }];
  return (
    <Stack gap="xs">
      <Range
        label="Followers"
        least={address.minFollowers}
        most={address.maxFollowers}
        onLeast={(minFollowers) => change({ minFollowers })}
        onMost={(maxFollowers) => change({ maxFollowers })}
      />
      <Range
        label="Engagement"
        decimals={2}
        suffix=" %"
        least={address.minEngagement}
        most={address.maxEngagement}
        onLeast={(minEngagement) => change({ minEngagement })}
        onMost={(maxEngagement) => change({ maxEngagement })}
      />
      <Select
        label="Seen active"
        placeholder="At any time"
        size="xs"
        clearable
        clearButtonProps={{ "aria-label": "Active at any time" }}
        data={spans}
        value={days}
        onChange={(value) => change({ active: value === null ? undefined : Number(value) })}
      />
      <TextInput
        label="Location has"
        size="xs"
        value={location}
        maxLength={200}
        onChange={(event) => typeLocation(event.currentTarget.value)}
      />
      <Switch
        label="Verified somewhere"
        size="sm"
        checked={address.verified === true}
        onChange={(event) => change({ verified: event.currentTarget.checked ? true : undefined })}
      />
    </Stack>
  );
}
