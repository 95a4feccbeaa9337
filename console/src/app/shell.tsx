/** What stands around every page. */

import { AppShell, Box, Button, Group, Menu, SegmentedControl, Text, useMantineColorScheme } from "@mantine/core";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useSession } from "@/app/session";
import classes from "@/app/shell.module.css";
import { KeyHelp, useHelp, useKeys } from "@/component/keys";
import { PageAnchor, PageMenuItem } from "@/component/link";
import { Problem, Waiting } from "@/component/state";
import { EVERYWHERE } from "@/logic/key";
import { ROLE_NAME } from "@/logic/word";

const TITLES: readonly (readonly [string, string])[] = [
  ["/review", "Review"],
  ["/queue", "Queue"],
  ["/search", "Search"],
  ["/keys", "Keys"],
  ["/usage", "Usage"],
  ["/exports", "Exports"],
  ["/creator", "Creator"],
  ["/webhooks", "Webhooks"],
  ["/sign-in", "Sign in"],
];

/** Pages for setting things up; on a phone they are in the menu, where the three of every day leave no room. */
const SETUP = [
  { to: "/exports", name: "Exports" },
  { to: "/webhooks", name: "Webhooks" },
  { to: "/keys", name: "Keys" },
  { to: "/usage", name: "Usage" },
] as const;

export function Shell() {
  return (
    <KeyHelp>
      <Frame />
    </KeyHelp>
  );
}

function Frame() {
  const { viewer } = useSession();
  const path = useLocation({ select: (location) => location.pathname });
  const navigate = useNavigate();
  useKeys([
    [EVERYWHERE.review, () => void navigate({ to: "/review", search: {} })],
    [EVERYWHERE.queue, () => void navigate({ to: "/queue", search: {} })],
    // on Search itself the key is the box's
    [EVERYWHERE.search, () => void (path === "/search" ? undefined : navigate({ to: "/search", search: {} }))],
    [EVERYWHERE.keys, () => void navigate({ to: "/keys", search: {} })],
    [EVERYWHERE.usage, () => void navigate({ to: "/usage", search: {} })],
    [EVERYWHERE.exports, () => void navigate({ to: "/exports", search: {} })],
    [EVERYWHERE.webhooks, () => void navigate({ to: "/webhooks", search: {} })],
  ]);
  useEffect(() => {
    const title = TITLES.find(([start]) => path.startsWith(start))?.[1];
    document.title = title === undefined ? "creatorgraph" : `${title} · creatorgraph`;
  }, [path]);

  return (
    <AppShell header={{ height: 48 }} padding={{ base: "xs", sm: "md" }}>
      <a className="cg-skip-link" href="#page">
        Skip to the page
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px={{ base: "xs", sm: "md" }} gap="md" wrap="nowrap" justify="space-between">
          <Group component="nav" aria-label="Pages" gap={2} wrap="nowrap">
            <Text fw={700} mr="sm" visibleFrom="sm" component="span">
              creatorgraph
            </Text>
            {viewer === null ? null : (
              <>
                <PageLink to="/review">Review</PageLink>
                <PageLink to="/queue">Queue</PageLink>
                <PageLink to="/search">Search</PageLink>
                {SETUP.map(({ to, name }) => (
                  <Box key={to} component="span" visibleFrom="sm">
                    <PageLink to={to}>{name}</PageLink>
                  </Box>
                ))}
              </>
            )}
          </Group>
          <Account />
        </Group>
      </AppShell.Header>
      <AppShell.Main id="page" tabIndex={-1} className={classes.main}>
        <Gate>
          <Outlet />
        </Gate>
      </AppShell.Main>
    </AppShell>
  );
}

type PagePath = "/review" | "/queue" | "/search" | (typeof SETUP)[number]["to"];

function PageLink({ to, children }: { to: PagePath; children: string }) {
  return (
    <PageAnchor
      to={to}
      search={{}}
      className={classes.page}
      underline="never"
      activeProps={{ "data-here": true, "aria-current": "page" }}
    >
      {children}
    </PageAnchor>
  );
}

function Account() {
  const { viewer, signOut } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const help = useHelp();
  return (
    <Menu position="bottom-end" width={250} shadow="md">
      <Menu.Target>
        <Button variant="subtle" size="compact-sm" color="gray" c="var(--cg-text)">
          {viewer?.name ?? "Settings"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {viewer === null ? null : <Menu.Label c="var(--cg-quiet)">{`${viewer.name}, ${ROLE_NAME[viewer.role]}`}</Menu.Label>}
        {viewer === null
          ? null
          : SETUP.map(({ to, name }) => (
              <PageMenuItem key={to} hiddenFrom="sm" to={to} search={{}}>
                {name}
              </PageMenuItem>
            ))}
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label="Colours"
          value={colorScheme}
          onChange={(value) => setColorScheme(value)}
          data={[
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
            { value: "auto", label: "System" },
          ]}
        />
        <Menu.Item onClick={help.toggle} rightSection="?">
          Keys of this page
        </Menu.Item>
        {viewer === null ? null : <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Pages are for people who are signed in; who is not comes back to the same address after signing in. */
function Gate({ children }: { children: React.ReactNode }) {
  const { viewer, known, failed, refresh } = useSession();
  const here = useLocation({ select: (location) => location.href });
  const path = useLocation({ select: (location) => location.pathname });
  const navigate = useNavigate();
  const away = known && failed === null && viewer === null && path !== "/sign-in";
  useEffect(() => {
    if (away) void navigate({ to: "/sign-in", search: { next: here }, replace: true });
  }, [away, here, navigate]);

  if (path === "/sign-in") return children;
  if (failed !== null) {
    return (
      <Problem
        problem={{ message: "The server does not answer.", mend: "Check that it runs, then try again." }}
        action={
          <Button size="xs" variant="default" onClick={refresh}>
            Try again
          </Button>
        }
      />
    );
  }
  if (viewer === null) return <Waiting label="your session" />;
  return children;
}
