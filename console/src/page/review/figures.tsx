/** The page's first line: what waits, what was done today, how far stewards agree. */

import { Group, Skeleton, Switch, Text, Tooltip } from "@mantine/core";
import { useQuery } from "urql";
import { whole } from "@/logic/number";
import { ReviewFiguresDocument, type ReviewFilter } from "@/generated/graphql";

interface FiguresProps {
  filter: ReviewFilter;
  done: number;
  blind: boolean;
  onBlind: (blind: boolean) => void;
}

/** `done`: what was decided since the figures were read; counted on at once. */
export function Figures({ filter, done, blind, onBlind }: FiguresProps) {
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
      <Switch
        size="sm"
        label="Blind"
        labelPosition="left"
        checked={blind}
        onChange={(event) => onBlind(event.currentTarget.checked)}
        description={undefined}
        title="Hides score, reason and creators until you have decided (B)"
      />
    </Group>
  );
}
