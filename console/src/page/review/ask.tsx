/** Two short questions: why an item is skipped, and what there is to say about it. */

import { Button, Group, Kbd, Modal, Stack, Textarea, TextInput } from "@mantine/core";
import { type SyntheticEvent, useState } from "react";
import { useKeys } from "@/component/keys";

const SKIP_REASONS = [
  "I cannot read the language",
  "Too little to go on",
  "An account is gone",
  "Somebody else should look",
] as const;

interface AskProps {
  opened: boolean;
  onClose: () => void;
  onSay: (text: string) => void;
}

export function SkipReason({ opened, onClose, onSay }: AskProps) {
  const [text, setText] = useState("");
  const say = (reason: string) => {
    setText("");
    onSay(reason);
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Why skip it?" closeButtonProps={{ "aria-label": "Close" }} size="sm">
      <Stack gap="xs">
        {opened ? <Numbers say={say} /> : null}
        {SKIP_REASONS.map((reason, index) => (
          <Button
            key={reason}
            variant="default"
            justify="space-between"
            onClick={() => say(reason)}
            rightSection={<Kbd size="xs">{index + 1}</Kbd>}
            {...(index === 0 ? { "data-autofocus": true } : {})}
          >
            {reason}
          </Button>
        ))}
        <form
          onSubmit={(event: SyntheticEvent) => {
            event.preventDefault();
            if (text.trim() !== "") say(text.trim());
          }}
        >
          <Group gap="xs" align="end" wrap="nowrap">
            <TextInput label="Another reason" flex={1} value={text} onChange={(event) => setText(event.currentTarget.value)} />
            <Button type="submit" disabled={text.trim() === ""}>
              Skip
            </Button>
          </Group>
        </form>
      </Stack>
    </Modal>
  );
}

/** Bound only while the question is asked. */
function Numbers({ say }: { say: (reason: string) => void }) {
  useKeys(SKIP_REASONS.map((reason, index) => [{ press: String(index + 1) }, () => say(reason)]));
  return null;
}

export function CommentBox({ opened, onClose, onSay }: AskProps) {
  const [text, setText] = useState("");
  const submit = () => {
    if (text.trim() === "") return;
    onSay(text.trim());
    setText("");
  };
  return (
    <Modal opened={opened} onClose={onClose} title="Comment" closeButtonProps={{ "aria-label": "Close" }}>
      <form
        onSubmit={(event: SyntheticEvent) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="xs">
          <Textarea
            label="What others should know about this pair"
            autosize
            minRows={3}
            maxLength={1000}
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
            }}
          />
          <Button type="submit" disabled={text.trim() === ""}>
            Comment
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
