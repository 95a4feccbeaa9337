/** Where the tenant is told of changes. Which log is open is in the address. */

import { Button, Group, Stack, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useQuery } from "urql";
import { useSession } from "@/app/session";
import { KeyHint } from "@/component/fact";
import { moveFocus, usePageKeys } from "@/component/keys";
import { Empty, Failed, NoPermission, Waiting } from "@/component/state";
import { WEBHOOKS } from "@/logic/key";
import { isRefusal } from "@/logic/refusal";
import { WebhooksDocument } from "@/generated/graphql";
import { Create } from "@/page/webhook/create";
import { Secret } from "@/page/webhook/secret";
import { WebhookPanel } from "@/page/webhook/webhook-panel";

export function WebhookPage() {
  const { open } = useSearch({ from: "/webhooks" });
  const navigate = useNavigate();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error }, again] = useQuery({
    query: WebhooksDocument,
    variables: { after },
    requestPolicy: "cache-and-network",
  });
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = () => again({ requestPolicy: "network-only" });
  const show = (id: string | undefined) => void navigate({ to: "/webhooks", search: { open: id }, replace: true });
  const page = data?.webhooks;
  const { viewer } = useSession();
  const barred = error !== undefined && isRefusal(error);

  const body = useRef<HTMLDivElement>(null);
  const stops = () => [...(body.current?.querySelectorAll<HTMLElement>("[data-webhook]") ?? [])];
  const make = () => setMaking(true);
  usePageKeys(WEBHOOKS, {
    down: () => moveFocus(stops(), 1),
    up: () => moveFocus(stops(), -1),
    log: () => {
      const id = stops().find((each) => each.contains(document.activeElement))?.dataset.webhook;
      if (id !== undefined) show(id === open ? undefined : id);
    },
    close: () => setMaking(false),
    ...(barred ? {} : { make }),
  });

  if (barred) {
    return (
      <NoPermission needs="admin" name={viewer?.name ?? "You"}>
        webhooks are for administrators to see to.
      </NoPermission>
    );
  }
  return (
    <Stack gap="xs" ref={body}>
      <Group justify="space-between">
        <Title order={1}>Webhooks</Title>
        <Button size="xs" onClick={make} disabled={making || error !== undefined} rightSection={<KeyHint>N</KeyHint>}>
          New webhook
        </Button>
      </Group>
      {making ? (
        <Create
          onClose={() => setMaking(false)}
          onMade={(id, made) => {
            setMaking(false);
            setSecret(made);
            show(id);
            refresh();
          }}
        />
      ) : null}
      {secret === null ? null : <Secret secret={secret} othersUntil={null} onClose={() => setSecret(null)} />}
      {error !== undefined ? <Failed error={error} retry={refresh} /> : null}
      {page === undefined && error === undefined ? <Waiting label="webhooks" lines={4} height={40} /> : null}
      {page?.edges.length === 0 && !making ? (
        <Empty title="Nobody is told of changes">
          A webhook is an address of yours that is told when creators are made, changed, merged, split or erased.
        </Empty>
      ) : null}
      {page?.edges.map(({ node }) => (
        <WebhookPanel
          key={node.id}
          webhook={node}
          open={open === node.id}
          onOpen={(wanted) => show(wanted ? node.id : undefined)}
          onChanged={refresh}
        />
      ))}
      {page?.pageInfo.hasNextPage === true ? (
        <Group>
          <Button size="xs" variant="default" onClick={() => setAfter(page.pageInfo.endCursor ?? null)}>
            More
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
