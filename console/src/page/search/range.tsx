/** The two ends of a range, taken when the field is left or Enter is pressed: not with every figure. */

import { Group, Input, NumberInput } from "@mantine/core";
import { useId } from "react";

interface RangeProps {
  label: string;
  least: number | undefined;
  most: number | undefined;
  /** Figures behind the point. */
  decimals?: number;
  suffix?: string;
  onLeast: (value: number | undefined) => void;
  onMost: (value: number | undefined) => void;
}

export function Range({ label, least, most, decimals = 0, suffix = "", onLeast, onMost }: RangeProps) {
  const id = useId();
  const wrong = least !== undefined && most !== undefined && least > most;
  const end = (name: string, value: number | undefined, take: (value: number | undefined) => void) => (
    <NumberInput
      flex={1}
      miw={0}
      size="xs"
      aria-label={`${label} ${name}`}
      placeholder={name}
      min={0}
      decimalScale={decimals}
      thousandSeparator=","
      suffix={suffix}
      hideControls
      error={wrong}
      aria-describedby={wrong ? id : undefined}
      // an address that changes elsewhere shows here too
      key={value ?? "none"}
      defaultValue={value ?? ""}
      onBlur={(event) => {
        const figures = event.currentTarget.value.replaceAll(/[^\d.]/gu, "");
        const taken = figures === "" ? undefined : Number(figures);
        if (taken !== value) take(taken);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
  return (
    <Input.Wrapper label={label} size="xs" labelElement="div" error={wrong ? "The first is above the second." : undefined} errorProps={{ id }}>
      <Group gap={6} wrap="nowrap">
        {end("from", least, onLeast)}
        {end("to", most, onMost)}
      </Group>
    </Input.Wrapper>
  );
}
