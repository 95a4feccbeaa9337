/** Where the nodes of a small graph go. */

import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from "d3-force";
import type { Web } from "@/logic/web";

interface Place extends SimulationNodeDatum {
  id: string;
}

/** Enough for a hundred nodes to settle; d3 starts them on a spiral, so that a graph looks the same each time. */
const TICKS = 240;
/** The window is wide and low, and so are the boxes. */
const WIDER = 1.25;
const FLATTER = 0.6;

export function places(web: Web, twoSides: boolean): Map<string, { x: number; y: number }> {
  const nodes: Place[] = web.nodes.map((node) => ({ id: node.id }));
  const side = new Map(web.nodes.map((node) => [node.id, twoSides ? (node.side === 1 ? -190 : node.side === 2 ? 190 : 0) : 0]));
  const links = web.edges.map((edge) => ({ source: edge.source, target: edge.target }));
  forceSimulation(nodes)
    .force(
      "link",
      forceLink<Place, (typeof links)[number]>(links)
        .id((node) => node.id)
        .distance(170),
    )
    .force("charge", forceManyBody().strength(-420))
    // labels are wide and low
    .force("collide", forceCollide(88))
    .force("x", forceX<Place>((node) => side.get(node.id) ?? 0).strength(0.18))
    .force("y", forceY(0).strength(0.22))
    .force("centre", forceCenter())
    .stop()
    .tick(TICKS);
  // so that the label of an edge has its place between two boxes side by side
  return new Map(nodes.map((node) => [node.id, { x: (node.x ?? 0) * WIDER, y: (node.y ?? 0) * FLATTER }]));
}
