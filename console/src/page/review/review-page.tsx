/** One pair at a time: evidence, then a verdict by one key. */

import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReviewAddress } from "@/app/address";
import { useSession } from "@/app/session";
import { NoPermission } from "@/component/state";
import { ReviewDesk } from "@/page/review/review-desk";

export function ReviewPage() {
  const { itemId } = useParams({ strict: false });
  const address = useSearch({ from: "/review" });
  const { viewer, mayDecide } = useSession();
  const navigate = useNavigate();
  const narrow = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });

  // an analyst may read an item that somebody sends a link to, and has no line of their own
  if (!mayDecide && itemId === undefined) return <NoPermission needs="steward" name={viewer?.name ?? "You"} />;

  const change = (next: Partial<ReviewAddress>) =>
    void navigate({ to: ".", search: (before: ReviewAddress) => ({ ...before, ...next }), replace: true });
  const show = (id: string | null) =>
    void (id === null
      ? navigate({ to: "/review", search: (before: ReviewAddress) => before, replace: true })
      : navigate({ to: "/review/$itemId", params: { itemId: id }, search: (before: ReviewAddress) => before, replace: true }));

  return (
    <ReviewDesk
      // another mode or another filter is another line
      key={`${address.blind === true} ${(address.reasons ?? []).join()}`}
      itemId={itemId}
      address={address}
      claims={mayDecide}
      graph={address.graph ?? !narrow}
      change={change}
      show={show}
    />
  );
}
