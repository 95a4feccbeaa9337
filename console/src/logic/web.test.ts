import { describe, expect, it } from "vitest";
import { holding } from "@/logic/holding";
import { creatorWeb, edgeId, pairWeb } from "@/logic/web";
import type { CreatorWebFragment, LinkFactFragment, ProfileNameFragment } from "@/generated/graphql";

const profile = (id: string): ProfileNameFragment => ({
  __typename: "Profile",
  id,
  platform: "YOUTUBE",
  username: id,
  displayName: null,
  followers: null,
  lastSeenAt: "2026-01-01T00:00:00Z",
});
const link = (left: string, right: string, probability: number, accepted = true) =>
  ({ id: left + right, probability, accepted, left: { id: left }, right: { id: right } }) as unknown as LinkFactFragment;
const creator = (id: string, ids: string[], links: LinkFactFragment[] = []) =>
  ({
    id,
    profiles: { edges: ids.map((each) => ({ node: profile(each) })) },
    links: { edges: links.map((node) => ({ node })) },
  }) as unknown as CreatorWebFragment;

describe("pairWeb", () => {
  it("has both creators' profiles, each on its side, and the pair in question between them", () => {
    const web = pairWeb(
      { left: profile("a"), right: profile("c") },
      creator("x", ["a", "b"], [link("a", "b", 0.9)]),
      creator("y", ["c"]),
    );
    expect(web.nodes.map((node) => [node.id, node.side, node.focus])).toEqual([
      ["a", 1, true],
      ["c", 2, true],
      ["b", 1, false],
    ]);
    expect(web.edges.map((edge) => [edge.id, edge.kind])).toEqual([
      ["a~b", "accepted"],
      ["a~c", "question"],
    ]);
  });

  it("has one side where both belong to one creator, and the pair's own link once", () => {
    const one = creator("x", ["a", "b"], [link("b", "a", 0.4, false)]);
    const web = pairWeb({ left: profile("a"), right: profile("b") }, one, one);
    expect(new Set(web.nodes.map((node) => node.side))).toEqual(new Set([1]));
    expect(web.edges.map((edge) => edge.kind)).toEqual(["question"]);
  });
});

describe("creatorWeb", () => {
  const node = (id: string, kind: "IDENTIFIER" | "PROFILE" | "CREATOR") => ({
    __typename: "NetworkNode" as const,
    id,
    kind,
    label: id,
    platform: null,
    identifierKind: kind === "IDENTIFIER" ? ("URL" as const) : null,
  });
  const edge = (source: string, target: string) => ({
    __typename: "NetworkEdge" as const,
    source,
    target,
    kind: "HAS_URL" as const,
    weight: 1,
  });

  it("shows an identifier only where at least two of the profiles hold it", () => {
    const around = {
      __typename: "NetworkFragment" as const,
      truncated: false,
      nodes: [node("shared", "IDENTIFIER"), node("own", "IDENTIFIER"), node("x", "CREATOR")],
      edges: [
        edge("a", "shared"),
        edge("shared", "b"),
        edge("a", "own"),
        edge("a", "x"),
        edge("b", "x"),
        edge("stranger", "own"),
      ],
    };
    const web = creatorWeb([profile("a"), profile("b")], [link("a", "b", 0.8)], around);
    expect(web.nodes.map((each) => each.id)).toEqual(["a", "b", "shared"]);
    expect(web.edges.map((each) => each.id).sort()).toEqual(["a~b", "a~shared", "b~shared"]);
  });

  it("leaves out links to profiles that are not shown, and does without the graph engine", () => {
    expect(creatorWeb([profile("a")], [link("a", "z", 0.9)], null)).toMatchObject({ edges: [] });
  });
});

it("names a pair once, whichever way round", () => {
  expect(edgeId("b", "a")).toBe(edgeId("a", "b"));
});

it("holds a profile by its strongest accepted link, else by its strongest", () => {
  const links = [link("a", "b", 0.7), link("a", "c", 0.95, false), link("b", "c", 0.99)];
  expect(holding("a", links)?.id).toBe("ab");
  expect(holding("a", links.slice(1))?.id).toBe("ac");
  expect(holding("z", links)).toBeNull();
});
