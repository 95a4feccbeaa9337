/** Which tenant, for those who see to all of them. */

import { Select } from "@mantine/core";
import { useQuery } from "urql";
import { PLAN_NAME } from "@/logic/word";
import { TenantsDocument } from "@/generated/graphql";

interface TenantSelectProps {
  label: string;
  /** What no choice means; null: one must be chosen. */
  all: string | null;
  value: string | undefined;
  /** Tenants that are disabled get no keys. */
  living?: boolean;
  error?: string | undefined;
  onChange: (tenant: string | undefined) => void;
}

export function TenantSelect({ label, all, value, living = false, error, onChange }: TenantSelectProps) {
  const [{ data }] = useQuery({ query: TenantsDocument });
  const tenants = (data?.tenants.edges ?? []).map((edge) => edge.node).filter((each) => !living || each.disabledAt === null);
  return (
    <Select
      label={label}
      placeholder={all ?? "Choose one"}
      size="xs"
      w={{ base: "100%", xs: 240 }}
      searchable
      clearable={all !== null}
      clearButtonProps={{ "aria-label": all ?? "None" }}
      nothingFoundMessage="No tenant is called that; make one with creatorgraph tenant create"
      error={error}
      data={tenants.map((each) => ({
        value: each.id,
        label: `${each.name} (${each.disabledAt === null ? PLAN_NAME[each.plan] : "disabled"})`,
      }))}
      value={value ?? null}
      onChange={(tenant) => onChange(tenant ?? undefined)}
    />
  );
}
