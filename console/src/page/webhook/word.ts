/** What webhooks are about, in words. */

import type { WebhookDisabledReason, WebhookEvent } from "@/generated/graphql";

export const EVENTS: Record<WebhookEvent, string> = {
  CREATED: "came to be",
  UPDATED: "changed",
  MERGED: "were merged",
  SPLIT: "were split",
  ERASED: "were erased",
};

export const REASONS: Record<WebhookDisabledReason, string> = {
  REQUEST: "switched off",
  GONE: "it answered 410",
  FAILING: "nothing was taken for days",
};

interface Standing {
  disabledReason: WebhookDisabledReason | null;
  failingSince: string | null;
  waiting: number;
}

/** How a webhook is doing, in one line. */
export function standing({ disabledReason, failingSince, waiting }: Standing): string {
  const queue = waiting === 0 ? "" : `, ${waiting} waiting`;
  if (disabledReason !== null) return `Disabled: ${REASONS[disabledReason]}${queue}`;
  return (failingSince === null ? "Working" : `Failing since ${new Date(failingSince).toLocaleString()}`) + queue;
}
