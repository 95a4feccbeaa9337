/** Everything about one creator; a retired id says where it leads. */

import { Stack } from "@mantine/core";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useQuery } from "urql";
import type { CreatorAddress } from "@/app/address";
import { When } from "@/component/fact";
import { CreatorLink, PageAnchor } from "@/component/link";
import { Empty, Failed, Waiting } from "@/component/state";
import { CreatorView } from "@/page/creator/creator-view";
import { Done } from "@/page/creator/done";
import { type Act, useDone } from "@/page/creator/use-done";
import { CreatorByIdDocument } from "@/generated/graphql";

export function CreatorPage() {
  const { creatorId } = useParams({ from: "/creator/$creatorId" });
  const address = useSearch({ from: "/creator/$creatorId" });
  const navigate = useNavigate();
  const [{ data, error, fetching }, again] = useQuery({ query: CreatorByIdDocument, variables: { id: creatorId } });
  const refresh = () => again({ requestPolicy: "network-only" });
  const change = (next: Partial<CreatorAddress>) =>
    void navigate({ to: ".", search: (before: CreatorAddress) => ({ ...before, ...next }), replace: true });

  // kept here and not on the creator's own page: its id may be retired by what was done
  const done = useDone(creatorId, refresh);
  const finish = (act: Act) => {
    done.keep(act);
    void navigate({ to: "/creator/$creatorId", params: { creatorId: act.to }, search: {}, replace: true });
    refresh();
  };

  const found = data?.creator;
  if (found?.__typename === "Creator") {
    return (
      <Stack gap="xs">
        <Done creatorId={creatorId} done={done} />
        <CreatorView key={found.id} creator={found} address={address} change={change} refresh={refresh} onDone={finish} />
      </Stack>
    );
  }
  if (found?.__typename === "CreatorRedirect") {
    return (
      <Stack gap="xs">
        <Done creatorId={creatorId} done={done} />
        <Empty
          title="This id was retired"
          action={<CreatorLink id={found.creator.id} name={`Go to ${found.creator.displayName}`} />}
        >
          {found.reason === "MERGED" ? "It was merged into another creator" : "Its profiles moved to another creator"}{" "}
          <When at={found.at} />. The old id leads there for ever.
        </Empty>
      </Stack>
    );
  }
  if (found?.__typename === "CreatorErased") {
    return (
      <Empty
        title="This creator is no more"
        action={
          <PageAnchor to="/search" search={{}}>
            Go to Search
          </PageAnchor>
        }
      >
        It was erased, or its profiles were removed, <When at={found.at} />. Nothing took over its id.
      </Empty>
    );
  }
  if (error !== undefined) return <Failed error={error} retry={refresh} />;
  if (fetching) {
    return (
      <Stack>
        <Waiting label="the creator" lines={2} height={28} />
        <Waiting label="its profiles" lines={6} height={60} />
      </Stack>
    );
  }
  return (
    <Empty
      title="There is no creator with this id"
      action={
        <PageAnchor to="/search" search={{}}>
          Search by name
        </PageAnchor>
      }
    >
      Ids are never used again, so this one was never given out. Perhaps the address was cut off.
    </Empty>
  );
}
