import type { Concept } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { EngineClient } from '../../src/engine/engineClient';
import { pack, unpack } from '../../src/protocol/packed';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { wordConcepts } from '../support/wordConcepts';
import { median, table } from './timing';
import { inRoot } from '../support/places';

/*
 * Measures how soon results arrive after an edit of 40 concepts, one of which has 300 pairs: the numbers without
 * statistics, all numbers, and the transfer to the panel. Ratios are relative to the first probe of the same invocation.
 * Run `npx tsx test/bench/editProbe.ts`.
 */

const engine = inRoot('dist', 'engine.js');
const edits = 5;

type Edit = (concepts: readonly Concept[], index: number) => readonly Concept[];

/** The concepts, with the first pair of the one at `at` removed. */
const shortened =
  (at: number): Edit =>
  (concepts) =>
    concepts.with(at, { ...concepts[at]!, pairs: concepts[at]!.pairs.slice(1) });

const kinds: Readonly<Record<string, Edit>> = {
  nothing: (concepts) => concepts,
  'a concept renamed': (concepts, index) => concepts.with(3, { ...concepts[3]!, name: `name ${index}` }),
  'a pair out of 20': shortened(13),
  'a pair out of 300': shortened(0),
};

async function main(): Promise<void> {
  // They include tsx's hooks, which fork would pass on.
  process.execArgv.length = 0;
  const client = new EngineClient(engine, console.error);
  const answer = async (concepts: readonly Concept[]) => {
    const start = performance.now();
    let early = NaN;
    const result = await client.call(
      'probe',
      {
        ...{ model: null, concepts, seed: 0, early: true },
        ...{ tokens: defaultTokenRule, settings: defaultProbeSettings },
      },
      {
        onProgress: (progress) => {
          if (progress.early) early = performance.now() - start;
        },
      },
    );
    return { early, all: performance.now() - start, result };
  };
  try {
    let concepts: readonly Concept[] = wordConcepts(40);
    const first = await answer(concepts);
    const rows = [row('the first probe', [first], first.all)];
    for (const [kind, edit] of Object.entries(kinds)) {
      const times: { early: number; all: number }[] = [];
      for (let index = 0; index < edits; index++) {
        concepts = edit(concepts, index);
        times.push(await answer(concepts));
      }
      rows.push(row(kind, times, first.all));
    }
    console.log(`Node ${process.version}, medians of ${edits} edits`);
    console.log(table(['edit', 'without statistics', 'all', 'first probe ÷ all'], rows));
    const start = performance.now();
    const packed = pack(first.result);
    unpack(packed);
    const megabytes = (packed.bytes / 1e6).toFixed(1);
    console.log(`Packed and unpacked for the panel: ${megabytes} MB, ${ms(performance.now() - start)}.`);
  } finally {
    client.dispose();
  }
}

function row(name: string, times: readonly { early: number; all: number }[], first: number): string[] {
  const all = median(times.map((time) => time.all));
  return [name, ms(median(times.map(({ early }) => early))), ms(all), `${(first / all).toFixed(1)} ×`];
}

function ms(value: number): string {
  return `${value.toFixed(0)} ms`;
}

void main();
