/** What revoking a key would stop, before it is revoked: it cannot be taken back. */

import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { Failed, Problem, type ProblemWords } from "@/component/state";
import { useNow } from "@/component/now";
import { dayText } from "@/logic/api-key";
import { count } from "@/logic/number";
import { type KeyRowFragment, RevokeApiKeyDocument, UseOfKeyDocument } from "@/generated/graphql";

interface RevokeProps {
  apiKey: KeyRowFragment;
  onClose: () => void;
  onRevoked: (key: KeyRowFragment) => void;
}

export function Revoke({ apiKey, onClose, onRevoked }: RevokeProps) {
  const now = useNow();
  const [{ data, error: unknown }] = useQuery({
    query: UseOfKeyDocument,
    variables: { key: apiKey.id, tenant: apiKey.tenantId },
    requestPolicy: "network-only",
  });
  const [{ fetching, error }, revoke] = useMutation(RevokeApiKeyDocument);
  const [refused, setRefused] = useState<ProblemWords | null>(null);
  const requests = data?.usageByDay.reduce((sum, day) => sum + day.requests, 0);
  const send = async () => {
    const { data: answer } = await revoke({ id: apiKey.id });
    const result = answer?.revokeApiKey;
    if (result?.__typename === "ApiKeyRevoked") onRevoked(result.key);
    else if (result !== undefined) setRefused(result);
  };
  return (
    <section className="cg-panel" aria-labelledby="revoke" style={{ borderColor: "var(--cg-against)" }}>
      <Stack gap="xs" p="sm">
        <Title order={2} id="revoke">
          Revoke <bdi>{apiKey.name}</bdi> of <bdi>{apiKey.tenantName}</bdi>?
        </Title>
        <Text size="sm">
          Whoever sends <code>{apiKey.prefix}…</code> is refused at once, open sockets too.{" "}
          {requests === undefined
            ? unknown === undefined
              ? "Looking at what it did…"
              : "What it did lately cannot be told now."
            : requests === 0
              ? `Nobody used it in the last seven days; its last use: ${dayText(apiKey.lastUsedOn, now)}.`
              : `It made ${count(requests, "request")} in the last seven days, the last ${dayText(apiKey.lastUsedOn, now)}: the machine behind it needs another key first.`}
        </Text>
        <Text size="sm">This cannot be taken back; a new key can be made at any time.</Text>
        {error === undefined ? null : <Failed error={error} />}
        {refused === null ? null : <Problem problem={refused} />}
        <Group gap="xs">
          <Button size="xs" color="red.9" loading={fetching} onClick={() => void send()}>
            Revoke it
          </Button>
          <Button size="xs" variant="default" autoFocus onClick={onClose}>
            Keep it
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
