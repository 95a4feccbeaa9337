/** Subscribes an endpoint. */

import { Button, Checkbox, Group, Stack, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useMutation } from "urql";
import { Problem, type ProblemWords, wordsOf } from "@/component/state";
import { CreateWebhookDocument, type WebhookEvent } from "@/generated/graphql";
import { EVENTS } from "@/page/webhook/word";

interface CreateProps {
  onMade: (id: string, secret: string) => void;
  onClose: () => void;
}

export function Create({ onMade, onClose }: CreateProps) {
  const [{ fetching }, create] = useMutation(CreateWebhookDocument);
  const [url, setUrl] = useState("");
  const [description, setDescription] = useState("");
  const [events, setEvents] = useState<string[]>(["MERGED", "ERASED"]);
  const [problem, setProblem] = useState<ProblemWords | null>(null);

  const go = async () => {
    const chosen = Object.keys(EVENTS).filter((each) => events.includes(each)) as WebhookEvent[];
    const { data, error } = await create({ input: { url: url.trim(), description: description.trim(), events: chosen } });
    const outcome = data?.createWebhook;
    if (outcome?.__typename === "WebhookSaved") onMade(outcome.webhook.id, outcome.secret ?? "");
    else if (outcome !== undefined) setProblem(outcome);
    else if (error !== undefined) setProblem(wordsOf(error));
  };

  return (
    <section className="cg-panel" aria-labelledby="new-webhook">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <Stack gap="xs" p="sm">
          <Title order={2} id="new-webhook">
            New webhook
          </Title>
          {problem === null ? null : <Problem problem={problem} onClose={() => setProblem(null)} />}
          <TextInput
            label="Address"
            description="https, a public host by its name"
            required
            autoFocus
            maxLength={2000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <TextInput
            label="What it is for"
            maxLength={200}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Checkbox.Group label="Tell of creators that" value={events} onChange={setEvents}>
            <Group gap="md" mt={4}>
              {Object.entries(EVENTS).map(([event, words]) => (
                <Checkbox key={event} value={event} label={words} />
              ))}
            </Group>
          </Checkbox.Group>
          <Group gap="xs">
            <Button type="submit" size="xs" loading={fetching} disabled={events.length === 0}>
              Subscribe
            </Button>
            <Button size="xs" variant="default" onClick={onClose}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
