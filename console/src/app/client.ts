/** The one way to the API: GraphQL of the page's own origin, with the session's cookie. */

import { CloseCode, createClient as createSocket } from "graphql-ws";
import { cacheExchange, Client, createRequest, fetchExchange, mapExchange, subscriptionExchange } from "urql";
import { isNotAllowed } from "@/logic/refusal";
import { ViewerDocument } from "@/generated/graphql";

/** A request with the cookie and without this header is refused: no other site's form can set it. */
export const OWN_HEADER = { "x-creatorgraph": "1" } as const;

const WHO = createRequest(ViewerDocument, {});
/** With it the server closes the socket of somebody who has signed out. */
const SIGNED_OUT: number = CloseCode.Unauthorized;

export function createClient(): Client {
  // a session that is over is told by what it may not do any more: whoever shows who is signed in hears of it
  const askWho = () => void client.executeQuery(WHO, { requestPolicy: "network-only" }).toPromise();
  const socket = createSocket({
    url: () => `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/graphql`,
    // opened with the first subscription, closed after the last
    lazy: true,
    retryAttempts: 20,
    on: {
      closed: (event) => {
        if (event instanceof CloseEvent && event.code === SIGNED_OUT) askWho();
      },
    },
  });
  const client = new Client({
    url: "/graphql",
    fetchOptions: { headers: OWN_HEADER, credentials: "same-origin" },
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    exchanges: [
      // an answer that is all error has `null` for data, which the pages, and the types, know as undefined
      mapExchange({
        onResult: (result) => {
          if (result.operation.key !== WHO.key && isNotAllowed(result)) askWho();
          return result.data === null ? { ...result, data: undefined } : undefined;
        },
      }),
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (request) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.subscribe({ query: request.query ?? "", variables: request.variables }, sink),
          }),
        }),
      }),
    ],
  });
  return client;
}
