/** One webhook: how it is doing, what can be done with it, its log. */

import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { type CombinedError, useMutation } from "urql";
import { Problem, type ProblemWords, wordsOf } from "@/component/state";
import {
  DeleteWebhookDocument,
  ReplayWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  UpdateWebhookDocument,
  type WebhookRowFragment,
} from "@/generated/graphql";
import { Log } from "@/page/webhook/log";
import { Secret } from "@/page/webhook/secret";
import { EVENTS, standing } from "@/page/webhook/word";

const DAY = 24 * 3600 * 1000;
const dayAgo = () => new Date(Date.now() - DAY).toISOString();

interface PanelProps {
  webhook: WebhookRowFragment;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChanged: () => void;
}

export function WebhookPanel({ webhook, open, onOpen, onChanged }: PanelProps) {
  const { id } = webhook;
  const [, update] = useMutation(UpdateWebhookDocument);
  const [, rotate] = useMutation(RotateWebhookSecretDocument);
  const [, test] = useMutation(TestWebhookDocument);
  const [, replay] = useMutation(ReplayWebhookDocument);
  const [, remove] = useMutation(DeleteWebhookDocument);
  const [problem, setProblem] = useState<ProblemWords | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [sure, setSure] = useState(false);
  const [secret, setSecret] = useState<{ text: string; othersUntil: string | null } | null>(null);

  const refused = (outcome: ProblemWords | undefined, error: CombinedError | undefined) => {
    setSaid(null);
    if (outcome !== undefined) setProblem(outcome);
    else if (error !== undefined) setProblem(wordsOf(error));
  };
  const done = (words: string) => {
    setProblem(null);
    setSaid(words);
    onChanged();
  };
  const sendTest = async () => {
    const { data, error } = await test({ id });
    if (data?.testWebhook.__typename === "WebhookQueued") done("The test goes out within seconds; look at the log.");
    else refused(data?.testWebhook, error);
  };
  const sendAgain = async (which: { messageId?: string; since?: string }) => {
    const { data, error } = await replay({ id, messageId: which.messageId ?? null, since: which.since ?? null });
    const outcome = data?.replayWebhook;
    if (outcome?.__typename === "WebhookQueued") done(`${outcome.messages} will be sent again.`);
    else refused(outcome, error);
  };
  const newSecret = async () => {
    const { data, error } = await rotate({ id });
    const outcome = data?.rotateWebhookSecret;
    if (outcome?.__typename === "WebhookSaved") setSecret({ text: outcome.secret ?? "", othersUntil: outcome.othersUntil });
    else refused(outcome, error);
  };
  const enable = async (enabled: boolean) => {
    const { data, error } = await update({ id, input: { enabled } });
    if (data?.updateWebhook.__typename === "WebhookSaved") done(enabled ? "It is sent to again." : "Nothing is sent any more.");
    else refused(data?.updateWebhook, error);
  };
  const drop = async () => {
    const { data, error } = await remove({ id });
    if (data?.deleteWebhook.__typename === "WebhookDeleted") onChanged();
    else refused(data?.deleteWebhook, error);
  };
  const act = (words: string, go: () => Promise<void>, color?: string) => (
    <Button size="compact-sm" variant="default" onClick={() => void go()} {...(color === undefined ? {} : { c: color })}>
      {words}
    </Button>
  );

  return (
    <section className="cg-panel" aria-label={webhook.url} data-webhook={id}>
      <Stack gap="xs" p="sm">
        <Title order={2} style={{ overflowWrap: "anywhere" }}>
          {webhook.url}
        </Title>
        <Text size="sm">{standing(webhook)}</Text>
        <Text size="sm" c="dimmed">
          {webhook.description === "" ? "" : `${webhook.description}. `}
          Told of creators that {webhook.events.map((each) => EVENTS[each]).join(", ")}
          {webhook.creatorIds === null ? "" : `; ${webhook.creatorIds.length} of them alone`}.
        </Text>
        {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
        {said === null ? null : (
          <Text size="sm" role="status">
            {said}
          </Text>
        )}
        {secret === null ? null : (
          <Secret secret={secret.text} othersUntil={secret.othersUntil} onClose={() => setSecret(null)} />
        )}
        <Group gap="xs">
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => onOpen(!open)}>
            {open ? "Close the log" : "Log"}
          </Button>
          {act("Test", sendTest)}
          {act("Send the last day again", () => sendAgain({ since: dayAgo() }))}
          {act("New secret", newSecret)}
          {webhook.disabledAt === null ? act("Switch off", () => enable(false)) : act("Switch on", () => enable(true))}
          {sure ? (
            act("Delete it with its log", drop)
          ) : (
            <Button size="compact-sm" variant="default" onClick={() => setSure(true)}>
              Delete…
            </Button>
          )}
        </Group>
        {open ? <Log id={id} onReplay={(messageId) => void sendAgain({ messageId })} /> : null}
      </Stack>
    </section>
  );
}
