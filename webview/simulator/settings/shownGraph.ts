import { randomSource } from '../../../src/geometry/random';
import { mostConcepts } from '../../../src/simulator/config/settingTable';
import {
  drawGraph,
  graphOf,
  moralNeighbours,
  type Edge,
  type Graph,
} from '../../../src/simulator/world/graph';
import type { SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { simulatorStreams } from '../../../src/simulator/world/streams';

/** The graph of a run of the config, as in `createWorld`; `null` if its settings are invalid. */
export function graphOfConfig({ concepts, edges, edgeProbability, seed }: SimulationConfig): Graph | null {
  if (!Number.isInteger(concepts) || concepts < 1 || concepts > mostConcepts) return null;
  if (edges) return graphOf(concepts, edges);
  if (!Number.isSafeInteger(seed) || !(edgeProbability >= 0 && edgeProbability <= 1)) return null;
  return drawGraph(concepts, edgeProbability, randomSource(seed, simulatorStreams.graph));
}

/** Parents' edges, child after child. */
export function edgesOf({ parents }: Graph): Edge[] {
  return parents.flatMap((list, to) => list.map((from) => [from, to] as const));
}

/** Pairs that the moral graph joins although no edge does: parents of one child. */
export function moralEdges(graph: Graph): Edge[] {
  const neighbours = moralNeighbours(graph);
  const pairs: Edge[] = [];
  neighbours.forEach((bits, a) => {
    for (let b = a + 1; b < neighbours.length; b++) {
      const isEdge = graph.parents[a]!.includes(b) || graph.parents[b]!.includes(a);
      if ((bits >> b) & 1 && !isEdge) pairs.push([a, b]);
    }
  });
  return pairs;
}

/** The edges with one more, or without it if it is there. @throws UserError if it closes a cycle, which is named */
export function toggledEdge(graph: Graph, from: number, to: number): readonly Edge[] {
  const edges = edgesOf(graph);
  const others = edges.filter((edge) => edge[0] !== from || edge[1] !== to);
  if (others.length < edges.length) return others;
  const more: readonly Edge[] = [...edges, [from, to]];
  graphOf(graph.parents.length, more);
  return more;
}
