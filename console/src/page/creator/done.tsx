/** What was just done, with its undo. */

import { Alert, Button, Group, Text } from "@mantine/core";
import { KeyHint } from "@/component/fact";
import { CreatorLink } from "@/component/link";
import type { Act } from "@/page/creator/creator-view";

export function Done({ act, onUndo, onClose }: { act: Act; onUndo: () => void; onClose: () => void }) {
  return (
    <Alert
      role="status"
      variant="light"
      withCloseButton
      onClose={onClose}
      closeButtonLabel="Dismiss"
      styles={{ message: { color: "var(--cg-text)" } }}
    >
      <Group gap="sm">
        <Text size="sm">{act.text}</Text>
        {act.others.map((other) => (
          <CreatorLink key={other.id} id={other.id} name={other.displayName} />
        ))}
        {act.decisionId === null ? null : (
          <Button size="xs" variant="default" onClick={onUndo} rightSection={<KeyHint>Z</KeyHint>}>
            Undo
          </Button>
        )}
      </Group>
    </Alert>
  );
}
