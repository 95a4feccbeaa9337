/** A bar for each day, for eyes; the table beside it has the same figures for everybody. */

import { Group, Text } from "@mantine/core";
import type { Measure } from "@/app/address";
import { short } from "@/logic/number";
import { type DayOfUse, scaleTop } from "@/logic/usage";
import classes from "@/page/usage/day-bars.module.css";

export function DayBars({ days, measure }: { days: readonly DayOfUse[]; measure: Measure }) {
  // refused requests stand on top of those that were answered: together they are what came
  const stacked = measure === "requests";
  const top = scaleTop(days.map((day) => day[measure] + (stacked ? day.refused : 0)));
  const refused = stacked && days.some((day) => day.refused > 0);
  return (
    <div aria-hidden>
      <div className={classes.plot}>
        <div className={classes.scale}>
          <span>{short(top)}</span>
          <span>{short(top / 2)}</span>
          <span>0</span>
        </div>
        <div className={classes.days}>
          {days.map((day) => (
            <div key={day.day} className={classes.day} title={tip(day, measure)}>
              {stacked && day.refused > 0 ? <span className={classes.refused} style={height(day.refused, top)} /> : null}
              <span className={classes.bar} data-measure={measure} style={height(day[measure], top)} />
            </div>
          ))}
        </div>
      </div>
      <Group justify="space-between" wrap="nowrap" className={classes.ends}>
        <Text size="xs" c="dimmed">
          {days[0]?.day}
        </Text>
        <Text size="xs" c="dimmed">
          {days.at(-1)?.day}
        </Text>
      </Group>
      {refused ? (
        <Text size="xs" c="dimmed" className={classes.legend}>
          <span className={classes.swatch} /> refused by the rate
        </Text>
      ) : null}
    </div>
  );
}

/** A day with any use at all is seen. */
const height = (value: number, top: number) => ({ height: `${(value / top) * 100}%`, minHeight: value > 0 ? 2 : 0 });

const tip = (day: DayOfUse, measure: Measure): string =>
  `${day.day}: ${short(day[measure])} ${measure}${measure === "requests" && day.refused > 0 ? `, ${short(day.refused)} refused` : ""}`;
