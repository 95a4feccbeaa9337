/** What was just done, with its undo. */

import { Alert, Button, Group, Text } from "@mantine/core";
import { KeyHint } from "@/component/fact";
import { useKeys } from "@/component/keys";
import { CreatorLink } from "@/component/link";
import { Problem } from "@/component/state";
import { CREATOR } from "@/logic/key";
import type { Act, DoneState } from "@/page/creator/use-done";

export function Done({ creatorId, done }: { creatorId: string; done: DoneState }) {
  return (
    <>
      {done.act === null ? null : <Said creatorId={creatorId} act={done.act} done={done} />}
      {done.problem === null ? null : <Problem problem={done.problem} onClose={done.dismiss} />}
    </>
  );
}

function Said({ creatorId, act, done }: { creatorId: string; act: Act; done: DoneState }) {
  useKeys([[CREATOR.undo, done.undo]]);
  return (
    <Alert
      role="status"
      variant="light"
      withCloseButton
      onClose={done.dismiss}
      closeButtonLabel="Dismiss"
      styles={{ message: { color: "var(--cg-text)" } }}
    >
      <Group gap="sm">
        <Text size="sm">{act.text}</Text>
        {act.creators.map((each) =>
          each.id === creatorId ? null : <CreatorLink key={each.id} id={each.id} name={each.displayName} />,
        )}
        {act.decisionId === null ? null : (
          <Button size="xs" variant="default" onClick={done.undo} rightSection={<KeyHint>Z</KeyHint>}>
            Undo
          </Button>
        )}
      </Group>
    </Alert>
  );
}
