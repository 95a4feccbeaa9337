/** Answers that were refused because of who asks: nobody who is signed in, or somebody whose role is too small. */

import type { CombinedError } from "urql";

export const isRefusal = (error: Pick<CombinedError, "graphQLErrors">): boolean =>
  error.graphQLErrors.some(({ extensions }) => extensions.code === "not_allowed" || extensions.code === "not_signed_in");

interface Answer {
  data?: unknown;
  error?: Pick<CombinedError, "graphQLErrors"> | undefined;
}

/** Whether an answer is such a refusal: an error of a query, or what a mutation came to. */
export const isNotAllowed = ({ data, error }: Answer): boolean =>
  (error !== undefined && isRefusal(error)) ||
  Object.values((data ?? {}) as Record<string, { __typename?: unknown } | null>).some((each) => each?.__typename === "NotAllowed");
