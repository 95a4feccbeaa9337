import { platformName } from "@/logic/word";
import type { Platform } from "@/generated/graphql";

interface Named {
  displayName: string | null;
  username: string | null;
  platform: Platform;
}

/** What to call a profile: its name, else its handle. */
export const profileTitle = (profile: Named): string =>
  profile.displayName ?? (profile.username === null ? `a profile on ${platformName(profile.platform)}` : `@${profile.username}`);
