/** The one way to the API: GraphQL of the page's own origin, with the session's cookie. */

import { createClient as createSocket } from "graphql-ws";
import { cacheExchange, Client, fetchExchange, mapExchange, subscriptionExchange } from "urql";

/** A request with the cookie and without this header is refused: no other site's form can set it. */
export const OWN_HEADER = { "x-creatorgraph": "1" } as const;

export function createClient(): Client {
  const socket = createSocket({
    url: () => `${window.location.protocol === "https:" ? "wss" : "ws"}://${window.location.host}/graphql`,
    // opened with the first subscription, closed after the last
    lazy: true,
    retryAttempts: 20,
  });
  return new Client({
    url: "/graphql",
    fetchOptions: { headers: OWN_HEADER, credentials: "same-origin" },
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
    exchanges: [
      // an answer that is all error has `null` for data, which the pages, and the types, know as undefined
      mapExchange({ onResult: (result) => (result.data === null ? { ...result, data: undefined } : undefined) }),
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
}
