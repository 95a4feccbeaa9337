/** The keys of a page: bound, and shown by `?`. */

import { Kbd, Modal, Table } from "@mantine/core";
import { type HotkeyItem, useHotkeys } from "@mantine/hooks";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { EVERYWHERE, type Key } from "@/logic/key";

interface Help {
  show: (keys: readonly Key[]) => () => void;
  toggle: () => void;
  /** Whether the overlay covers the page. */
  opened: boolean;
}

const HelpContext = createContext<Help | null>(null);

export function KeyHelp({ children }: { children: ReactNode }) {
  const [keys, setKeys] = useState<readonly Key[]>([]);
  const [opened, setOpened] = useState(false);
  const show = useCallback((shown: readonly Key[]) => {
    setKeys(shown);
    return () => setKeys([]);
  }, []);
  const toggle = useCallback(() => setOpened((before) => !before), []);
  const help = useMemo<Help>(() => ({ show, toggle, opened }), [opened, show, toggle]);
  useHotkeys(bindings(EVERYWHERE.help, toggle));
  return (
    <HelpContext value={help}>
      {children}
      <Modal
        opened={opened}
        // once the press that closes it is over: Escape must not reach the page as well
        onClose={() => window.setTimeout(() => setOpened(false))}
        title="Keys"
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <KeyTable title="On this page" keys={keys} />
        <KeyTable title="Everywhere" keys={Object.values(EVERYWHERE)} />
      </Modal>
    </HelpContext>
  );
}

function KeyTable({ title, keys }: { title: string; keys: readonly Key[] }) {
  if (keys.length === 0) return null;
  return (
    <Table verticalSpacing={4} mb="md" captionSide="top">
      <Table.Caption ta="start">{title}</Table.Caption>
      <Table.Tbody>
        {keys.map((key) => (
          <Table.Tr key={key.press}>
            <Table.Th scope="row" w={90}>
              <Kbd>{key.shown}</Kbd>
            </Table.Th>
            <Table.Td>{key.text}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function useHelp(): Help {
  const help = use(HelpContext);
  if (help === null) throw new Error("useHelp is used outside of KeyHelp");
  return help;
}

export type Action = (event: KeyboardEvent) => void;

const bindings = ({ press, also, physical = false }: Pick<Key, "press" | "also" | "physical">, run: Action): HotkeyItem[] => [
  [press, run, { usePhysicalKeys: physical }],
  ...(also === undefined ? [] : ([[also, run]] satisfies HotkeyItem[])),
];

/** Binds keys while they are shown; while the overlay covers the page they do nothing. */
export function useKeys(bound: readonly (readonly [Pick<Key, "press" | "also" | "physical">, Action])[]): void {
  const { opened } = useHelp();
  useHotkeys(opened ? [] : bound.flatMap(([key, run]) => bindings(key, run)));
}

/** Binds a page's keys while it is shown. A name without an action is shown in the overlay all the same. */
export function usePageKeys<Name extends string>(
  keys: Readonly<Record<Name, Key>>,
  actions: Partial<Record<Name, Action>>,
): void {
  const { show } = useHelp();
  useEffect(() => show(Object.values<Key>(keys)), [keys, show]);
  useKeys(
    (Object.keys(actions) as Name[]).flatMap((name) => {
      const run = actions[name];
      return run === undefined ? [] : [[keys[name], run] as const];
    }),
  );
}

/** Moves the focus along a list: from what has it, or from before the first. */
export function moveFocus(stops: readonly HTMLElement[], by: number): void {
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[Math.min(stops.length - 1, Math.max(0, at + by))];
  (next?.matches("a, button") === true ? next : next?.querySelector<HTMLElement>("a, button"))?.focus();
}
