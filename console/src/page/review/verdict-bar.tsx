/** What can be done with the item: one key, or one touch. */

import { Button, Group } from "@mantine/core";
import { KeyHint } from "@/component/fact";
import { type Key, REVIEW } from "@/logic/key";
import classes from "@/page/review/verdict-bar.module.css";

interface VerdictBarProps {
  enabled: boolean;
  undoable: boolean;
  run: Record<"same" | "different" | "unsure" | "skip" | "undo" | "comment" | "graph" | "help", () => void>;
}

export function VerdictBar({ enabled, undoable, run }: VerdictBarProps) {
  return (
    <Group className={classes.bar} gap={6} role="toolbar" aria-label="Decide">
      <Act hint={REVIEW.same} label="Same" onClick={run.same} disabled={!enabled} variant="filled" />
      <Act hint={REVIEW.different} label="Different" onClick={run.different} disabled={!enabled} variant="filled" />
      <Act hint={REVIEW.unsure} label="Unsure" onClick={run.unsure} disabled={!enabled} />
      <Act hint={REVIEW.skip} label="Skip" onClick={run.skip} disabled={!enabled} />
      <Act hint={REVIEW.undo} label="Undo" onClick={run.undo} disabled={!undoable} />
      <Act hint={REVIEW.comment} label="Comment" onClick={run.comment} disabled={!enabled} />
      <Act hint={REVIEW.graph} label="Graph" onClick={run.graph} disabled={false} />
      <Act hint={{ press: "?", shown: "?", text: "Keys" }} label="Keys" onClick={run.help} disabled={false} />
    </Group>
  );
}

interface ActProps {
  hint: Key;
  label: string;
  onClick: () => void;
  disabled: boolean;
  variant?: "filled" | "default";
}

function Act({ hint, label, onClick, disabled, variant = "default" }: ActProps) {
  return (
    <Button
      size="xs"
      variant={variant}
      onClick={onClick}
      disabled={disabled}
      aria-keyshortcuts={hint.shown}
      title={hint.text}
      rightSection={<KeyHint>{hint.shown}</KeyHint>}
    >
      {label}
    </Button>
  );
}
