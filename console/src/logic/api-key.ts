/** How a key stands, in words. */

import { relative } from "@/logic/when";

export interface KeyFacts {
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedOn: string | null;
  stands: boolean;
}

export type KeyState = "works" | "soon" | "revoked" | "ended" | "tenant";

/** A key that runs out within so many days is told of before. */
const SOON_DAYS = 14;
const DAY = 86_400_000;

export function keyState(key: KeyFacts, now: number): KeyState {
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now) return "ended";
  if (!key.stands) return "tenant";
  return key.expiresAt !== null && Date.parse(key.expiresAt) - now < SOON_DAYS * DAY ? "soon" : "works";
}

/** `Works`, `Runs out in 3 days`, `Revoked yesterday` */
export function stateText(key: KeyFacts, now: number): string {
  switch (keyState(key, now)) {
    case "revoked":
      return `Revoked ${relative(key.revokedAt ?? "", now)}`;
    case "ended":
      return `Ran out ${relative(key.expiresAt ?? "", now)}`;
    case "tenant":
      return "Its tenant is disabled";
    case "soon":
      return `Runs out ${leftText(Date.parse(key.expiresAt ?? "") - now)}`;
    case "works":
      return "Works";
  }
}

/** In days: whoever has to make the next key plans by them. */
function leftText(left: number): string {
  const days = Math.floor(left / DAY);
  return days === 0 ? "within a day" : `in ${days} ${days === 1 ? "day" : "days"}`;
}

/** A day is no moment: `today`, `yesterday`, `12 days ago`. */
export function dayText(day: string | null, now: number): string {
  if (day === null) return "never";
  const days = Math.round((Date.parse(new Date(now).toISOString().slice(0, 10)) - Date.parse(day)) / DAY);
  return days <= 0 ? "today" : days === 1 ? "yesterday" : `${days} days ago`;
}

/** Whether it is safe to guess that nobody misses it. */
export function idle(key: KeyFacts, now: number): boolean {
  const last = key.lastUsedOn ?? key.createdAt;
  return now - Date.parse(last) > 30 * DAY;
}
