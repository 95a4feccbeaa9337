/** The days as a table: for readers of the screen always, for everybody where it was asked for. */

import { Table } from "@mantine/core";
import { MEASURES } from "@/app/address";
import { whole } from "@/logic/number";
import { type DayOfUse, MEASURE_NAME } from "@/logic/usage";

export function DayTable({ days, hidden }: { days: readonly DayOfUse[]; hidden: boolean }) {
  const table = (
    <Table verticalSpacing={2} horizontalSpacing={6} fz="xs" maw={560}>
      <Table.Caption className="cg-hidden">What was used on each day, the newest first.</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Day</Table.Th>
          {MEASURES.map((each) => (
            <Table.Th key={each} scope="col" ta="end">
              {MEASURE_NAME[each]}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {days.toReversed().map((day) => (
          <Table.Tr key={day.day}>
            <Table.Th scope="row" fw={400} style={{ whiteSpace: "nowrap" }}>
              {day.day}
            </Table.Th>
            {MEASURES.map((each) => (
              <Table.Td key={each} ta="end">
                {whole(day[each])}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
  return hidden ? (
    <div className="cg-hidden">{table}</div>
  ) : (
    <Table.ScrollContainer minWidth={330} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      {table}
    </Table.ScrollContainer>
  );
}
