import { Box, Button, Code, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type SyntheticEvent, useEffect, useState } from "react";
import { useSession } from "@/app/session";
import { type Refusal, signIn } from "@/app/sign-in";
import { Problem } from "@/component/state";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const { viewer, refresh } = useSession();
  const navigate = useNavigate();
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    const refused = await signIn(token.trim());
    setBusy(false);
    setRefusal(refused);
    if (refused !== null) return;
    setToken("");
    refresh();
  };

  // only once the session is known: a page that asks for one would lead back here
  useEffect(() => {
    if (viewer === null) return;
    if (next === undefined) void navigate({ to: "/review", search: {}, replace: true });
    else void navigate({ href: next, replace: true });
  }, [navigate, next, viewer]);

  return (
    <Box className="cg-panel" p="lg" maw={440} mx="auto" mt={{ base: "md", sm: "xl" }}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack>
          <Title order={1}>Sign in</Title>
          <Text size="sm" c="dimmed">
            Paste your token. It is sent once to this server, which keeps a session for this browser; nothing else stores it.
          </Text>
          {refusal === null ? null : <Problem problem={refusal} />}
          <PasswordInput
            label="Token"
            autoComplete="current-password"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": "Show or hide the token" }}
          />
          <Button type="submit" loading={busy} disabled={token.trim() === ""}>
            Sign in
          </Button>
          <Text size="xs" c="dimmed">
            No token yet? Whoever runs the server makes one: <Code>creatorgraph steward add NAME --role steward</Code>
          </Text>
        </Stack>
      </form>
    </Box>
  );
}
