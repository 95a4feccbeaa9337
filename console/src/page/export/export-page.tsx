/** Exports in bulk: what is ordered and how far it is; the address names the one whose parts are shown. */

import { Button, Stack } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { moveFocus, usePageKeys } from "@/component/keys";
import { Empty, Failed, Waiting } from "@/component/state";
import { EXPORTS } from "@/logic/key";
import { EndExport } from "@/page/export/end-export";
import { ExportTable } from "@/page/export/export-table";
import { Manifest } from "@/page/export/manifest";
import { OrderForm } from "@/page/export/order-form";
import { isOpen, mayEnd } from "@/page/export/size";
import { ExportsDocument } from "@/generated/graphql";

const FIRST = 20;
/** While something is written. */
const POLL_MS = 2000;

export function ExportPage() {
  const { open } = useSearch({ from: "/exports" });
  const navigate = useNavigate();
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error }, execute] = useQuery({ query: ExportsDocument, variables: { first: FIRST, after } });
  const rows = (data?.exports.edges ?? []).map((edge) => edge.node);
  const busy = rows.some((row) => isOpen(row.state));
  useEffect(() => {
    if (!busy) return undefined;
    const timer = window.setInterval(() => execute({ requestPolicy: "network-only" }), POLL_MS);
    return () => window.clearInterval(timer);
  }, [busy, execute]);

  const again = () => execute({ requestPolicy: "network-only" });
  const show = (address: string | undefined) => void navigate({ to: "/exports", search: { open: address } });

  const [ending, setEnding] = useState<string | null>(null);
  // as the list has it now: one that is over meanwhile is not asked about
  const asked = rows.find((row) => row.id === ending && mayEnd(row.state));
  const order = useRef<HTMLElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const stops = () => [...(table.current?.querySelectorAll<HTMLElement>("[data-export]:has(button)") ?? [])];
  usePageKeys(EXPORTS, {
    order: () => order.current?.querySelector<HTMLElement>("input:checked")?.focus(),
    down: () => moveFocus(stops(), 1),
    up: () => moveFocus(stops(), -1),
    end: () => setEnding(stops().find((row) => row.contains(document.activeElement))?.dataset.export ?? ending),
    close: () => {
      if (asked !== undefined) setEnding(null);
      else if (open !== undefined) show(undefined);
    },
  });
  return (
    <Stack gap="xs">
      <h1 className="cg-hidden">Exports</h1>
      <OrderForm
        place={order}
        known={rows}
        onOrdered={() => {
          setAfter(null);
          again();
        }}
      />
      {open === undefined ? null : (
        <Manifest key={open} address={`/v1/exports/${open}`} onClose={() => show(undefined)} />
      )}
      {asked === undefined ? null : (
        <EndExport key={`${asked.id} ${isOpen(asked.state)}`} row={asked} onClose={() => setEnding(null)} onEnded={again} />
      )}
      {error !== undefined && data === undefined ? <Failed error={error} retry={again} /> : null}
      {data === undefined && error === undefined ? <Waiting label="the exports" /> : null}
      {data !== undefined && rows.length === 0 ? (
        <Empty title="No export yet">Order one above: it is written in the background, and its parts are listed here.</Empty>
      ) : null}
      {rows.length === 0 ? null : (
        <ExportTable
          table={table}
          rows={rows}
          onOpen={(address) => show(address.slice(address.lastIndexOf("/") + 1))}
          onEnd={setEnding}
        />
      )}
      {data?.exports.pageInfo.hasNextPage === true ? (
        <Button variant="default" size="compact-sm" onClick={() => setAfter(data.exports.pageInfo.endCursor)}>
          Older ones
        </Button>
      ) : null}
      {after === null ? null : (
        <Button variant="default" size="compact-sm" onClick={() => setAfter(null)}>
          The latest
        </Button>
      )}
    </Stack>
  );
}
