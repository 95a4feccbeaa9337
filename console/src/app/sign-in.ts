/** A pasted token for a session's cookie, which scripts cannot read. */

import { OWN_HEADER } from "@/app/client";

export interface Refusal {
  message: string;
  mend: string;
}

/** Null where the token was taken. */
export async function signIn(token: string): Promise<Refusal | null> {
  let answer: Response;
  try {
    answer = await fetch("/session", {
      method: "POST",
      headers: { ...OWN_HEADER, "content-type": "application/json" },
      body: JSON.stringify({ token }),
    });
  } catch {
    return { message: "The server does not answer.", mend: "Check that `creatorgraph serve` runs, then try again." };
  }
  if (answer.ok) return null;
  const said: unknown = await answer.json().catch(() => null);
  return isRefusal(said)
    ? said
    : { message: `The server answered ${answer.status}.`, mend: "Try again; if it stays, the server's log says why." };
}

function isRefusal(said: unknown): said is Refusal {
  return typeof said === "object" && said !== null && "message" in said && "mend" in said;
}
