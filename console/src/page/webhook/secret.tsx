/** A secret that is shown this once. */

import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";

interface SecretProps {
  secret: string;
  othersUntil: string | null;
  onClose: () => void;
}

export function Secret({ secret, othersUntil, onClose }: SecretProps) {
  return (
    <section className="cg-panel" aria-label="Secret">
      <Stack gap="xs" p="sm" role="status">
        <Text size="sm">
          Keep the secret now: it is not shown again. Your endpoint checks signatures with it.
          {othersUntil === null ? null : ` The one before is good until ${new Date(othersUntil).toLocaleString()}.`}
        </Text>
        <Code block>{secret}</Code>
        <Group gap="xs">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button size="xs" variant="default" onClick={copy}>
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" onClick={onClose}>
            I have kept it
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
