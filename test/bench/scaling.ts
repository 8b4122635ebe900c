import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Concept } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { makeCausalFactor } from '../../src/model/algebra/causalFactor';
import { createAlgebra } from '../../src/model/algebra/createAlgebra';
import { everyRow } from '../../src/model/head/rowSet';
import { Model } from '../../src/model/model';
import { onnxDataType, serializeOnnx } from '../../src/model/onnx/writer';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { vocabularyWords } from './benchWords';
import { median, table } from './timing';
import { inRoot } from '../support/places';

/*
 * Measures how the cost grows with the pairs of one concept, the number of concepts, the vocabulary and the hidden size.
 * Prints the seconds and the exponent fitted to the upper half of the sizes. Run `npx tsx test/bench/scaling.ts` after a
 * production bundle; it writes up to 0.6 GB to a temporary folder.
 */

const models = inRoot('dist', 'models');
const runs = 3;

interface Curve {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly seconds: readonly number[];
}

async function main(work: string): Promise<void> {
  process.env['CONCEPT_PROBE_CACHE'] = join(work, 'cache');
  const curves = [
    await probes('pairs in one concept', [10, 100, 1000, 10_000], (size) => [pairsOf(size, 0)]),
    await probes('concepts of 10 pairs', [2, 10, 50, 100, 500], (size) =>
      Array.from({ length: size }, (_, index) => pairsOf(10, index)),
    ),
    await covariances('vocabulary × 288', [32_000, 64_000, 128_000, 256_000], (size) => [size, 288], work),
    await covariances('32,000 × hidden', [288, 1024, 2048, 4096, 8192], (size) => [32_000, size], work),
  ];
  for (const curve of curves) {
    const rows = curve.sizes.map((size, i) => [
      size.toLocaleString('en-US'),
      `${curve.seconds[i]!.toFixed(2)} s`,
    ]);
    console.log(table([curve.name, 'median'], rows));
    console.log(`exponent of the upper half: ${exponent(curve).toFixed(2)}\n`);
  }
}

/** A running engine that has the covariance and the sample of random tokens, with all statistics enabled. */
async function probes(
  name: string,
  sizes: readonly number[],
  conceptsOf: (size: number) => readonly Concept[],
): Promise<Curve> {
  const seconds: number[] = [];
  for (const size of sizes) {
    const methods = createEngineMethods(models);
    const request = { model: null, seed: 0, tokens: defaultTokenRule, settings: defaultProbeSettings };
    await methods.probe({ ...request, concepts: conceptsOf(2) }, () => undefined);
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      // A different order of the pairs prevents the use of remembered results.
      const concepts = conceptsOf(size).map((concept) => ({
        ...concept,
        pairs: [...concept.pairs.slice(run + 1), ...concept.pairs.slice(0, run + 1)],
      }));
      times.push(await timed(() => methods.probe({ ...request, concepts }, () => undefined)));
    }
    seconds.push(median(times));
  }
  return { name, sizes, seconds };
}

const words = vocabularyWords(join(models, 'stories15M'), 4000);

/** Distinct pairs of words of one token each. */
function pairsOf(count: number, concept: number): Concept {
  const pairs = Array.from({ length: count }, (_, i) => {
    const step = 1 + Math.floor(i / words.length) + concept;
    return { base: words[i % words.length]!, target: words[(i + 7 * step) % words.length]! };
  });
  return { name: `concept ${concept + 1}`, pairs };
}

/** Covariance and factor, computed from the file. */
async function covariances(
  name: string,
  sizes: readonly number[],
  shapeOf: (size: number) => readonly [vocab: number, hidden: number],
  work: string,
): Promise<Curve> {
  const seconds: number[] = [];
  for (const size of sizes) {
    const folder = join(work, `head-${size}`);
    writeRandomHead(folder, ...shapeOf(size));
    const model = new Model(folder);
    const times: number[] = [];
    const algebra = createAlgebra();
    const rows = everyRow(model.unembedding.head.vocabSize);
    for (let run = 0; run < runs; run++)
      times.push(
        await timed(() => makeCausalFactor(model.unembedding, rows, algebra, null, () => undefined)),
      );
    model.close();
    rmSync(folder, { recursive: true });
    seconds.push(median(times));
  }
  return { name, sizes, seconds };
}

/** float16 `[vocab, hidden]`, random bits between ±0.03 and ±1. */
function writeRandomHead(folder: string, vocab: number, hidden: number): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'model.onnx_data'), 'w');
  const row = new Uint16Array(hidden);
  let state = 1;
  for (let i = 0; i < vocab; i++) {
    for (let j = 0; j < hidden; j++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      row[j] = 0x2800 + ((state >>> 16) & 0x8fff);
    }
    writeSync(file, new Uint8Array(row.buffer));
  }
  closeSync(file);
  const float = onnxDataType.float;
  const weight = {
    name: 'E',
    dims: [vocab, hidden],
    dataType: onnxDataType.float16,
    externalData: { location: 'model.onnx_data' },
  };
  const graph = {
    name: 'head',
    node: [
      { opType: 'Transpose', input: ['E'], output: ['T'], attribute: [{ name: 'perm', ints: [1, 0] }] },
      { opType: 'MatMul', input: ['hidden', 'T'], output: ['logits'] },
    ],
    initializer: [weight],
    input: [{ name: 'hidden', elemType: float }],
    output: [{ name: 'logits', elemType: float }],
  };
  writeFileSync(join(folder, 'model.onnx'), serializeOnnx({ irVersion: 10, opsetImport: { '': 21 }, graph }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** Slope of log seconds over log size, by least squares over the larger sizes. */
function exponent({ sizes, seconds }: Curve): number {
  const from = Math.floor(sizes.length / 2) - 1;
  const points = sizes.slice(from).map((size, i) => [Math.log(size), Math.log(seconds[from + i]!)] as const);
  const mean = (axis: 0 | 1): number => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [mx, my] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
}

const work = mkdtempSync(join(tmpdir(), 'concept-probe-scaling-'));
void main(work).finally(() => {
  rmSync(work, { recursive: true, force: true });
});
