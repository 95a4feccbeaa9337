/** Values that the found creators have, with how many of them; each is a filter that is one press away. */

import { Anchor, Stack, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { whole } from "@/logic/number";
import classes from "@/page/search/facet.module.css";

export interface FacetEntry {
  value: string;
  name: string;
  creators: number;
}

interface FacetProps {
  title: string;
  entries: readonly FacetEntry[];
  /** Values that are set; they are shown also where nobody has them. */
  chosen: readonly string[];
  nameOf: (value: string) => string;
  onChange: (chosen: string[]) => void;
  /** Whether several may be set together. */
  several?: boolean;
}

const FEW = 5;

export function Facet({ title, entries, chosen, nameOf, onChange, several = false }: FacetProps) {
  const [all, setAll] = useState(false);
  const missing = chosen.filter((value) => !entries.some((entry) => entry.value === value));
  const listed = [...missing.map((value) => ({ value, name: nameOf(value), creators: 0 })), ...entries];
  if (listed.length === 0) return null;
  const shown = all ? listed : listed.filter((entry, index) => index < FEW || chosen.includes(entry.value));
  const most = Math.max(1, ...listed.map((entry) => entry.creators));
  const toggle = (value: string) => {
    if (chosen.includes(value)) onChange(chosen.filter((each) => each !== value));
    else onChange(several ? [...chosen, value] : [value]);
  };
  return (
    <Stack gap={2} role="group" aria-label={title}>
      <Text size="xs" c="dimmed" aria-hidden>
        {title}
      </Text>
      {shown.map((entry) => (
        <UnstyledButton
          key={entry.value}
          className={classes.value}
          aria-pressed={chosen.includes(entry.value)}
          onClick={() => toggle(entry.value)}
        >
          <span className={classes.bar} style={{ width: `${(entry.creators / most) * 100}%` }} aria-hidden />
          <bdi className={classes.name}>{entry.name}</bdi>
          <span className={classes.count}>
            {whole(entry.creators)}
            <VisuallyHidden> {entry.creators === 1 ? "creator" : "creators"}</VisuallyHidden>
          </span>
        </UnstyledButton>
      ))}
      {listed.length > FEW ? (
        <Anchor component="button" type="button" size="xs" ta="start" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? "Fewer" : `All ${listed.length}`}
        </Anchor>
      ) : null}
    </Stack>
  );
}
