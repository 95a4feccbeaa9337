/** The merged view, each field with the profile that it came from. */

import { Stack, Table, Text, Title, Tooltip, VisuallyHidden } from "@mantine/core";
import { Outside } from "@/component/fact";
import { percent } from "@/logic/number";
import { languageName } from "@/logic/signal";
import { profileTitle } from "@/logic/title";
import { platformName } from "@/logic/word";
import type { CreatorPageFragment, GoldenFragment } from "@/generated/graphql";

const FIELDS = ["name", "bio", "website", "location", "category", "language"] as const;

export function GoldenPanel({ golden }: { golden: CreatorPageFragment["golden"] }) {
  const shown = FIELDS.flatMap((field) => {
    const value = golden[field];
    if (value === null) return [];
    const words = field === "language" ? languageName : (text: string) => text;
    return [{ field, value: { ...value, value: words(value.value), alternatives: value.alternatives.map(words) } }];
  });
  return (
    <section className="cg-panel" aria-labelledby="golden">
      <Stack gap={4} p="sm">
        <Title order={2} id="golden">
          Golden record
        </Title>
        <Table verticalSpacing={5} horizontalSpacing={4} withRowBorders={false}>
          <Table.Tbody>
            {shown.map(({ field, value }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" c="dimmed" fw={400} tt="capitalize" w={84} style={{ verticalAlign: "top" }}>
                  {field}
                </Table.Th>
                <Table.Td>
                  <Field value={value} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Stack>
    </section>
  );
}

function Field({ value }: { value: GoldenFragment }) {
  const source = `From ${profileTitle(value.source)} on ${platformName(value.source.platform)}; ${percent(value.confidence)} of the support speaks for it.`;
  const others =
    value.alternatives.length === 0
      ? "No other profile says otherwise."
      : `Others say: ${value.alternatives.slice(0, 5).join(" · ")}`;
  return (
    <Tooltip label={`${source} ${others}`} position="bottom-start">
      {/* the source is on hover and on focus, and read out */}
      <Text component="div" size="sm" tabIndex={0} style={{ overflowWrap: "anywhere" }}>
        <span dir="auto">{/^https?:/iu.test(value.value) ? <Outside url={value.value} /> : value.value}</span>
        <Text component="span" size="xs" c="dimmed" display="block">
          {platformName(value.source.platform)}
          {value.alternatives.length === 0 ? "" : ` · ${value.alternatives.length} other`}
        </Text>
        <VisuallyHidden>
          {source} {others}
        </VisuallyHidden>
      </Text>
    </Tooltip>
  );
}
