/** A small graph whose nodes and edges can be reached by keyboard and are read out; loaded when it is first shown. */

import "@xyflow/react/dist/base.css";
import { Box, Text } from "@mantine/core";
import { useReducedMotion } from "@mantine/hooks";
import { Controls, type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from "@xyflow/react";
import { useMemo } from "react";
import { places } from "@/component/layout";
import classes from "@/component/web.module.css";
import type { Web, WebEdge, WebNode } from "@/logic/web";

interface WebProps {
  web: Web;
  height: number;
  label: string;
  /** The edge that is open. */
  chosen?: string | undefined;
  onEdge?: ((edge: WebEdge) => void) | undefined;
}

type FlowNode = Node<{ node: WebNode }, "web">;

/** Beyond so many edges their labels cover each other and the nodes. */
const MOST_LABELS = 6;

const NODE_TYPES = { web: NodeBox };

export default function WebView({ web, height, label, chosen, onEdge }: WebProps) {
  const still = useReducedMotion();
  const nodes = useMemo<FlowNode[]>(() => {
    const at = places(
      web,
      web.nodes.some((node) => node.side === 2),
    );
    return web.nodes.map((node) => ({
      id: node.id,
      type: "web",
      position: at.get(node.id) ?? { x: 0, y: 0 },
      data: { node },
      ariaLabel: `${node.label}, ${node.note}`,
      draggable: false,
    }));
  }, [web]);
  const edges = useMemo<Edge[]>(() => {
    const crowded = web.edges.length > MOST_LABELS;
    const names = new Map(web.nodes.map((node) => [node.id, node.label]));
    return web.edges.map((edge) => ({
      id: edge.id,
      source: edge.source,
      target: edge.target,
      type: "straight",
      label: edge.label === "" || (crowded && edge.sure) ? undefined : edge.label,
      className: classes[edge.id === chosen ? "chosen" : edge.kind] ?? "",
      focusable: edge.evidence && onEdge !== undefined,
      interactionWidth: 18,
      ariaLabel: `${names.get(edge.source) ?? ""} and ${names.get(edge.target) ?? ""}: ${edge.note}${edge.evidence ? ". Enter shows the evidence." : ""}`,
      ...(edge.kind === "question" ? { markerEnd: { type: MarkerType.Arrow }, markerStart: { type: MarkerType.Arrow } } : {}),
    }));
  }, [web, chosen, onEdge]);

  const open = (id: string) => {
    const edge = web.edges.find((each) => each.id === id);
    if (edge?.evidence === true) onEdge?.(edge);
  };

  return (
    <Box h={height} className={classes.frame} role="group" aria-label={label}>
      <ReactFlow<FlowNode>
        // fitted once it is measured: other nodes are another picture
        key={nodes.map((node) => node.id).join()}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        fitView
        fitViewOptions={{ padding: 0.15, maxZoom: 1, duration: still ? 0 : 150 }}
        minZoom={0.2}
        maxZoom={2}
        nodesConnectable={false}
        nodesDraggable={false}
        elementsSelectable
        // the page scrolls past it; zooming is for ctrl and the wheel, two fingers, or the buttons
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
        onEdgeClick={(_, edge) => open(edge.id)}
        onSelectionChange={({ edges: selected }) => {
          const [edge] = selected;
          if (edge !== undefined && edge.id !== chosen) open(edge.id);
        }}
      >
        <Controls showInteractive={false} position="top-right" />
      </ReactFlow>
      {web.nodes.length < 2 ? (
        <Text size="xs" c="dimmed" className={classes.alone}>
          One profile alone: nothing ties it to another yet.
        </Text>
      ) : null}
    </Box>
  );
}

function NodeBox({ data: { node } }: NodeProps<FlowNode>) {
  return (
    <div className={classes.node} data-kind={node.kind} data-side={node.side} data-focus={node.focus || undefined}>
      <Handle type="target" position={Position.Top} className={classes.handle ?? ""} isConnectable={false} />
      <bdi className={classes.label}>{node.label}</bdi>
      <span className={classes.note}>{node.note}</span>
      <Handle type="source" position={Position.Top} className={classes.handle ?? ""} isConnectable={false} />
    </div>
  );
}
