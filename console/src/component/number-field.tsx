/** A number that is taken when the field is left or Enter is pressed: not with every figure. */

import { NumberInput, type NumberInputProps } from "@mantine/core";
import { fieldNumber } from "@/logic/number";

interface NumberFieldProps extends Omit<NumberInputProps, "value" | "onChange" | "onBlur" | "onKeyDown"> {
  value: number | undefined;
  onTake: (value: number | undefined) => void;
}

export function NumberField({ value, onTake, ...rest }: NumberFieldProps) {
  return (
    <NumberInput
      size="xs"
      min={0}
      hideControls
      {...rest}
      // an address that changes elsewhere shows here too
      key={value ?? "none"}
      defaultValue={value ?? ""}
      onBlur={(event) => {
        const typed = fieldNumber(event.currentTarget.value.replaceAll(/[^\d.]/gu, ""));
        if (Number.isNaN(typed)) return;
        if (typed !== (value ?? null)) onTake(typed ?? undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
    />
  );
}
