/** The page's first line: what waits, what was done today, how far stewards agree. */

import { Button, Checkbox, Group, Popover, Skeleton, Stack, Switch, Text, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useQuery } from "urql";
import { whole } from "@/logic/number";
import { REASONS } from "@/app/address";
import { REASON_NAME, REASON_TEXT } from "@/logic/word";
import { ReviewFiguresDocument, type ReviewFilter, type ReviewReason } from "@/generated/graphql";

interface FiguresProps {
  filter: ReviewFilter;
  done: number;
  blind: boolean;
  reasons: readonly ReviewReason[] | undefined;
  onReasons: (reasons: ReviewReason[] | undefined) => void;
  onBlind: (blind: boolean) => void;
}

/** `done`: what was decided since the figures were read; counted on at once. */
export function Figures({ filter, done, blind, reasons, onReasons, onBlind }: FiguresProps) {
  const [{ data }] = useQuery({ query: ReviewFiguresDocument, variables: { filter } });
  const summary = data?.queueSummary;
  const kappa = data?.stewardAgreement.kappa ?? null;
  return (
    <Group justify="space-between" gap="xs" mb="xs">
      {summary === undefined ? (
        <Skeleton height={18} width={260} />
      ) : (
        <Text size="sm">
          <b>{whole(Math.max(0, summary.open + summary.claimed - done))}</b> to review
          <span className="cg-quiet"> · </span>
          <b>{whole(summary.decidedByMeToday + done)}</b> by you today
          <span className="cg-quiet"> · </span>
          <Tooltip
            label={
              kappa === null
                ? "Known once two stewards have decided ten pairs in common"
                : `Cohen's kappa over ${whole(data?.stewardAgreement.pairsDecidedTwice ?? 0)} pairs that two stewards decided: 1 is full agreement, 0 what chance gives`
            }
          >
            <span tabIndex={0}>{kappa === null ? "agreement not known yet" : `agreement ${kappa.toFixed(2)}`}</span>
          </Tooltip>
        </Text>
      )}
      <Group gap="md">
        {/* a reason tells what the machine thinks, so that blind work has none to choose */}
        {blind ? null : <Reasons chosen={reasons} onChange={onReasons} />}
        <Switch
          size="sm"
          label="Blind"
          labelPosition="left"
          checked={blind}
          onChange={(event) => onBlind(event.currentTarget.checked)}
          title="Hides score, reason and creators until you have decided (B)"
        />
      </Group>
    </Group>
  );
}

interface ReasonsProps {
  chosen: readonly ReviewReason[] | undefined;
  onChange: (reasons: ReviewReason[] | undefined) => void;
}

/** Which kinds of pairs come up; taken over when it closes, because another choice is another line of items. */
function Reasons({ chosen = [], onChange }: ReasonsProps) {
  const [wanted, setWanted] = useState<ReviewReason[]>([...chosen]);
  const close = () => {
    if (wanted.toSorted().join() !== [...chosen].sort().join()) onChange(wanted.length === 0 ? undefined : wanted);
  };
  return (
    <Popover position="bottom-end" trapFocus shadow="md" width={300} onClose={close}>
      <Popover.Target>
        <Button size="compact-sm" variant="default">
          {chosen.length === 0 ? "Filter" : `Filter (${chosen.length})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Which pairs come up">
        <Checkbox.Group value={wanted} onChange={setWanted}>
          <Stack gap={8}>
            {REASONS.map((reason) => (
              <Checkbox key={reason} size="xs" value={reason} label={REASON_NAME[reason]} description={REASON_TEXT[reason]} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}
