/** The two ends of a range. */

import { Group, Input } from "@mantine/core";
import { useId } from "react";
import { NumberField } from "@/component/number-field";

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
    <NumberField
      flex={1}
      miw={0}
      aria-label={`${label} ${name}`}
      placeholder={name}
      decimalScale={decimals}
      thousandSeparator=","
      suffix={suffix}
      error={wrong}
      aria-describedby={wrong ? id : undefined}
      value={value}
      onTake={take}
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
