import { Button, Collapse, Group, NumberInput, Select, Stack, Switch, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback, useDisclosure, useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useQuery } from "urql";
import type { SearchAddress } from "@/app/address";
import { whole } from "@/logic/number";
import { platformName } from "@/logic/word";
import { PlatformsDocument } from "@/generated/graphql";

interface FiltersProps {
  address: SearchAddress;
  change: (next: Partial<SearchAddress>) => void;
}

export function SearchFilters({ address, change }: FiltersProps) {
  const [{ data }] = useQuery({ query: PlatformsDocument });
  const [location, setLocation] = useState(address.location ?? "");
  const later = useDebouncedCallback((text: string) => change({ location: text.trim() === "" ? undefined : text.trim() }), 300);
  const narrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  // on a phone the hits come first
  const [shown, { toggle }] = useDisclosure(!narrow);
  const active = [address.platform, address.minFollowers, address.location, address.verified].filter(
    (each) => each !== undefined,
  );
  return (
    <Stack gap="xs" p="sm" className="cg-panel" component="section" aria-labelledby="filters">
      <Group justify="space-between">
        <Title order={2} id="filters">
          Filters{active.length === 0 ? "" : ` (${active.length})`}
        </Title>
        <Button size="compact-xs" variant="subtle" hiddenFrom="sm" aria-expanded={shown} onClick={toggle}>
          {shown ? "Hide" : "Show"}
        </Button>
      </Group>
      <Collapse expanded={shown}>
        <Stack gap="xs">
          <Select
            label="Platform"
            placeholder="Any"
            size="xs"
            clearable
            clearButtonProps={{ "aria-label": "Any platform" }}
            searchable
            nothingFoundMessage="No profile is there"
            data={(data?.stats.platforms ?? []).map((each) => ({
              value: each.platform,
              label: `${platformName(each.platform)} (${whole(each.profiles)})`,
            }))}
            value={address.platform ?? null}
            onChange={(platform) => change({ platform: platform ?? undefined })}
          />
          <NumberInput
            label="Followers from"
            size="xs"
            min={0}
            thousandSeparator=","
            hideControls
            value={address.minFollowers ?? ""}
            onBlur={(event) => {
              const digits = event.currentTarget.value.replace(/\D/gu, "");
              change({ minFollowers: digits === "" ? undefined : Number(digits) });
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter") event.currentTarget.blur();
            }}
          />
          <TextInput
            label="Location has"
            size="xs"
            value={location}
            maxLength={200}
            onChange={(event) => {
              setLocation(event.currentTarget.value);
              later(event.currentTarget.value);
            }}
          />
          <Switch
            label="Verified somewhere"
            size="sm"
            checked={address.verified === true}
            onChange={(event) => change({ verified: event.currentTarget.checked ? true : undefined })}
          />
        </Stack>
      </Collapse>
    </Stack>
  );
}
