import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import type { Concept } from '../../../src/concepts/concept';
import { defaultTokenRule, type TokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods, type EngineMethods } from '../../../src/engine/engineMethods';
import { defaultProbeSettings, keptPairs, type ProbeResult } from '../../../src/protocol/probeResult';
import { numbers } from './headForms';
import { plainDifference, plainModel, type PlainModel, type RealModel } from './plainModel';
import { smallRule, wordOf, writeSmallTokenizer } from './smallModel';
import { inRoot } from '../../support/places';

/** A real model, probed as a user would, with the values that plain loops need to compute the same numbers. */
export interface RealProbe {
  readonly model: PlainModel;
  /** The probed folder, which includes a tokenizer. */
  readonly folder: string;
  readonly methods: EngineMethods;
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  readonly result: ProbeResult;
  /** Differences of the kept pairs of all concepts, concept by concept. */
  readonly differences: readonly Float64Array[];
  /** The indices of each concept's differences. */
  readonly own: readonly (readonly number[])[];
}

const known = new Map<RealModel, Promise<RealProbe>>();

/** Probed once for all tests. */
export function realProbe(name: RealModel): Promise<RealProbe> {
  const probe = known.get(name) ?? probed(name);
  known.set(name, probe);
  return probe;
}

async function probed(name: RealModel): Promise<RealProbe> {
  const model = await plainModel(name);
  const { folder, concepts, tokens } = words(name, model);
  const methods = createEngineMethods('no built-in models here');
  const request = { model: folder, concepts, tokens, seed: 1, settings: defaultProbeSettings };
  const result = await methods.probe(request, () => undefined);
  const kept = result.concepts.map((concept) => keptPairs(concept));
  const differences = kept.flatMap((pairs) =>
    pairs.map(({ baseIds, targetIds }) => plainDifference(model, baseIds[0]!, targetIds[0]!)),
  );
  let next = 0;
  const own = kept.map((pairs) => pairs.map(() => next++));
  return { model, folder, methods, concepts, tokens, result, differences, own };
}

function words(
  name: RealModel,
  { folder, vocab }: PlainModel,
): Pick<RealProbe, 'folder' | 'concepts' | 'tokens'> {
  if (name === 'stories15M') {
    const path = inRoot('examples', 'royalty.concepts.json');
    const parsed = parseConceptFile(readFileSync(path, 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return { folder, concepts: parsed.file.concepts, tokens: defaultTokenRule };
  }
  if (name === 'MiniMind2') {
    const { model } = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
      model: { vocab: Record<string, number> };
    };
    const plural = Object.keys(model.vocab)
      .filter((piece) => /^Ġ[a-z]{3,}$/u.test(piece) && `${piece}s` in model.vocab)
      .map((piece) => ({ base: piece.slice(1), target: `${piece.slice(1)}s` }));
    const mixed = plural.map(({ base }, i) => ({
      base,
      target: plural[(i * 7 + 3) % plural.length]!.target,
    }));
    const concepts = [
      { name: 'plural', pairs: plural.slice(0, 20) },
      { name: 'nothing', pairs: mixed.slice(20, 40) },
      { name: 'few', pairs: mixed.slice(0, 3) },
    ];
    return { folder, concepts, tokens: defaultTokenRule };
  }
  const copy = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
  process.on('exit', () => {
    rmSync(copy, { recursive: true, force: true });
  });
  cpSync(folder, copy, { recursive: true });
  writeSmallTokenizer(copy, vocab);
  const concepts = [2, 3, 9, 30].map((size, index) => ({
    name: `concept of ${size}`,
    pairs: pairsOf(numbers(2 * size, index + 1).map((value) => Math.floor((value + 0.5) * vocab))),
  }));
  return { folder: copy, concepts, tokens: smallRule };
}

function pairsOf(ids: readonly number[]): { base: string; target: string }[] {
  return ids.flatMap((id, i) => (i % 2 === 0 ? [{ base: wordOf(id), target: wordOf(ids[i + 1]!) }] : []));
}
