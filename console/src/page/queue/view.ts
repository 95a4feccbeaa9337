/** Named filters, kept in this browser alone. */

import { useLocalStorage } from "@mantine/hooks";
import { type QueueAddress, queueAddress } from "@/app/address";

export interface View {
  name: string;
  address: QueueAddress;
}

/** What the browser kept, as far as it still is what this page wrote. */
export function readViews(text: string | undefined): View[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  return Array.isArray(kept) ? kept.flatMap(readView) : [];
}

function readView(each: unknown): View[] {
  if (typeof each !== "object" || each === null || !("name" in each) || !("address" in each)) return [];
  const { name, address } = each;
  return typeof name === "string" && name !== "" && typeof address === "object" && address !== null
    ? [{ name, address: queueAddress({ ...address }) }]
    : [];
}

/** A name is there once: the newer view takes the place of the older. */
export const withView = (views: readonly View[], view: View): View[] =>
  [...views.filter((each) => each.name !== view.name), view].sort((one, other) => one.name.localeCompare(other.name));

export function useViews() {
  const [views, setViews] = useLocalStorage<View[]>({
    key: "creatorgraph-queue-views",
    defaultValue: [],
    getInitialValueInEffect: false,
    deserialize: readViews,
  });
  return {
    views,
    keep: (view: View) => setViews((before) => withView(before, view)),
    drop: (name: string) => setViews((before) => before.filter((view) => view.name !== name)),
  };
}
