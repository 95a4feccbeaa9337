/** The keys of tenants' machines: who has which, when each was used, and, for administrators, new ones and revoking. */

import { Button, Group, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useQuery } from "urql";
import type { KeyAddress } from "@/app/address";
import { useSession } from "@/app/session";
import { KeyHint } from "@/component/fact";
import { moveFocus, usePageKeys } from "@/component/keys";
import { PageAnchor } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { KEYS } from "@/logic/key";
import { count } from "@/logic/number";
import { KeyTable } from "@/page/key/key-table";
import { MadeKey } from "@/page/key/made-key";
import { NewKey } from "@/page/key/new-key";
import { Revoke } from "@/page/key/revoke";
import { Rotation } from "@/page/key/rotation";
import { TenantSelect } from "@/page/key/tenant-select";
import { ApiKeysDocument, type KeyRowFragment } from "@/generated/graphql";

/** The most that one answer holds; whoever has more narrows the list to a tenant. */
const MOST = 100;
const STANDING = { works: true, ended: false, all: null } as const;

/** A key that was just made, with the secret that is nowhere else. */
export interface Made {
  key: KeyRowFragment;
  secret: string;
}

export function KeyPage() {
  const address = useSearch({ from: "/keys" });
  const navigate = useNavigate();
  const { mayAdminister } = useSession();
  const [made, setMade] = useState<Made | null>(null);
  const [revoked, setRevoked] = useState<KeyRowFragment | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const [{ data, error }, again] = useQuery({
    query: ApiKeysDocument,
    variables: { first: MOST, tenant: address.tenant, standing: STANDING[address.show ?? "works"] },
  });
  const keys = data?.apiKeys.edges.map((edge) => edge.node);
  const change = (next: Partial<KeyAddress>, replace = true) =>
    void navigate({ to: "/keys", search: (before: KeyAddress) => ({ ...before, ...next }), replace, resetScroll: false });
  const refresh = () => again({ requestPolicy: "network-only" });

  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])];
  const focused = () => rows().find((row) => row.contains(document.activeElement))?.dataset.key;
  const go = (by: number) => moveFocus(rows(), by);
  const make = () => change({ make: true, revoke: undefined }, false);
  const revoke = (id: string) => change({ revoke: id, make: undefined }, false);
  usePageKeys(KEYS, {
    down: () => go(1),
    up: () => go(-1),
    usage: () => {
      const id = focused();
      if (id !== undefined) void navigate({ to: "/usage", search: { key: id, tenant: address.tenant } });
    },
    close: () => change({ make: undefined, revoke: undefined }),
    ...(mayAdminister
      ? {
          make: (event: KeyboardEvent) => {
            event.preventDefault();
            make();
          },
          revoke: () => {
            const key = keys?.find((each) => each.id === focused());
            if (key?.stands === true) revoke(key.id);
          },
        }
      : {}),
  });
  const going = address.revoke === undefined ? undefined : keys?.find((each) => each.id === address.revoke);

  return (
    <Stack gap="xs">
      <Group justify="space-between" align="end" gap="xs">
        <Title order={1}>Keys</Title>
        {mayAdminister ? (
          <Button size="xs" onClick={make} rightSection={<KeyHint>N</KeyHint>}>
            New key
          </Button>
        ) : null}
      </Group>
      {mayAdminister ? null : (
        <Text size="sm" c="dimmed">
          These are your own tenant&apos;s. Administrators make and revoke keys, for every tenant.
        </Text>
      )}
      {made === null ? null : <MadeKey made={made} onClose={() => setMade(null)} />}
      {mayAdminister && address.make === true ? (
        <NewKey
          tenant={address.tenant}
          onClose={() => change({ make: undefined })}
          onMade={(next) => {
            setMade(next);
            setRevoked(null);
            change({ make: undefined, show: undefined });
            refresh();
          }}
        />
      ) : null}
      {mayAdminister && going?.stands === true ? (
        <Revoke
          key={going.id}
          apiKey={going}
          onClose={() => change({ revoke: undefined })}
          onRevoked={(key) => {
            setRevoked(key);
            change({ revoke: undefined });
            refresh();
          }}
        />
      ) : null}
      {revoked === null ? null : (
        <Text size="sm" role="status">
          <b>{revoked.name}</b> is refused from now on. Its use stays in the figures.
        </Text>
      )}
      <Group gap="xs" align="end">
        {mayAdminister ? (
          <TenantSelect label="Tenant" all="All tenants" value={address.tenant} onChange={(tenant) => change({ tenant })} />
        ) : null}
        <SegmentedControl
          size="xs"
          aria-label="Which keys"
          value={address.show ?? "works"}
          onChange={(show) => change({ show: show === "works" ? undefined : show })}
          data={[
            { value: "works", label: "Working" },
            { value: "ended", label: "Ended" },
            { value: "all", label: "All" },
          ]}
        />
      </Group>
      {keys === undefined ? (
        error === undefined ? (
          <Waiting label="keys" lines={5} height={34} />
        ) : (
          <Failed error={error} retry={refresh} />
        )
      ) : keys.length === 0 ? (
        <NoKey address={address} mayMake={mayAdminister} onMake={make} />
      ) : (
        <KeyTable keys={keys} tenants={mayAdminister && address.tenant === undefined} table={table} onRevoke={mayAdminister ? revoke : undefined} />
      )}
      {data?.apiKeys.pageInfo.hasNextPage === true ? (
        <Text size="sm">These are the newest {count(MOST, "key")}. Choose a tenant to see all of its own.</Text>
      ) : null}
      <Rotation mayMake={mayAdminister} />
    </Stack>
  );
}

function NoKey({ address, mayMake, onMake }: { address: KeyAddress; mayMake: boolean; onMake: () => void }) {
  if (address.show === "ended") {
    return (
      <Empty
        title="No key has ended"
        action={
          <PageAnchor to="/keys" search={{ tenant: address.tenant }}>
            Show those that work
          </PageAnchor>
        }
      >
        Keys that were revoked or ran out are listed here, so that their use can be told by name.
      </Empty>
    );
  }
  return (
    <Empty
      title="No key works here"
      action={
        mayMake ? (
          <Button variant="default" onClick={onMake}>
            Make the first
          </Button>
        ) : null
      }
    >
      A machine sends its key with every request; without one it is nobody. {mayMake ? "" : "Ask an administrator for one."}
    </Empty>
  );
}
