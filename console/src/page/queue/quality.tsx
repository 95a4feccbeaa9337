/** How far stewards agree, how often the machine is right in each band, and whether training on decisions has helped. */

import { SimpleGrid, Stack, Table, Text, Title } from "@mantine/core";
import { useQuery } from "urql";
import { Failed, Waiting } from "@/component/state";
import { BAND_NAME, BAND_RANGE } from "@/logic/band";
import { count, percent, whole } from "@/logic/number";
import { QualityDocument, type QualityQuery } from "@/generated/graphql";

export function Quality() {
  const [{ data, error }, again] = useQuery({ query: QualityDocument });
  if (error !== undefined && data === undefined)
    return <Failed error={error} retry={() => again({ requestPolicy: "network-only" })} />;
  if (data === undefined) return <Waiting label="the figures" lines={6} />;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xs">
      <Machine bands={data.stewardAgreement.machine} />
      <Stack gap="xs">
        <People agreement={data.stewardAgreement} />
        <Model model={data.modelQuality} />
      </Stack>
    </SimpleGrid>
  );
}

function Machine({ bands }: { bands: QualityQuery["stewardAgreement"]["machine"] }) {
  return (
    <section className="cg-panel" aria-labelledby="machine">
      <Stack gap={4} p="sm">
        <Title order={2} id="machine">
          The machine, band by band
        </Title>
        <Text size="sm" c="dimmed">
          Of the pairs that stewards decided: how many were one person, beside how many the machine expected.
        </Text>
        <Table.ScrollContainer minWidth={280} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing={4} horizontalSpacing={6}>
            <Table.Caption className="cg-hidden">Precision of the machine in each band of probability</Table.Caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Band</Table.Th>
                <Table.Th scope="col" ta="end">
                  Decided
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  One person
                </Table.Th>
                <Table.Th scope="col" ta="end">
                  Expected
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {bands.map((band) => (
                <Table.Tr key={band.band}>
                  <Table.Th scope="row" fw={400}>
                    {BAND_NAME[band.band]}{" "}
                    <Text size="xs" c="dimmed" component="span" display="block">
                      {BAND_RANGE[band.band]}
                    </Text>
                  </Table.Th>
                  <Table.Td ta="end">{whole(band.decided)}</Table.Td>
                  <Table.Td ta="end">{band.share === null ? "–" : `${whole(band.same)} (${percent(band.share)})`}</Table.Td>
                  <Table.Td ta="end">{band.expected === null ? "–" : percent(band.expected)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
    </section>
  );
}

function People({ agreement }: { agreement: QualityQuery["stewardAgreement"] }) {
  return (
    <section className="cg-panel" aria-labelledby="people">
      <Stack gap={4} p="sm">
        <Title order={2} id="people">
          Stewards among themselves
        </Title>
        <Text size="sm">
          {agreement.kappa === null
            ? "Not known yet: it takes two stewards and ten pairs that both decided."
            : `Cohen's kappa ${agreement.kappa.toFixed(2)}: 1 is full agreement, 0 what chance gives.`}
        </Text>
        <Text size="sm" c="dimmed">
          {count(agreement.pairsDecidedTwice, "pair")} decided by more than one steward.
        </Text>
      </Stack>
    </section>
  );
}

function Model({ model }: { model: QualityQuery["modelQuality"] }) {
  return (
    <section className="cg-panel" aria-labelledby="model">
      <Stack gap={4} p="sm">
        <Title order={2} id="model">
          The model, trained on decisions
        </Title>
        <Text size="sm">{model.explanation}</Text>
        <Text size="sm" c="dimmed">
          {standing(model)}
        </Text>
      </Stack>
    </section>
  );
}

/** What came of the training, in whole sentences; none about a training that was not. */
function standing(model: QualityQuery["modelQuality"]): string {
  const { heldOutLogLoss: after, heldOutLogLossBefore: before, modelVersion } = model;
  const version = modelVersion === null ? [] : [`Version ${modelVersion}.`];
  if (model.trainedOnDecisions === 0) return version.join("");
  return [
    `Learnt from ${count(model.trainedOnDecisions, "decision")}; measured on ${whole(model.heldOut)} that it did not see.`,
    after === null || before === null
      ? []
      : `Log loss there ${after.toFixed(3)}, before ${before.toFixed(3)}: lower is better.`,
    model.used ? "It is in use." : "It is not in use.",
    version,
  ]
    .flat()
    .join(" ");
}
