/** Manifests and parts of exports, which REST alone has; asked with the session's cookie and our own header. */

import { OWN_HEADER } from "@/app/client";
import type { ProblemWords } from "@/component/state";

export interface Part {
  number: number;
  name: string;
  data: string;
  href: string;
  rows: number;
  bytes: number;
  sha256: string;
}

export interface Manifest {
  schema_version: number;
  position: string;
  parts: Part[];
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: ProblemWords };

const SILENT: ProblemWords = { message: "The server does not answer.", mend: "Check the connection, then try again." };

export const readManifest = (address: string): Promise<Answer<Manifest>> =>
  ask(`${address}/manifest`, async (response) => (await response.json()) as Manifest);

/** Fetches a part and hands it to the browser as a download: a plain link could not send the header. */
export async function download(part: Part): Promise<ProblemWords | null> {
  const answer = await ask(part.href, (response) => response.blob());
  if (!answer.ok) return answer.problem;
  const url = URL.createObjectURL(answer.value);
  const link = document.createElement("a");
  link.href = url;
  link.download = part.name;
  link.click();
  // the download has begun; the browser keeps what it needs
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return null;
}

async function ask<T>(address: string, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
  try {
    const response = await fetch(address, { headers: OWN_HEADER, credentials: "same-origin" });
    if (response.ok) return { ok: true, value: await read(response) };
    const problem = (await response.json()) as { detail?: string; mend?: string };
    return { ok: false, problem: { message: problem.detail ?? SILENT.message, mend: problem.mend ?? "Try again." } };
  } catch {
    return { ok: false, problem: SILENT };
  }
}
