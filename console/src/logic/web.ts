/** What a small graph shows: profiles and identifiers, and what ties them. */

import { profileTitle } from "@/logic/title";
import { identifierText } from "@/logic/signal";
import { bandOf, BAND_NAME, probabilityText } from "@/logic/band";
import { IDENTIFIER_NAME, platformName } from "@/logic/word";
import type { CreatorIdentifiersQuery, CreatorWebFragment, LinkFactFragment, ProfileNameFragment } from "@/generated/graphql";

export interface WebNode {
  id: string;
  label: string;
  note: string;
  kind: "profile" | "identifier";
  /** Which of two creators it belongs to; of an identifier 0. */
  side: 0 | 1 | 2;
  focus: boolean;
}

export interface WebEdge {
  id: string;
  source: string;
  target: string;
  /** Short, beside the line. */
  label: string;
  /** In words. */
  note: string;
  kind: "accepted" | "weak" | "question" | "fact";
  /** Whether it is as good as certain: then its label is the first to go where there are many. */
  sure: boolean;
  /** Whether there is evidence to show on a click. */
  evidence: boolean;
}

export interface Web {
  nodes: WebNode[];
  edges: WebEdge[];
}

interface Pair {
  left: ProfileNameFragment;
  right: ProfileNameFragment;
}

/** Both creators of a review item, with the pair in question between them. */
export function pairWeb(pair: Pair, left: CreatorWebFragment, right: CreatorWebFragment): Web {
  const nodes = new Map<string, WebNode>();
  const focus = new Set([pair.left.id, pair.right.id]);
  const add = (profile: ProfileNameFragment, side: 1 | 2) => {
    if (!nodes.has(profile.id)) nodes.set(profile.id, profileNode(profile, side, focus.has(profile.id)));
  };
  add(pair.left, 1);
  add(pair.right, left.id === right.id ? 1 : 2);
  left.profiles.edges.forEach((edge) => add(edge.node, 1));
  right.profiles.edges.forEach((edge) => add(edge.node, left.id === right.id ? 1 : 2));
  const question = new Set([edgeId(pair.left.id, pair.right.id)]);
  const edges = linkEdges(
    [...left.links.edges, ...right.links.edges].map((edge) => edge.node),
    nodes,
  ).filter((edge) => !question.has(edge.id));
  edges.push({
    id: edgeId(pair.left.id, pair.right.id),
    source: pair.left.id,
    target: pair.right.id,
    label: "?",
    note: "in question",
    kind: "question",
    sure: false,
    evidence: false,
  });
  return { nodes: [...nodes.values()], edges };
}

type Neighbours = NonNullable<Extract<NonNullable<CreatorIdentifiersQuery["creator"]>, { __typename: "Creator" }>["neighbours"]>;

/** A creator's profiles and links, and the identifiers that at least two of the profiles hold. */
export function creatorWeb(
  profiles: readonly ProfileNameFragment[],
  links: readonly LinkFactFragment[],
  around: Neighbours | null,
): Web {
  const nodes = new Map<string, WebNode>(profiles.map((profile) => [profile.id, memberNode(profile)]));
  const edges = linkEdges(links, nodes);
  const facts = (around?.edges ?? []).flatMap((edge) => {
    const [profile, other] = nodes.has(edge.source) ? [edge.source, edge.target] : [edge.target, edge.source];
    return nodes.has(profile) && !nodes.has(other) ? [{ profile, other, kind: edge.kind }] : [];
  });
  for (const node of around?.nodes ?? []) {
    const holders = facts.filter((fact) => fact.other === node.id);
    if (node.kind !== "IDENTIFIER" || new Set(holders.map((fact) => fact.profile)).size < 2) continue;
    const note = node.identifierKind === null ? "identifier" : IDENTIFIER_NAME[node.identifierKind];
    const label = node.identifierKind === null ? node.label : identifierText(node.identifierKind, node.label);
    nodes.set(node.id, { id: node.id, label, note, kind: "identifier", side: 0, focus: false });
    for (const { profile } of holders) {
      edges.push({
        id: edgeId(profile, node.id),
        source: profile,
        target: node.id,
        label: "",
        note: "holds it",
        kind: "fact",
        sure: true,
        evidence: false,
      });
    }
  }
  return { nodes: [...nodes.values()], edges: unique(edges) };
}

function profileNode(profile: ProfileNameFragment, side: 1 | 2, focus: boolean): WebNode {
  return { id: profile.id, label: profileTitle(profile), note: platformName(profile.platform), kind: "profile", side, focus };
}

/** Among the members of one creator names are alike: platform and handle tell them apart. */
function memberNode(profile: ProfileNameFragment): WebNode {
  const label = platformName(profile.platform);
  const note = profile.username === null ? profileTitle(profile) : `@${profile.username}`;
  return { id: profile.id, label, note, kind: "profile", side: 1, focus: false };
}

function linkEdges(links: readonly LinkFactFragment[], nodes: ReadonlyMap<string, WebNode>): WebEdge[] {
  return unique(
    links
      .filter((link) => nodes.has(link.left.id) && nodes.has(link.right.id))
      .map((link) => ({
        id: edgeId(link.left.id, link.right.id),
        source: link.left.id,
        target: link.right.id,
        label: probabilityText(link.probability),
        note: `${probabilityText(link.probability)}, ${BAND_NAME[bandOf(link.probability)]}`,
        kind: link.accepted ? ("accepted" as const) : ("weak" as const),
        sure: bandOf(link.probability) === "LIKELY_SAME",
        evidence: true,
      })),
  );
}

const unique = (edges: WebEdge[]): WebEdge[] => [...new Map(edges.map((edge) => [edge.id, edge])).values()];

/** One id for a pair, whichever way round it is named. */
export const edgeId = (one: string, other: string): string => (one < other ? `${one}~${other}` : `${other}~${one}`);
