/** What a page shows when it has nothing to show, each with the next step in words. */

import { Alert, Box, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { CombinedError } from "urql";
import { PageAnchor } from "@/component/link";

interface MessageProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function Empty({ title, children, action }: MessageProps) {
  return (
    <Box className="cg-panel" p="xl" ta="center">
      <Stack gap="xs" align="center" maw={460} mx="auto">
        <Title order={2}>{title}</Title>
        <Text c="dimmed">{children}</Text>
        {action}
      </Stack>
    </Box>
  );
}

export interface ProblemWords {
  message: string;
  mend: string;
}

/** A problem that the API names: what is wrong, and what to do about it. */
export function Problem({ problem, action, onClose }: { problem: ProblemWords; action?: ReactNode; onClose?: () => void }) {
  return (
    <Alert
      role="alert"
      color="orange"
      variant="light"
      title={problem.message}
      withCloseButton={onClose !== undefined}
      closeButtonLabel="Dismiss"
      {...(onClose === undefined ? {} : { onClose })}
      styles={{ title: { color: "var(--cg-text)" }, message: { color: "var(--cg-text)" } }}
    >
      <Stack gap="xs">
        <Text size="sm">{problem.mend}</Text>
        {action === undefined ? null : <Group gap="xs">{action}</Group>}
      </Stack>
    </Alert>
  );
}

/** What a failed request says, in the API's own words where it has any. */
export function wordsOf(error: CombinedError): ProblemWords {
  const first = error.graphQLErrors[0];
  const mend = first?.extensions.mend;
  if (first !== undefined) {
    return {
      message: first.message,
      mend: typeof mend === "string" ? mend : "Try again; if it stays, tell who runs the server.",
    };
  }
  return { message: "The server does not answer.", mend: "Check the connection, then try again. Nothing was lost." };
}

export function Failed({ error, retry }: { error: CombinedError; retry?: () => void }) {
  return (
    <Problem
      problem={wordsOf(error)}
      action={
        retry === undefined ? undefined : (
          <Button size="xs" variant="default" onClick={retry}>
            Try again
          </Button>
        )
      }
    />
  );
}

interface NoPermissionProps {
  needs: string;
  name: string;
  /** What they may do instead, after their name. */
  children?: ReactNode;
}

export function NoPermission({ needs, name, children = "you may look at creators and search." }: NoPermissionProps) {
  return (
    <Empty
      title={`This needs the role ${needs}`}
      action={
        <PageAnchor to="/search" search={{}}>
          Go to Search
        </PageAnchor>
      }
    >
      {name}, {children} Ask an administrator for the role: a token with it is made by{" "}
      <code>creatorgraph steward add</code>.
    </Empty>
  );
}

/** Lines of about the height of what is coming, so that nothing jumps when it comes. */
export function Waiting({ lines = 4, height = 22, label }: { lines?: number; height?: number; label: string }) {
  return (
    <Stack gap="xs" role="status" aria-busy="true" aria-label={`Loading ${label}`}>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={height} width={`${100 - ((index * 17) % 40)}%`} />
      ))}
    </Stack>
  );
}

export function Nowhere() {
  return (
    <Empty
      title="There is no such page"
      action={
        <PageAnchor to="/review" search={{}}>
          Go to Review
        </PageAnchor>
      }
    >
      The address may be cut off. Pages are Review, Queue, Search, Exports, Webhooks, Keys, Usage and one for each
      creator.
    </Empty>
  );
}

export function Broken() {
  return (
    <Empty
      title="This page has stopped working"
      action={
        <Button variant="default" onClick={() => window.location.reload()}>
          Load it again
        </Button>
      }
    >
      What you decided before is kept. Load the page again; if it stops once more, its address helps to find out why.
    </Empty>
  );
}
