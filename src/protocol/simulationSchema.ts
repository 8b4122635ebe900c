import * as v from 'valibot';
import { presetNames } from '../simulator/paper/presets';
import { initialisations, optimizers, type SimulationConfig } from '../simulator/config/simulationConfig';

const countOrAll = v.union([v.literal('all'), v.number()]);
const edge = v.tuple([v.number(), v.number()]);

/** A config's shape; its bounds are `checkConfig`'s matter. */
export const simulationConfigSchema = v.object({
  concepts: v.number(),
  dimension: v.nullable(v.number()),
  edgeProbability: v.number(),
  edges: v.nullable(v.array(edge)),
  conditionals: v.tuple([v.number(), v.number()]),
  maskRate: v.number(),
  masks: countOrAll,
  tokens: countOrAll,
  contexts: v.nullable(v.array(v.string())),
  bias: v.boolean(),
  gradient: v.picklist(['sampled', 'population']),
  optimizer: v.picklist(optimizers),
  learningRate: v.number(),
  momentum: v.number(),
  batch: v.number(),
  initialisation: v.picklist(initialisations),
  initialScale: v.number(),
  steps: v.number(),
  curvePoints: v.number(),
  includeSelf: v.boolean(),
  seed: v.number(),
}) satisfies v.GenericSchema<unknown, SimulationConfig>;

/** What the panel asks for. */
export const simulationTaskSchema = v.variant('kind', [
  v.object({ kind: v.literal('simulation'), config: simulationConfigSchema, runs: v.number() }),
  v.object({
    kind: v.literal('preset'),
    preset: v.picklist(presetNames),
    quick: v.boolean(),
    seed: v.number(),
    runs: v.nullable(v.number()),
    steps: v.nullable(v.number()),
  }),
  v.object({ kind: v.literal('theorems'), seed: v.number() }),
]);
