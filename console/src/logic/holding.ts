import type { LinkFactFragment } from "@/generated/graphql";

/** The link that holds a profile: the strongest accepted one, else the strongest there is. */
export function holding(profileId: string, links: readonly LinkFactFragment[]): LinkFactFragment | null {
  const own = links.filter((link) => link.left.id === profileId || link.right.id === profileId);
  const best = (found: LinkFactFragment[]) =>
    found.reduce<LinkFactFragment | null>(
      (most, link) => (most === null || link.probability > most.probability ? link : most),
      null,
    );
  return best(own.filter((link) => link.accepted)) ?? best(own);
}
