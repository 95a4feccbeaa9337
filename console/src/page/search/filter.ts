import type { SearchAddress } from "@/app/address";
import type { CreatorFilter, Platform } from "@/generated/graphql";

/** The API's filter for a search's address. A platform that the API does not know is for the API to say. */
export const creatorFilter = (address: SearchAddress): CreatorFilter => ({
  platforms: address.platform === undefined ? null : [address.platform as Platform],
  minFollowers: address.minFollowers ?? null,
  locationContains: address.location ?? null,
  verified: address.verified ?? null,
});
