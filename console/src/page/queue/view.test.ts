import { expect, it } from "vitest";
import { readViews, withView } from "@/page/queue/view";

it("reads what was kept, and nothing that it did not write", () => {
  const kept = [{ name: "bridges", address: { reasons: ["BRIDGE", "NO_SUCH"], bands: ["TOSS_UP"], other: 1 } }];
  const [view] = readViews(JSON.stringify(kept));
  expect(view?.address).toMatchObject({ reasons: ["BRIDGE"], bands: ["TOSS_UP"] });
  expect(view?.address).not.toHaveProperty("other");
});

it.each(["", "{", "7", "null", '[1, null, {"name": 3}, {"name": "x", "address": null}]', undefined])("survives %j", (text) => {
  expect(readViews(text)).toEqual([]);
});

it("keeps each name once, in order", () => {
  const views = withView(withView(withView([], { name: "b", address: {} }), { name: "a", address: {} }), {
    name: "b",
    address: { mine: true },
  });
  expect(views).toEqual([
    { name: "a", address: {} },
    { name: "b", address: { mine: true } },
  ]);
});
