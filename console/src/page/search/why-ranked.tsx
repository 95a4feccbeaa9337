/** The parts of a score: a thin bar beside each hit, one legend above all hits, the words on hover and focus. */

import { Group, Table, Text, Tooltip } from "@mantine/core";
import { legend, namedParts, scoreText, share } from "@/logic/rank";
import classes from "@/page/search/why-ranked.module.css";
import type { HitFragment } from "@/generated/graphql";

export function WhyRanked({ hit }: { hit: HitFragment }) {
  const parts = namedParts(hit.whyRanked);
  return (
    <Tooltip label={<Words hit={hit} />} maw={420} position="bottom-start">
      <div className={classes.line} tabIndex={0} role="img" aria-label={scoreText(hit.score, parts)}>
        <span className={classes.bar} aria-hidden>
          {parts.map((part) => (
            <span
              key={part.key}
              className={classes.part}
              data-colour={part.colour}
              style={{ width: `${share(part.adds)}%`, minWidth: part.adds > 0 ? 2 : 0 }}
            />
          ))}
        </span>
        <Text size="xs" component="span" aria-hidden>
          {hit.score.toFixed(2)}
        </Text>
      </div>
    </Tooltip>
  );
}

function Words({ hit }: { hit: HitFragment }) {
  return (
    <Table className={classes.words} verticalSpacing={1} horizontalSpacing={6} withRowBorders={false}>
      <Table.Tbody>
        {namedParts(hit.whyRanked).map((part) => (
          <Table.Tr key={part.key}>
            <Table.Td>
              <Swatch colour={part.colour} /> {part.name}
            </Table.Td>
            <Table.Td ta="end">{part.product}</Table.Td>
            <Table.Td ta="end">{part.adds.toFixed(2)}</Table.Td>
          </Table.Tr>
        ))}
        <Table.Tr>
          <Table.Td>score{hit.cacheHit ? "; its figures were kept from an earlier search" : ""}</Table.Td>
          <Table.Td />
          <Table.Td ta="end">{hit.score.toFixed(2)}</Table.Td>
        </Table.Tr>
      </Table.Tbody>
    </Table>
  );
}

const Swatch = ({ colour }: { colour: number }) => <span className={classes.swatch} data-colour={colour} aria-hidden />;

/** What the colours stand for, in the order in which they stand in each bar. */
export function Legend({ hits }: { hits: readonly HitFragment[] }) {
  const parts = legend(hits);
  if (parts.length === 0) return null;
  return (
    <Group gap="0.3rem 0.9rem" component="ul" className={classes.legend} aria-label="What the bars are made of">
      {parts.map((part) => (
        <li key={part.key}>
          <Tooltip label={part.text}>
            <Text size="xs" component="span" c="dimmed">
              <Swatch colour={part.colour} /> {part.name}
            </Text>
          </Tooltip>
        </li>
      ))}
    </Group>
  );
}
