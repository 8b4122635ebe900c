import type { Concept } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { EngineClient } from '../../src/engine/engineClient';
import { defaultProbeSettings, type ProbeSettings } from '../../src/protocol/probeResult';
import { benchConcepts, vocabularyWords } from './benchWords';
import { benchFolders } from './generateHead';
import { median, quantile, table } from './timing';
import { inRoot } from '../support/places';

/*
 * Measures how soon a running engine responds after an edit: 100 words on heads of LLaMA-2-7B's shape, one pair changed at
 * a time, from the call to the result in the caller's process. Run `npx tsx test/bench/warmProbe.ts`.
 */

const engine = inRoot('dist', 'engine.js');
const changes = 50;
const target = 20;

/** As issue 3 specifies; causalProbe.ts measures the causal product and the comparison with chance. */
const rowsAlone: ProbeSettings = {
  ...defaultProbeSettings,
  products: ['euclidean'],
  randomPairs: 0,
  permutations: 0,
  bootstrap: 0,
};

/** An edit of the first concept. `spare` returns a word that no edit has used. */
type Change = (concepts: readonly Concept[], spare: () => string, index: number) => readonly Concept[];

const kinds: Readonly<Record<string, Change>> = {
  'pair swapped': ([first, ...rest], _spare, index) => {
    const at = index % first!.pairs.length;
    const { base, target: end } = first!.pairs[at]!;
    return [{ ...first!, pairs: first!.pairs.with(at, { base: end, target: base }) }, ...rest];
  },
  'word replaced': ([first, ...rest], spare, index) => {
    const at = index % first!.pairs.length;
    const changed = { ...first!.pairs[at]!, target: spare() };
    return [{ ...first!, pairs: first!.pairs.with(at, changed) }, ...rest];
  },
  // Adds one and removes one: fifty additions would change the size of the problem.
  'pair added': ([first, ...rest], spare) => [
    { ...first!, pairs: [...first!.pairs.slice(1), { base: spare(), target: spare() }] },
    ...rest,
  ],
};

async function main(): Promise<void> {
  // They include tsx's hooks, which fork would pass on.
  process.execArgv.length = 0;
  const rows: string[][] = [];
  for (const [form, folder] of await benchFolders()) {
    for (const [kind, change] of Object.entries(kinds)) {
      const { first, times } = await measure(folder, change, rowsAlone);
      const ms = (value: number): string => `${value.toFixed(1)} ms`;
      const middle = median(times);
      rows.push([
        `${form.name}, ${kind}`,
        ms(first),
        ms(middle),
        ms(quantile(times, 0.9)),
        `${target} ms`,
        `${(target / middle).toFixed(1)} ×`,
      ]);
    }
  }
  console.log(`Node ${process.version}, ${changes} changes each`);
  console.log(table(['head', 'first answer', 'median', '9 of 10 within', 'target', 'target ÷ median'], rows));
}

async function measure(
  model: string,
  change: Change,
  settings: ProbeSettings,
): Promise<{ first: number; times: number[] }> {
  const words = vocabularyWords(model, 400);
  // Every fourth word is probed; the others are spare, and equally far apart.
  let concepts: readonly Concept[] = benchConcepts(words.filter((_word, i) => i % 4 === 0));
  const spares = words.filter((_word, i) => i % 4 === 2).values();
  const spare = (): string => spares.next().value ?? '';
  const client = new EngineClient(engine, console.error);
  const answer = async (): Promise<number> => {
    const start = performance.now();
    const result = await client.call('probe', {
      model,
      concepts,
      seed: 0,
      tokens: defaultTokenRule,
      settings,
    });
    if (result.concepts.some(({ given, kept }) => given !== kept)) throw new Error('A pair was dropped.');
    return performance.now() - start;
  };
  try {
    const first = await answer();
    const times: number[] = [];
    for (let index = 0; index < changes; index++) {
      concepts = change(concepts, spare, index);
      times.push(await answer());
    }
    return { first, times };
  } finally {
    client.dispose();
  }
}

void main();
