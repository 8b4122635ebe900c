import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serializeConceptFile } from '../../src/concepts/conceptFile';
import { inRoot } from '../support/places';
import { benchConcepts, vocabularyWords } from './benchWords';
import { checkpointFolders } from './checkpointHeads';
import { benchFolders } from './generateHead';
import { median, table, timed } from './timing';
import { largestDifference, runTorch, torchVersion, writePairIds, type ProbeDocument } from './torchProcess';

/*
 * Benchmarks safetensors and GGUF files against the ONNX file with a float16 head in the same layout: `probe` from process
 * start to the numbers, its peak memory, and the first covariance. Run `npx tsx test/bench/checkpoints.ts` after a production
 * bundle; `--covariance` adds the covariances, which take a while.
 */

const cli = inRoot('dist', 'cli.js');
const memoryHook = pathToFileURL(join(__dirname, 'peakMemory.mjs')).href;
const runs = 7;
const covarianceRuns = 3;
const torchRounds = 3;
const torchColumns = ['PyTorch', '÷ ours', 'largest difference'];

async function main(workFolder: string): Promise<void> {
  const onnx = [...(await benchFolders())].find(([form]) => form.name === 'float16-vocab-hidden')![1];
  const checkpoints = [...(await checkpointFolders())];
  const file = join(workFolder, 'bench.concepts.json');
  const concepts = benchConcepts(vocabularyWords(onnx, 100));
  writeFileSync(file, serializeConceptFile({ version: 1, concepts }));
  const heads = [
    { name: 'ONNX float16', target: 1, folder: onnx },
    ...checkpoints.map(([{ name, target }, folder]) => ({ name, target, folder })),
  ];
  const seconds = heads.map((): number[] => []);
  const peaks = heads.map((): number => 0);
  // In rounds, so that a slow minute affects all of them; a first round loads the files into the page cache.
  for (let run = -1; run < runs; run++)
    heads.forEach(({ folder }, i) => {
      const { seconds: taken } = timed(() => probe(file, folder));
      if (run >= 0) seconds[i]!.push(taken);
      if (run === 0) peaks[i] = Number(probe(file, folder, ['--import', memoryHook]).output[3]);
    });
  // Python opens the same safetensors files, where it has what that needs.
  const torch = torchVersion('safetensors');
  const torchRuns = heads.map((): { seconds: number; difference: number }[] => []);
  if (torch !== null)
    for (let run = 0; run < torchRounds; run++)
      heads.forEach(({ name, folder }, i) => {
        if (!name.startsWith('safetensors')) return;
        const document = JSON.parse(probe(file, folder).stdout) as ProbeDocument;
        const ids = join(workFolder, 'pairs.json');
        writePairIds(document, ids);
        const path = join(folder, 'model.safetensors');
        const head = { name, path, element: 'safetensors', layout: '[vocab, hidden]' } as const;
        const { value, seconds: taken } = timed(() => runTorch(head, ids, 'euclidean'));
        torchRuns[i]!.push({ seconds: taken, difference: largestDifference(document, 'euclidean', value) });
      });
  const covariances = heads.map((): number[] => []);
  if (process.argv.includes('--covariance'))
    for (let run = 0; run < covarianceRuns; run++)
      heads.forEach(({ folder }, i) => {
        const cache = mkdtempSync(join(workFolder, 'cache-'));
        covariances[i]!.push(timed(() => probe(file, folder, [], cache)).seconds);
      });
  const [first] = seconds;
  const [firstCovariance] = covariances;
  console.log(torch ?? 'PyTorch with safetensors is not here: no ratio to it.');
  console.log(
    table(
      ['head', 'cold probe', '÷ ONNX', 'target', 'peak memory', 'with covariance', '÷ ONNX', ...torchColumns],
      heads.map(({ name, target }, i) => [
        name,
        `${median(seconds[i]!).toFixed(3)} s`,
        (median(seconds[i]!) / median(first!)).toFixed(2),
        String(target),
        `${(peaks[i]! / 1e6).toFixed(0)} MB`,
        covariances[i]!.length > 0 ? `${median(covariances[i]!).toFixed(2)} s` : '–',
        covariances[i]!.length > 0 ? (median(covariances[i]!) / median(firstCovariance!)).toFixed(2) : '–',
        ...torchCells(torchRuns[i]!, median(seconds[i]!)),
      ]),
    ),
  );
}

function torchCells(
  runsOfTorch: readonly { seconds: number; difference: number }[],
  ours: number,
): readonly string[] {
  if (runsOfTorch.length === 0) return torchColumns.map(() => '–');
  const theirs = median(runsOfTorch.map((run) => run.seconds));
  const difference = Math.max(...runsOfTorch.map((run) => run.difference));
  return [`${theirs.toFixed(2)} s`, `${(theirs / ours).toFixed(1)} ×`, difference.toExponential(0)];
}

/** @param cache an empty folder for the covariance; without it only the Euclidean product is computed */
function probe(file: string, folder: string, nodeArgs: readonly string[] = [], cache?: string) {
  const draws = ['--random-pairs', '0', '--permutations', '0', '--bootstrap', '0', '--json'];
  const product = cache === undefined ? ['--product', 'euclidean'] : [];
  const args = [...nodeArgs, cli, 'probe', file, '--model', folder, ...product, ...draws];
  const child = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
    env: { ...process.env, ...(cache !== undefined && { CONCEPT_PROBE_CACHE: cache }) },
  });
  if (child.status !== 0) throw new Error(`probe failed: ${child.stderr}`);
  return child;
}

const workFolder = mkdtempSync(join(tmpdir(), 'concept-probe-bench-'));
void main(workFolder).finally(() => {
  rmSync(workFolder, { recursive: true, force: true });
});
