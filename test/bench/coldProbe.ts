import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { serializeConceptFile } from '../../src/concepts/conceptFile';
import type { resultDocument } from '../../src/export/resultDocument';
import { benchConcepts, vocabularyWords } from './benchWords';
import { benchFolders } from './generateHead';
import { dataFile, headForms, type HeadForm } from './headForms';
import { median, table } from './timing';
import { runTorch, torchVersion, type TorchNumbers } from './torchProcess';

/*
 * From a cold process to the numbers: `concept-probe probe` on heads of LLaMA-2-7B's shape, against the targets of
 * issue 3 and against a PyTorch script. Run it by `npx tsx test/bench/coldProbe.ts` after a production bundle.
 */

const cli = join(__dirname, '..', '..', 'dist', 'cli.js');
const runs = 7;
const torchRuns = 3;
const wordCount = 100;
const memoryTarget = 250e6;

type ProbeDocument = ReturnType<typeof resultDocument>;

interface Cold {
  readonly seconds: number[];
  readonly torchSeconds: number[];
  /** Without starting Python and importing PyTorch. */
  readonly torchInner: number[];
  readonly peaks: number[];
  torchPeak: number;
  largestDifference: number;
}

async function main(workFolder: string): Promise<void> {
  const torch = torchVersion();
  const folders = await benchFolders();
  const words = vocabularyWords(folders.get(headForms[0]!)!, wordCount);
  const file = join(workFolder, 'bench.concepts.json');
  writeFileSync(file, serializeConceptFile({ version: 1, concepts: benchConcepts(words) }));
  const results = new Map(headForms.map((form) => [form, emptyResult()]));
  const nodeSeconds: number[] = [];

  for (const [form, folder] of folders) await readThrough(join(folder, 'onnx', dataFile), form);
  // Round by round, so that a noisy minute falls on every form.
  for (let run = 0; run < runs; run++) {
    nodeSeconds.push(timed(() => spawnSync(process.execPath, ['-e', '0'])).seconds);
    for (const [form, folder] of folders) measure(results.get(form)!, [file, '--model', folder], run);
  }
  for (let run = 0; torch !== null && run < torchRuns; run++) {
    for (const [form, folder] of folders)
      measureTorch(form, folder, results.get(form)!, join(workFolder, 'pairs.json'), file);
  }
  report(results, median(nodeSeconds), torch);
}

function emptyResult(): Cold {
  return {
    seconds: [],
    torchSeconds: [],
    torchInner: [],
    peaks: [],
    torchPeak: 0,
    largestDifference: 0,
  };
}

/** Into the page cache. */
async function readThrough(path: string, form: HeadForm): Promise<void> {
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) bytes += (chunk as Buffer).length;
  if (bytes === 0) throw new Error(`The head ${form.name} is empty; run generateHead.ts --clean.`);
}

/** Memory is measured in runs of its own: the hook costs some milliseconds. */
function measure(result: Cold, args: readonly string[], run: number): void {
  result.seconds.push(timed(() => probe(args)).seconds);
  if (run >= 3) return;
  const hook = ['--import', pathToFileURL(join(__dirname, 'peakMemory.mjs')).href];
  result.peaks.push(Number(probe(args, hook).output[3]));
}

function probe(args: readonly string[], nodeArgs: readonly string[] = []) {
  const child = spawnSync(process.execPath, [...nodeArgs, cli, 'probe', ...args, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(`probe failed: ${child.stderr}`);
  return child;
}

function measureTorch(form: HeadForm, folder: string, result: Cold, pairsFile: string, file: string): void {
  const ours = JSON.parse(probe([file, '--model', folder]).stdout) as ProbeDocument;
  const kept = ours.concepts.map(({ pairs }) => pairs.filter(({ status }) => status === 'kept'));
  if (kept.flat().length !== wordCount / 2) throw new Error('Not every word is one token.');
  const ids = kept.map((pairs) => pairs.map(({ baseIds, targetIds }) => [baseIds[0], targetIds[0]]));
  writeFileSync(pairsFile, JSON.stringify(ids));
  const { value, seconds } = timed(() => runTorch(form, folder, pairsFile));
  result.torchSeconds.push(seconds);
  result.torchInner.push(value.seconds);
  result.torchPeak = Math.max(result.torchPeak, value.peakBytes);
  result.largestDifference = Math.max(result.largestDifference, largestDifference(ours, value));
}

/** Both must have computed the same. */
function largestDifference({ concepts, directions }: ProbeDocument, torch: TorchNumbers): number {
  const ours = concepts.flatMap(({ euclidean }) => [euclidean.meanCosine, ...euclidean.leaveOneOut.cosines]);
  const theirs = torch.meanCosine.flatMap((mean, i) => [mean, ...torch.leaveOneOut[i]!]);
  const all = [...ours, ...directions.euclidean.cosine.flat()];
  const other = [...theirs, ...torch.directions.flat()];
  return Math.max(...all.map((value, i) => Math.abs((value ?? NaN) - (other[i] ?? NaN))));
}

function timed<T>(work: () => T): { value: T; seconds: number } {
  const start = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

function report(results: ReadonlyMap<HeadForm, Cold>, nodeSeconds: number, torch: string | null): void {
  const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`Node ${process.version}: ${nodeSeconds.toFixed(3)} s to start and do nothing`);
  console.log(torch ?? 'PyTorch is not here (CONCEPT_PROBE_TORCH_PYTHON names its Python): no ratio to it.');
  const head = ['head', 'cold probe', 'target', 'peak', `target`];
  const torchHead = ['PyTorch', 'ratio', 'after imports', 'ratio', 'peak', 'largest difference'];
  const rows = [...results].map(([form, cold]) => {
    const seconds = median(cold.seconds);
    const own = [
      form.name,
      `${seconds.toFixed(3)} s`,
      `${form.target} s`,
      inMegabytes(Math.max(...cold.peaks)),
      inMegabytes(memoryTarget),
    ];
    if (torch === null) return own;
    const [whole, inner] = [median(cold.torchSeconds), median(cold.torchInner)];
    return [
      ...own,
      `${whole.toFixed(2)} s`,
      `${(whole / seconds).toFixed(1)} ×`,
      `${inner.toFixed(2)} s`,
      `${(inner / seconds).toFixed(1)} ×`,
      inMegabytes(cold.torchPeak),
      cold.largestDifference.toExponential(0),
    ];
  });
  console.log(table(torch === null ? head : [...head, ...torchHead], rows));
}

const workFolder = mkdtempSync(join(tmpdir(), 'concept-probe-bench-'));
void main(workFolder).finally(() => {
  rmSync(workFolder, { recursive: true, force: true });
});
