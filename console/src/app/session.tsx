/** Who is signed in, for every page. */

import { createContext, type ReactNode, use, useCallback, useMemo } from "react";
import { useQuery } from "urql";
import { OWN_HEADER } from "@/app/client";
import { ViewerDocument, type ViewerQuery } from "@/generated/graphql";

export type Viewer = NonNullable<ViewerQuery["viewer"]>;

interface Session {
  viewer: Viewer | null;
  /** False until the first answer. */
  known: boolean;
  failed: string | null;
  mayDecide: boolean;
  /** Sees to tenants and keys, of whichever tenant. */
  mayAdminister: boolean;
  refresh: () => void;
  signOut: () => Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ children }: { children: ReactNode }) {
  const [{ data, error }, execute] = useQuery({ query: ViewerDocument });
  const refresh = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);
  const signOut = useCallback(async () => {
    await fetch("/session", { method: "DELETE", headers: OWN_HEADER });
    // nothing of the last person's data stays in memory
    window.location.assign("/console/sign-in");
  }, []);
  const session = useMemo<Session>(() => {
    const viewer = data?.viewer ?? null;
    return {
      viewer,
      known: data !== undefined || error !== undefined,
      failed: error?.message ?? null,
      mayDecide: viewer?.role === "STEWARD" || viewer?.role === "ADMIN",
      mayAdminister: viewer?.role === "ADMIN",
      refresh,
      signOut,
    };
  }, [data, error, refresh, signOut]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("useSession is used outside of SessionProvider");
  return session;
}
