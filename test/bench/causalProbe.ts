import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serializeConceptFile } from '../../src/concepts/conceptFile';
import type { Concept } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { EngineClient } from '../../src/engine/engineClient';
import { matrix } from '../../src/geometry/matrix';
import { RuntimeAlgebra } from '../../src/model/algebra/runtimeAlgebra';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { benchConcepts, vocabularyWords } from './benchWords';
import { benchFolders } from './generateHead';
import { headForms, hiddenSize, vocabSize } from './headForms';
import { median, table, timed } from './timing';
import {
  largestDifference,
  runTorch,
  torchHead,
  torchVersion,
  writePairIds,
  type ProbeDocument,
} from './torchProcess';
import { inRoot } from '../support/places';

/*
 * Benchmarks the causal inner product on a head of LLaMA-2-7B's shape (float16, [hidden, vocab]), against the targets of
 * issue 4: cold (covariance, factor, and the numbers of 27 concepts × 25 pairs), warm from the cache, and random pairs and
 * the pair finder in a running engine. Run `npx tsx test/bench/causalProbe.ts` after a production bundle.
 */

const dist = inRoot('dist');
const memoryHook = pathToFileURL(join(__dirname, 'peakMemory.mjs')).href;
const runs = 3;
const [concepts, pairs] = [27, 25];

async function main(folder: string, work: string): Promise<void> {
  const form = headForms[0]!;
  const named = benchConcepts(vocabularyWords(folder, 2 * concepts * pairs), concepts);
  const file = join(work, 'bench.concepts.json');
  writeFileSync(file, serializeConceptFile({ version: 1, concepts: named }));
  const torch = torchVersion();
  const cold: number[] = [];
  const warm: number[] = [];
  const torchSeconds: number[] = [];
  const halves: number[] = [];
  let [peak, torchPeak, difference] = [0, 0, 0];
  for (let run = 0; run < runs; run++) {
    halves.push(await halfGramSeconds());
    const cache = join(work, `cache-${run}`);
    cold.push(timed(() => probe(file, folder, cache)).seconds);
    warm.push(timed(() => probe(file, folder, cache)).seconds);
    peak = Math.max(peak, Number(probe(file, folder, `${cache}-memory`, ['--import', memoryHook]).output[3]));
    if (torch === null) continue;
    const document = JSON.parse(probe(file, folder, cache).stdout) as ProbeDocument;
    const idsFile = join(work, 'pairs.json');
    writePairIds(document, idsFile);
    const { value, seconds } = timed(() => runTorch(torchHead(form, folder), idsFile, 'causal'));
    torchSeconds.push(seconds);
    torchPeak = Math.max(torchPeak, value.peakBytes);
    difference = Math.max(difference, largestDifference(document, 'causal', value));
  }
  const half = median(halves);
  const rate = (vocabSize * hiddenSize ** 2) / half / 1e9;
  console.log(
    `Node ${process.version}; half the Gram matrix takes ${half.toFixed(2)} s at ${rate.toFixed(0)} GFLOP/s`,
  );
  console.log(torch ?? 'PyTorch is not here: no ratio to it.');
  const [ours, theirs] = [median(cold), torch === null ? NaN : median(torchSeconds)];
  const rows = [
    ['cold, whole process', `${ours.toFixed(2)} s`, ''],
    ['÷ half the Gram matrix', (ours / half).toFixed(2), '1.5'],
    ['peak memory', `${(peak / 1e6).toFixed(0)} MB`, '700 MB'],
    ['warm from the cache, whole process', `${median(warm).toFixed(2)} s`, '0.4 s'],
    ...(torch === null
      ? []
      : [
          ['PyTorch, whole process', `${theirs.toFixed(2)} s, ${(torchPeak / 1e6).toFixed(0)} MB`, ''],
          ['PyTorch ÷ ours', (theirs / ours).toFixed(1), '4'],
          ['largest difference of a cosine', difference.toExponential(0), '1e-4'],
        ]),
    ...(await engineRows(folder, named, join(work, 'cache-0'))),
  ];
  console.log(table(['27 concepts × 25 pairs', 'measured', 'target'], rows));
}

/** Time for half of the multiplications of UᵀU at the current rate of one large product. */
async function halfGramSeconds(): Promise<number> {
  const tokens = 4000;
  const algebra = new RuntimeAlgebra();
  const x = matrix(hiddenSize, tokens, new Float32Array(hiddenSize * tokens).fill(0.5));
  await algebra.multiply(x, x);
  const times: number[] = [];
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    await algebra.multiply(x, x);
    times.push((performance.now() - start) / 1000);
  }
  return (median(times) * vocabSize) / tokens / 2;
}

function probe(file: string, folder: string, cache: string, nodeArgs: readonly string[] = []) {
  const args = ['probe', file, '--model', folder, '--product', 'causal', '--random-pairs', '0', '--json'];
  const child = spawnSync(process.execPath, [...nodeArgs, join(dist, 'cli.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
    env: { ...process.env, CONCEPT_PROBE_CACHE: cache },
  });
  if (child.status !== 0) throw new Error(`probe failed: ${child.stderr}`);
  return child;
}

/** Random pairs and the pair finder in engines that already have the covariance, a new engine each time. */
async function engineRows(model: string, named: readonly Concept[], cache: string): Promise<string[][]> {
  process.execArgv.length = 0;
  process.env['CONCEPT_PROBE_CACHE'] = cache;
  const times: EngineTimes[] = [];
  for (let run = 0; run < runs; run++) times.push(await engineTimes(model, named));
  const middle = (of: keyof EngineTimes): string => `${median(times.map((time) => time[of])).toFixed(2)} s`;
  return [
    ['100,000 random pairs, both products, running engine', middle('random'), '1 s'],
    ['the same with another seed', middle('otherSeed'), '1 s'],
    ['pair finder, running engine', middle('finder'), '2 s'],
  ];
}

/** In seconds. */
interface EngineTimes {
  readonly random: number;
  readonly otherSeed: number;
  readonly finder: number;
}

async function engineTimes(model: string, named: readonly Concept[]): Promise<EngineTimes> {
  const client = new EngineClient(join(dist, 'engine.js'), console.error);
  const request = {
    model,
    concepts: named,
    seed: 0,
    tokens: defaultTokenRule,
    settings: defaultProbeSettings,
  };
  const seconds = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1000;
  };
  try {
    await client.call('probe', { ...request, settings: { ...defaultProbeSettings, randomPairs: 0 } });
    const random = await seconds(() => client.call('probe', request));
    const otherSeed = await seconds(() => client.call('probe', { ...request, seed: 1 }));
    const axis = { ...request, product: 'causal' as const, count: 30, concept: named[0]!.name };
    await client.call('findPairs', axis);
    const finder = await seconds(() => client.call('findPairs', axis));
    return { random, otherSeed, finder };
  } finally {
    client.dispose();
  }
}

void benchFolders().then(async (folders) => {
  const work = mkdtempSync(join(tmpdir(), 'concept-probe-bench-'));
  try {
    await main(folders.get(headForms[0]!)!, work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
