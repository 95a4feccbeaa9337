/** Which tenant, for those who see to all of them. */

import { Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { useClient } from "urql";
import { PLAN_NAME } from "@/logic/word";
import { TenantsDocument, type TenantsQuery } from "@/generated/graphql";

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

type Tenant = TenantsQuery["tenants"]["edges"][number]["node"];

/** All of them, page by page: the list is searched by typing, so that it has to be whole. */
function useTenants(): readonly Tenant[] {
  const client = useClient();
  const [tenants, setTenants] = useState<readonly Tenant[]>([]);
  useEffect(() => {
    let gone = false;
    const read = async (after: string | null, before: readonly Tenant[]): Promise<void> => {
      const { data } = await client.query(TenantsDocument, { after }).toPromise();
      if (gone || data === undefined) return;
      const all = [...before, ...data.tenants.edges.map((edge) => edge.node)];
      setTenants(all);
      if (data.tenants.pageInfo.hasNextPage) await read(data.tenants.pageInfo.endCursor, all);
    };
    void read(null, []);
    return () => {
      gone = true;
    };
  }, [client]);
  return tenants;
}

export function TenantSelect({ label, all, value, living = false, error, onChange }: TenantSelectProps) {
  const tenants = useTenants().filter((each) => !living || each.disabledAt === null);
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
