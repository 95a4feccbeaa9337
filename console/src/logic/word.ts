/** The API's names in words. */

import type {
  CreatorKind,
  Decision,
  DecisionAct,
  IdentityEventKind,
  IdentifierKind,
  LinkDecision,
  Plan,
  Platform,
  ReviewReason,
  Role,
} from "@/generated/graphql";

/** Spelled as the platforms spell themselves, where that is not a capital and small letters. */
const PLATFORM: Partial<Record<Platform, string>> = {
  APPLE_MUSIC: "Apple Music",
  APPLE_PODCASTS: "Apple Podcasts",
  BUYMEACOFFEE: "Buy Me a Coffee",
  CODEPEN: "CodePen",
  DEVIANTART: "DeviantArt",
  DEVTO: "DEV",
  GITHUB: "GitHub",
  GITLAB: "GitLab",
  HACKERNEWS: "Hacker News",
  IMDB: "IMDb",
  KOFI: "Ko-fi",
  LASTFM: "Last.fm",
  LINKEDIN: "LinkedIn",
  LINKINBIO: "Link in bio",
  ONLYFANS: "OnlyFans",
  ORCID: "ORCID",
  PAYPAL: "PayPal",
  PRODUCTHUNT: "Product Hunt",
  SLIDESHARE: "SlideShare",
  SOUNDCLOUD: "SoundCloud",
  SPEAKERDECK: "Speaker Deck",
  STACKOVERFLOW: "Stack Overflow",
  TIKTOK: "TikTok",
  VK: "VK",
  WHATSAPP: "WhatsApp",
  WIKIDATA: "Wikidata",
  YOUTUBE: "YouTube",
};

export const platformName = (platform: Platform): string => PLATFORM[platform] ?? sentence(platform);

/** `FAN_PAGE` to `Fan page` */
export const sentence = (name: string): string => {
  const words = name.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const REASON_NAME: Readonly<Record<ReviewReason, string>> = {
  UNCERTAIN_LINK: "Uncertain link",
  BRIDGE: "Bridge",
  SAME_PLATFORM_TWICE: "Same platform twice",
  TOO_LARGE: "Too large",
  CONFLICT: "Conflict",
};

export const REASON_TEXT: Readonly<Record<ReviewReason, string>> = {
  UNCERTAIN_LINK: "The evidence neither joins nor parts the two.",
  BRIDGE: "The creator falls apart without this weak link.",
  SAME_PLATFORM_TWICE: "Two accounts on a platform where people have one.",
  TOO_LARGE: "More members than one person is likely to have; this is the weakest link.",
  CONFLICT: "The link was accepted, yet clustering or a decision keeps the two apart.",
};

export const VERDICT_NAME: Readonly<Record<Decision, string>> = { SAME: "same", DIFFERENT: "different", UNSURE: "unsure" };

export const KIND_NAME: Readonly<Record<CreatorKind, string>> = {
  PERSON: "Person",
  BRAND: "Brand",
  FAN_PAGE: "Fan page",
  AGENCY: "Agency",
  UNKNOWN: "Kind unknown",
};

export const EVENT_NAME: Readonly<Record<IdentityEventKind, string>> = {
  CREATED: "Came to be",
  MERGED: "Merged",
  SPLIT: "Split",
  JOINED: "Joined",
  LEFT: "Left",
  RETIRED: "Retired",
  ERASED: "Erased",
};

export const ACT_NAME: Readonly<Record<DecisionAct, string>> = {
  DECIDE: "verdict",
  MERGE: "merge",
  SPLIT: "split",
  MOVE: "move",
  UNDO: "undo",
};

/** What no person did: the first word of a cause says what did, the rest is its id. */
export function causeText(cause: string): string {
  const [kind = "", id = ""] = cause.split(" ");
  if (kind === "resolution") return "a run of the resolver";
  if (kind === "arrival") return "a profile that arrived";
  return id === "" ? sentence(cause) : sentence(kind);
}

export const IDENTIFIER_NAME: Readonly<Record<IdentifierKind, string>> = {
  USERNAME: "username",
  ACCOUNT_ID: "account id",
  ACCOUNT: "account",
  URL: "link",
  HOST: "domain",
  EMAIL: "email",
  EMAIL_LOCAL: "email name",
  PHONE: "phone",
  MENTION: "mention",
};

export const DECIDER_NAME: Readonly<Record<LinkDecision, string>> = {
  MODEL: "the model",
  STEWARD: "a steward",
  LINK_IN_BIO: "a link-in-bio page that lists both",
  PLATFORM: "a platform that ties the two",
};

export const ROLE_NAME: Readonly<Record<Role, string>> = {
  ANALYST: "analyst",
  STEWARD: "steward",
  ADMIN: "admin",
  FRONTEND: "frontend",
  PARTNER: "partner",
};

export const PLAN_NAME: Readonly<Record<Plan, string>> = {
  STANDARD: "standard",
  ENTERPRISE: "enterprise",
  OPERATOR: "the operator's own",
};

export const KEY_ROLE_TEXT: Readonly<Record<"FRONTEND" | "PARTNER", string>> = {
  FRONTEND: "Reads what is shared: for a site or an app.",
  PARTNER: "Reads, matches, exports, subscribes, keeps private profiles and sees its use: for a backend.",
};
