/** The filters, all of them in the address, and the views that a person keeps in this browser. */

import {
  Button,
  Chip,
  CloseButton,
  Group,
  MultiSelect,
  Popover,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { type QueueAddress, REASONS, STATES } from "@/app/address";
import { NumberField } from "@/component/number-field";
import { BAND_NAME, BANDS } from "@/logic/band";
import { whole } from "@/logic/number";
import { REASON_NAME, REASON_TEXT, sentence } from "@/logic/word";
import { useViews } from "@/page/queue/view";
import type { SummaryFragment } from "@/generated/graphql";

interface FiltersProps {
  address: QueueAddress;
  byReason: SummaryFragment["byReason"];
  change: (next: Partial<QueueAddress>) => void;
}

const orNothing = <T,>(values: T[]): T[] | undefined => (values.length === 0 ? undefined : values);

export function Filters({ address, byReason, change }: FiltersProps) {
  const open = new Map(byReason.map((each) => [each.reason, each.open]));
  return (
    <Stack gap={6}>
      <Chip.Group multiple value={address.reasons ?? []} onChange={(reasons) => change({ reasons: orNothing(reasons) })}>
        <Group gap={6} role="group" aria-label="Reasons">
          {REASONS.map((reason) => (
            <Chip key={reason} value={reason} size="xs" variant="outline" title={REASON_TEXT[reason]}>
              {REASON_NAME[reason]} {open.has(reason) ? whole(open.get(reason) ?? 0) : ""}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      <Group gap="xs" align="end">
        <MultiSelect
          size="xs"
          w={210}
          label="Band"
          placeholder={address.bands === undefined ? "Any probability" : ""}
          clearable
          clearButtonProps={{ "aria-label": "Any probability" }}
          data={BANDS.map((band) => ({ value: band, label: BAND_NAME[band] }))}
          value={address.bands ?? []}
          onChange={(bands) => change({ bands: orNothing(bands) })}
        />
        <MultiSelect
          size="xs"
          w={190}
          label="State"
          placeholder={address.states === undefined ? "Open and claimed" : ""}
          clearable
          clearButtonProps={{ "aria-label": "Open and claimed" }}
          data={STATES.map((state) => ({ value: state, label: sentence(state) }))}
          value={address.states ?? []}
          onChange={(states) => change({ states: orNothing(states) })}
        />
        <NumberField
          w={120}
          label="Priority from"
          decimalScale={2}
          value={address.minPriority}
          onTake={(minPriority) => change({ minPriority })}
        />
        <Switch
          size="xs"
          label="Claimed by me"
          mb={6}
          checked={address.mine === true}
          onChange={(event) => change({ mine: event.currentTarget.checked ? true : undefined })}
        />
        {address.creator === undefined ? null : (
          <Button size="xs" variant="default" onClick={() => change({ creator: undefined })}>
            Of one creator only (clear)
          </Button>
        )}
        <Views address={address} />
      </Group>
    </Stack>
  );
}

function Views({ address }: { address: QueueAddress }) {
  const { views, keep, drop } = useViews();
  const [name, setName] = useState("");
  const [opened, setOpened] = useState(false);
  const navigate = useNavigate();
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus shadow="md" width={280}>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened(!opened)}>
          Views{views.length === 0 ? "" : ` (${views.length})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        <Stack gap={6}>
          {views.length === 0 ? (
            <Text size="sm" c="dimmed">
              No view is saved in this browser. Set the filters, then give them a name.
            </Text>
          ) : null}
          {views.map((view) => (
            <Group key={view.name} gap={4} wrap="nowrap" justify="space-between">
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={() => {
                  setOpened(false);
                  void navigate({ to: "/queue", search: view.address });
                }}
              >
                {view.name}
              </Button>
              <CloseButton size="sm" aria-label={`Forget the view ${view.name}`} onClick={() => drop(view.name)} />
            </Group>
          ))}
          <form
            onSubmit={(event) => {
              event.preventDefault();
              keep({ name: name.trim(), address: { ...address, bulk: undefined, tab: undefined, burn: undefined } });
              setName("");
            }}
          >
            <Group gap={6} wrap="nowrap" align="end">
              <TextInput
                size="xs"
                label="Name of this view"
                flex={1}
                maxLength={40}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ""}>
                Save
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
