import { bounds } from '../../../src/simulator/config/checkConfig';
import { graphOf, type Edge } from '../../../src/simulator/world/graph';
import {
  initialisations,
  optimizers,
  type SimulationConfig,
} from '../../../src/simulator/config/simulationConfig';

/** Takes what is usable of a config of an earlier session; the rest is `otherwise`'s. Bounds are `checkConfig`'s matter. */
export function readConfig(saved: unknown, otherwise: SimulationConfig): SimulationConfig {
  const from: Readonly<Record<string, unknown>> = isRecord(saved) ? saved : {};
  const take = <T>(key: keyof SimulationConfig, reads: (value: unknown) => value is T, other: T): T => {
    const value = from[key];
    return reads(value) ? value : other;
  };
  const number = (key: NumberKey): number => take(key, isNumber, otherwise[key]);
  const flag = (key: 'bias' | 'includeSelf') => take(key, isBoolean, otherwise[key]);
  const concepts = number('concepts');
  const edges = take('edges', orNull(listOf(isEdge)), otherwise.edges);
  return {
    concepts,
    dimension: take('dimension', orNull(isNumber), otherwise.dimension),
    edgeProbability: number('edgeProbability'),
    edges: isGraph(edges) ? edges : null,
    conditionals: take('conditionals', isPair, otherwise.conditionals),
    maskRate: number('maskRate'),
    masks: take('masks', isCount, otherwise.masks),
    tokens: take('tokens', isCount, otherwise.tokens),
    contexts: take('contexts', orNull(listOf(isText)), otherwise.contexts),
    bias: flag('bias'),
    gradient: take('gradient', oneOf(['sampled', 'population'] as const), otherwise.gradient),
    optimizer: take('optimizer', oneOf(optimizers), otherwise.optimizer),
    learningRate: number('learningRate'),
    momentum: number('momentum'),
    batch: number('batch'),
    initialisation: take('initialisation', oneOf(initialisations), otherwise.initialisation),
    initialScale: number('initialScale'),
    steps: number('steps'),
    curvePoints: number('curvePoints'),
    includeSelf: flag('includeSelf'),
    seed: number('seed'),
  };
}

/** Settings that are one number. */
export type NumberKey = {
  [K in keyof SimulationConfig]: SimulationConfig[K] extends number ? K : never;
}[keyof SimulationConfig];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isCount(value: unknown): value is number | 'all' {
  return value === 'all' || isNumber(value);
}

function isPair(value: unknown): value is readonly [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isNumber);
}

function isEdge(value: unknown): value is Edge {
  return isPair(value);
}

function listOf<T>(reads: (value: unknown) => value is T) {
  return (value: unknown): value is readonly T[] => Array.isArray(value) && value.every(reads);
}

function orNull<T>(reads: (value: unknown) => value is T) {
  return (value: unknown): value is T | null => value === null || reads(value);
}

function oneOf<T>(choices: readonly T[]) {
  return (value: unknown): value is T => choices.some((choice) => choice === value);
}

/** Of as many concepts as there may be: edges of more than there are now come back with them. */
function isGraph(edges: readonly Edge[] | null): boolean {
  try {
    graphOf(bounds.concepts[1], edges ?? []);
    return true;
  } catch {
    return false;
  }
}
