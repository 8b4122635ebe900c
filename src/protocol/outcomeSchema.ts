import * as v from 'valibot';
import { presetNames } from '../simulator/paper/presets';
import type { SimulationOutcome } from './simulationMessages';
import { experimentChoiceFields, simulationConfigSchema } from './simulationSchema';

/** JSON has no NaN: undefined values are stored as null. */
const measure = v.pipe(
  v.nullable(v.number()),
  v.transform((value) => value ?? NaN),
);
const perMeasure = <S extends v.GenericSchema>(of: S) => v.object({ u: of, e: of, ue: of });
const nested = v.array(v.array(measure));

const maps = v.object({ unembedding: nested, embedding: nested, cross: nested });
const unembeddings = v.nullable(nested);

const run = v.object({
  seed: v.number(),
  steps: v.number(),
  loss: measure,
  entropyFloor: measure,
  ...perMeasure(measure).entries,
  perConcept: v.array(
    v.object({ ...perMeasure(measure).entries, unembeddingNorm: measure, embeddingNorm: measure }),
  ),
  curve: v.array(
    v.object({
      step: v.number(),
      loss: measure,
      ...perMeasure(measure).entries,
      perConcept: perMeasure(v.array(measure)),
      unembeddingNorm: measure,
      embeddingNorm: measure,
    }),
  ),
  maps,
  kernel: v.picklist(['simd', 'scalar']),
  unembeddings,
  moments: v.exactOptional(v.array(v.object({ step: v.number(), maps, unembeddings }))),
});

const simulation = v.object({
  config: simulationConfigSchema,
  runs: v.pipe(v.array(run), v.minLength(1)),
  mean: perMeasure(measure),
  standardError: perMeasure(measure),
  planned: v.exactOptional(v.object({ steps: v.number(), runs: v.number() })),
});

const value = v.object({ mean: measure, standardError: v.nullable(v.number()) });
const comparison = v.object({
  paper: value,
  ours: value,
  difference: measure,
  inStandardErrors: v.nullable(v.number()),
});
const range = v.tuple([v.number(), v.number()]);
const mapSummary = v.object({ diagonal: range, offDiagonal: range, meanAbsolute: v.number() });
const losses = { loss: v.number(), ...perMeasure(v.number()).entries };

const preset = v.object({
  preset: v.picklist(presetNames),
  title: v.string(),
  quick: v.boolean(),
  rows: v.pipe(
    v.array(
      v.object({
        label: v.string(),
        result: simulation,
        comparison: v.nullable(perMeasure(comparison)),
      }),
    ),
    v.minLength(1),
  ),
  figure: v.object({
    equalLoss: v.exactOptional(
      v.array(v.object({ paper: v.object(losses), ours: v.nullable(run.entries.curve.item) })),
    ),
    map: v.exactOptional(v.object({ ours: mapSummary, paper: mapSummary })),
    clusters: v.exactOptional(
      v.array(v.object({ groups: v.number(), separation: v.nullable(v.number()), explained: v.number() })),
    ),
  }),
});

const experiment = v.object({
  ...experimentChoiceFields,
  points: v.pipe(
    v.array(
      v.object({
        x: v.number(),
        line: v.string(),
        config: simulationConfigSchema,
        runs: v.pipe(
          v.array(
            v.object({
              ...{ seed: v.number(), steps: v.number(), loss: measure, entropyFloor: measure },
              ...perMeasure(measure).entries,
              mismatch: v.exactOptional(measure),
            }),
          ),
          v.minLength(1),
        ),
      }),
    ),
    v.minLength(1),
  ),
  planned: v.exactOptional(v.number()),
});

const check = v.object({
  theorem: v.string(),
  prediction: v.string(),
  measured: v.array(v.object({ name: v.string(), value: measure })),
  holds: v.boolean(),
  verdict: v.string(),
});

/** The contents of a simulation file. */
export const outcomeSchema = v.variant('kind', [
  v.object({ kind: v.literal('simulation'), result: simulation }),
  v.object({ kind: v.literal('preset'), result: preset }),
  v.object({ kind: v.literal('experiment'), result: experiment }),
  v.object({ kind: v.literal('theorems'), seed: v.number(), checks: v.array(check) }),
]) satisfies v.GenericSchema<unknown, SimulationOutcome>;
