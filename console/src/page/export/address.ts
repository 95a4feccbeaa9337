/** What the page keeps in its address. */

export interface ExportAddress {
  /** The id of the export whose parts are shown. */
  open?: string | undefined;
}

export const exportAddress = (raw: Record<string, unknown>): ExportAddress => ({
  open: typeof raw.open === "string" && /^[0-9a-f-]{36}$/u.test(raw.open) ? raw.open : undefined,
});
