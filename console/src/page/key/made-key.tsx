/** The secret of a key that was just made. It is in this page's memory alone: once it is closed nobody has it. */

import { Button, CopyButton, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Made } from "@/page/key/key-page";

export function MadeKey({ made, onClose }: { made: Made; onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), [made]);
  return (
    <section className="cg-panel" aria-labelledby="made-key" style={{ borderColor: "var(--cg-for)", borderWidth: 2 }}>
      <Stack gap="xs" p="sm">
        <Title order={2} id="made-key">
          <bdi>{made.key.name}</bdi> of <bdi>{made.key.tenantName}</bdi> is made
        </Title>
        <Text size="sm" role="status">
          Copy the key now: it is <b>shown this once</b> and stored as a hash alone. The machine sends it as{" "}
          <code>Authorization: Bearer</code>.
        </Text>
        <Group gap="xs" align="end">
          <TextInput
            ref={field}
            label="Key"
            size="xs"
            flex={1}
            miw={220}
            readOnly
            value={made.secret}
            onFocus={(event) => event.currentTarget.select()}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          />
          <CopyButton value={made.secret}>
            {({ copied, copy }) => (
              <Button size="xs" onClick={copy} aria-live="polite">
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={onClose}>
            I have kept it
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
