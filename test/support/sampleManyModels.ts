import { matrix } from '../../src/geometry/matrix';
import type { ManyGeometry, ManyModels } from '../../src/protocol/manyModels';
import { droppedPairs, type ProbeResult } from '../../src/protocol/probeResult';

/** In 0…1, the same for the same number. */
function some(at: number): number {
  return Math.abs(Math.sin(12.9898 * (at + 1)) * 43758.5453) % 1;
}

/**
 * A result's concepts in several models: their number of parameters is known but for the last, and the second could not be
 * opened.
 */
export function sampleManyModels(result: ProbeResult, count: number): ManyModels {
  const { version, seed, tokens, settings, model } = result;
  const isOpen = (row: number): boolean => row !== 1;
  const concepts = result.concepts.length;
  const table = (value: (row: number, concept: number) => number) =>
    matrix(
      count,
      concepts,
      Float64Array.from({ length: count * concepts }, (_, at) => {
        const row = Math.floor(at / concepts);
        return isOpen(row) ? value(row, at % concepts) : NaN;
      }),
    );
  const square = (value: (a: number, b: number) => number) =>
    matrix(
      count,
      count,
      Float64Array.from({ length: count * count }, (_, at) => {
        const [a, b] = [Math.floor(at / count), at % count];
        return isOpen(a) && isOpen(b) ? value(Math.min(a, b), Math.max(a, b)) : NaN;
      }),
    );
  const parametersOf = (row: number): number | null => (row === count - 1 ? null : 15e6 * 3 ** row);
  const known = Array.from({ length: count - 1 }, (_, row) => row).filter(isOpen);
  const geometry = (shift: number): ManyGeometry => {
    const mean = (row: number, concept: number): number => 0.8 * some(31 * concept + row) - 0.1 + shift;
    const means = Float64Array.from({ length: count }, (_, row) =>
      isOpen(row) ? 0.2 + 0.03 * row + shift : NaN,
    );
    const interval = { low: 0.01, high: 0.05, level: 0.95, resamples: 2000 };
    return {
      own: table((row, concept) => mean(row, concept) + 0.02),
      common: table(mean),
      low: table((row, concept) => mean(row, concept) - 0.08),
      high: table((row, concept) => mean(row, concept) + 0.08),
      mean: {
        concepts,
        values: means,
        low: means.map((value) => value - 0.05),
        high: means.map((value) => value + 0.05),
      },
      agreement: {
        concepts,
        rho: square((a, b) => (a === b ? 1 : some(7 * a + b) - 0.2)),
        p: square((a, b) => (a === b ? NaN : some(7 * a + b) > 0.5 ? 0.001 : 0.4)),
        permutations: 10_000,
        resolution: 1 / 10_001,
      },
      trend:
        known.length < 3
          ? null
          : {
              models: known,
              mean: { slope: 0.03, interval },
              concepts: result.concepts.map(() => ({ slope: 0.03, interval })),
            },
    };
  };
  return {
    ...{ version, seed, tokens, settings },
    models: Array.from({ length: count }, (_, row) =>
      isOpen(row)
        ? {
            ...{ reference: `/models/family-${row}`, parameters: parametersOf(row) },
            summary: { ...model, name: `family-${row}`, file: `onnx/model_q${row}.onnx` },
            ...{ problem: null, causalProblem: null },
            concepts: result.concepts.map((concept, index) => ({
              kept: concept.kept,
              dropped: [
                ...droppedPairs(concept),
                // A few more, so that there are lists.
                ...(some(row + 3 * index) > 0.7
                  ? [{ ...concept.pairs[0]!, status: 'unknown' as const, targetIds: [] }]
                  : []),
              ],
            })),
          }
        : {
            ...{
              reference: '/models/nowhere',
              parameters: null,
              summary: null,
              causalProblem: null,
              concepts: [],
            },
            problem:
              'There is no model folder /models/nowhere; choose a folder that contains an .onnx, .safetensors or .gguf file.',
          },
    ),
    concepts: result.concepts.map(({ name, given, kept }) => ({ name, given, pairs: kept })),
    euclidean: geometry(0),
    causal: result.directions.causal ? geometry(-0.05) : null,
  };
}
