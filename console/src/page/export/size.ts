/** Sizes and names of exports in words. */

import type { ExportFormat, ExportState } from "@/generated/graphql";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** `824 B`, `1.2 MB`; steps of a thousand, as disks and browsers count. */
export function size(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit] ?? ""}`;
}

/** How much of it is written, in percent; null where nobody has counted yet. */
export function share(done: number, total: number | null): number | null {
  if (total === null) return null;
  return total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
}

export const isOpen = (state: ExportState): boolean => state === "WAITING" || state === "RUNNING";

/** Whether there is something to cancel, or files to delete. */
export const mayEnd = (state: ExportState): boolean => isOpen(state) || state === "READY";

/** The short form of an id that people tell exports by: its last characters, which are the random ones. */
export const shortId = (address: string): string => address.slice(-6);

export const FORMAT_NAME: Readonly<Record<ExportFormat, string>> = { CSV: "CSV", JSONL: "JSON lines", PARQUET: "Parquet" };

export const STATE_NAME: Readonly<Record<ExportState, string>> = {
  WAITING: "Waiting",
  RUNNING: "Running",
  READY: "Ready",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  DELETED: "Deleted",
  EXPIRED: "Expired",
};
