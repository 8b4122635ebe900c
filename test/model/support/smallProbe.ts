import type { Concept } from '../../../src/concepts/concept';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import {
  defaultProbeSettings,
  type ProbeResult,
  type ProbeSettings,
} from '../../../src/protocol/probeResult';
import { withFolder } from './fixtures';
import { numbers } from './headForms';
import { smallRule, wordOf, writeSmallModel, type SmallHead } from './smallModel';

export interface SmallRequest {
  readonly concepts: readonly Concept[];
  readonly seed?: number;
  readonly settings?: Partial<ProbeSettings>;
}

/** All statistics, with few draws. */
export const quickSettings: ProbeSettings = {
  ...defaultProbeSettings,
  ...{ randomPairs: 2000, permutations: 200, bootstrap: 100 },
};

/** Probes a generated head with a new engine, in both products. */
export async function smallProbe(
  head: SmallHead,
  ...requests: readonly SmallRequest[]
): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  await withFolder(async (model) => {
    writeSmallModel(model, head);
    const methods = createEngineMethods('no built-in models here');
    for (const { concepts, seed = 0, settings } of requests) {
      const request = {
        model,
        concepts,
        seed,
        tokens: smallRule,
        settings: { ...quickSettings, ...settings },
      };
      results.push(await methods.probe(request, () => undefined));
    }
  });
  return results;
}

/** A concept from pairs of token ids. */
export function conceptOf(name: string, ids: readonly (readonly [number, number])[]): Concept {
  return { name, pairs: ids.map(([base, target]) => ({ base: wordOf(base), target: wordOf(target) })) };
}

/** Concepts of these sizes, with randomly drawn words. */
export function someConcepts(vocab: number, sizes: readonly number[], seed: number): Concept[] {
  return sizes.map((size, index) => {
    const ids = numbers(2 * size, 31 * seed + index + 1).map((value) => Math.floor((value + 0.5) * vocab));
    const pairs = Array.from({ length: size }, (_, i) => [ids[2 * i]!, ids[2 * i + 1]!] as const);
    return conceptOf(`concept ${index}`, pairs);
  });
}
