/**
 * Tinting a text, compared with ONNX Runtime on the same tokens, in one run: throughput over a novel of 100,000 words with
 * its memory, and the time until a page is measured.
 * `npx tsx test/bench/tint.ts`; prints ratios and asserts nothing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelDirectory } from '../../scripts/buildModel';
import { parseConceptFile } from '../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { Model } from '../../src/model/model';
import type { TintPart, TintResult } from '../../src/protocol/contextResult';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { chunksOf } from '../../src/reading/chunks';
import '../support/ownCache';

const root = join(__dirname, '..', '..');
const concept = 'male → female';
/** As the command line does. */
const partsPerCall = 32;
/** What a window shows of a text: about 60 lines. */
const page = 4000;

async function main(): Promise<void> {
  const parsed = parseConceptFile(readFileSync(join(root, 'examples', 'royalty.concepts.json'), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const { concepts } = parsed.file;
  const methods = createEngineMethods('no built-in models here');
  const request = {
    ...{ model: modelDirectory, concepts, tokens: defaultTokenRule, seed: 0 },
    ...{ settings: defaultProbeSettings, product: 'causal' as const, tinted: [concept] },
  };
  const tint = (parts: readonly TintPart[]): Promise<TintResult> =>
    methods.tint({ ...request, parts }, () => undefined);
  const text = novel(100_000);
  const parts = chunksOf(text).map(({ contextStart, start, end }) => ({
    context: text.slice(contextStart, start),
    text: text.slice(start, end),
  }));
  await tint(parts.slice(0, 2));

  const shown = parts.slice(
    0,
    chunksOf(text).findIndex(({ end }) => end > page),
  );
  const firstPage = await best(5, () => tint(shown));
  console.log(`First ${page} characters (${shown.length} chunks), warm: ${firstPage.toFixed(0)} ms`);

  const sample = parts.slice(0, 320);
  const ours = await best(3, async () => {
    for (let first = 0; first < sample.length; first += partsPerCall)
      await tint(sample.slice(first, first + partsPerCall));
  });
  const { direct, tokens } = await raw(sample);
  const rate = (time: number): string => `${Math.round((tokens / time) * 1000)} tokens/s`;
  console.log(
    `Throughput, contexts included: raw ${rate(direct)}, ours ${rate(ours)} (×${(direct / ours).toFixed(2)})`,
  );

  const memory: number[] = [];
  const start = performance.now();
  for (let first = 0; first < parts.length; first += partsPerCall) {
    await tint(parts.slice(first, first + partsPerCall));
    memory.push(process.memoryUsage().rss);
  }
  const seconds = (performance.now() - start) / 1000;
  const tenths = [1, 3, 5, 7, 9].map((tenth) =>
    Math.round(memory[Math.floor((memory.length * tenth) / 10)]! / 1e6),
  );
  console.log(
    `100,000 words, ${parts.length} chunks: ${seconds.toFixed(1)} s; resident memory on the way (MB): ${tenths.join(', ')}`,
  );
}

/** ONNX Runtime fed the same tokens, one run for each chunk with its context. */
async function raw(
  parts: readonly TintPart[],
): Promise<{ readonly direct: number; readonly tokens: number }> {
  const model = new Model(modelDirectory);
  const session = await InferenceSession.create(join(model.folder.path, model.folder.file), {
    logSeverityLevel: 3,
  });
  const runs = parts.map(({ context, text }) => {
    const { ids } = model.tokenizer.whole.encode(context + text);
    return ids.slice(0, 256);
  });
  const direct = await best(3, async () => {
    for (const ids of runs) await session.run(feeds(session, ids));
  });
  await session.release();
  model.close();
  return { direct, tokens: runs.reduce((sum, ids) => sum + ids.length, 0) };
}

function feeds(session: InferenceSession, ids: readonly number[]): Record<string, Tensor> {
  const row = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  const values: Readonly<Record<string, readonly number[]>> = {
    input_ids: ids,
    attention_mask: ids.map(() => 1),
    position_ids: ids.map((_, at) => at),
  };
  return Object.fromEntries(session.inputNames.map((name) => [name, row(values[name]!)]));
}

/** The shortest of several times in milliseconds, after one to warm up. */
async function best(times: number, work: () => Promise<unknown>): Promise<number> {
  let shortest = Infinity;
  for (let i = 0; i <= times; i++) {
    const start = performance.now();
    await work();
    if (i > 0) shortest = Math.min(shortest, performance.now() - start);
  }
  return shortest;
}

/** Words of a story in sentences and paragraphs, the same ones every time. */
function novel(words: number): string {
  const story = readFileSync(join(root, 'examples', 'the-two-thrones.md'), 'utf8');
  const known = story.match(/[A-Za-z]+/gu)!;
  let state = 20261127;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  let text = '';
  for (let written = 0, sentence = 0; written < words; sentence++) {
    const length = 4 + below(16);
    text += `${Array.from({ length }, () => known[below(known.length)]!).join(' ')}.${sentence % 5 === 4 ? '\n' : ' '}`;
    written += length;
  }
  return text;
}

void main();
