/** The keys of a page: bound, and shown by `?`. */

import { Kbd, Modal, Table } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { EVERYWHERE, type Key } from "@/logic/key";

interface Help {
  show: (keys: readonly Key[]) => () => void;
  toggle: () => void;
}

const HelpContext = createContext<Help | null>(null);

export function KeyHelp({ children }: { children: ReactNode }) {
  const [keys, setKeys] = useState<readonly Key[]>([]);
  const [opened, setOpened] = useState(false);
  const help = useMemo<Help>(
    () => ({
      show: (shown) => {
        setKeys(shown);
        return () => setKeys([]);
      },
      toggle: () => setOpened((before) => !before),
    }),
    [],
  );
  // some keyboards have the question mark without shift
  useHotkeys([
    [EVERYWHERE.help.press, help.toggle],
    ["?", help.toggle],
  ]);
  return (
    <HelpContext value={help}>
      {children}
      <Modal opened={opened} onClose={() => setOpened(false)} title="Keys" closeButtonProps={{ "aria-label": "Close" }}>
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

/** Binds a page's keys while it is shown. A name without an action is shown in the overlay all the same. */
export function usePageKeys<Name extends string>(
  keys: Readonly<Record<Name, Key>>,
  actions: Partial<Record<Name, (event: KeyboardEvent) => void>>,
): void {
  const { show } = useHelp();
  useEffect(() => show(Object.values<Key>(keys)), [keys, show]);
  useHotkeys(
    (Object.keys(actions) as Name[]).flatMap((name) => {
      const run = actions[name];
      return run === undefined ? [] : [[keys[name].press, run]];
    }),
  );
}
