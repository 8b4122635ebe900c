import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serializeConceptFile } from '../../src/concepts/conceptFile';
import { benchConcepts, vocabularyWords } from './benchWords';
import { coldReport, emptyFigures, type ColdFigures } from './coldReport';
import { benchFolders } from './generateHead';
import { headForms, type HeadForm } from './headForms';
import { median, timed } from './timing';
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
 * Benchmarks `concept-probe probe` from process start to the numbers, on heads of LLaMA-2-7B's shape, against the targets
 * of issue 3 and a PyTorch script. Run `npx tsx test/bench/coldProbe.ts` after a production bundle.
 */

const cli = inRoot('dist', 'cli.js');
const memoryHook = pathToFileURL(join(__dirname, 'peakMemory.mjs')).href;
const runs = 7;
/** Runs of PyTorch, and runs that measure memory. */
const fewRuns = 3;
const wordCount = 100;

function main(folders: ReadonlyMap<HeadForm, string>, workFolder: string): void {
  const words = vocabularyWords(folders.get(headForms[0]!)!, wordCount);
  const file = join(workFolder, 'bench.concepts.json');
  writeFileSync(file, serializeConceptFile({ version: 1, concepts: benchConcepts(words) }));
  const torch = torchVersion();
  const figures = new Map(headForms.map((form) => [form, emptyFigures()]));
  const nodeSeconds: number[] = [];
  // In rounds, so that a slow minute affects all forms; a first round loads the files into the page cache.
  for (let run = -1; run < runs; run++) {
    if (run >= 0) nodeSeconds.push(timed(() => spawnSync(process.execPath, ['-e', '0'])).seconds);
    for (const [form, folder] of folders) {
      const { value, seconds } = timed(() => probe([file, '--model', folder]));
      if (run < 0) continue;
      const own = figures.get(form)!;
      own.seconds.push(seconds);
      if (run >= fewRuns) continue;
      // In a separate run, because the hook costs some milliseconds.
      own.peaks.push(Number(probe([file, '--model', folder], ['--import', memoryHook]).output[3]));
      const document = JSON.parse(value.stdout) as ProbeDocument;
      if (torch !== null) addTorch(own, form, folder, document, join(workFolder, 'pairs.json'));
    }
  }
  console.log(coldReport(figures, median(nodeSeconds), torch));
}

function probe(args: readonly string[], nodeArgs: readonly string[] = []) {
  // Only the rows and their cosines, as the targets of issue 3 specify; causalProbe.ts measures the rest.
  const only = ['--product', 'euclidean', '--random-pairs', '0', '--permutations', '0', '--bootstrap', '0'];
  const child = spawnSync(process.execPath, [...nodeArgs, cli, 'probe', ...args, ...only, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(`probe failed: ${child.stderr}`);
  return child;
}

function addTorch(
  figures: ColdFigures,
  form: HeadForm,
  folder: string,
  ours: ProbeDocument,
  pairsFile: string,
): void {
  const kept = ours.concepts.flatMap(({ pairs }) => pairs.filter(({ status }) => status === 'kept'));
  if (kept.length !== wordCount / 2) throw new Error('Not every word is one token.');
  writePairIds(ours, pairsFile);
  const { value, seconds } = timed(() => runTorch(torchHead(form, folder), pairsFile, 'euclidean'));
  figures.torchSeconds.push(seconds);
  figures.torchInnerSeconds.push(value.seconds);
  figures.torchPeaks.push(value.peakBytes);
  figures.differences.push(largestDifference(ours, 'euclidean', value));
}

void benchFolders().then((folders) => {
  const workFolder = mkdtempSync(join(tmpdir(), 'concept-probe-bench-'));
  try {
    main(folders, workFolder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
});
