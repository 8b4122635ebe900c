import { UserError } from '../errors';
import { existsSync } from 'node:fs';
import { pairLabel } from '../concepts/concept';
import { serializeConceptFile } from '../concepts/conceptFile';
import { describeTokenRule, isSameTokenRule, defaultTokenRule } from '../concepts/tokenRule';
import type { EngineMethods } from '../engine/engineMethods';
import { plural } from '../format/numbers';
import { readConceptInputs, type ConceptOptions } from './conceptInputs';
import type { Output } from './output';
import { textTable } from './textTable';
import { writeResult } from './writeResult';

export interface ImportOptions extends ConceptOptions {
  /** A concept file to be made; `null` shows what would be in it. */
  readonly save: string | null;
}

/** Pairs shown of each concept. */
const shown = 3;

/** `concept-probe import`: what lists of pairs hold, and a concept file of it. @throws UserError */
export async function importCommand(
  options: ImportOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { save } = options;
  const { concepts, tokens, notes, files } = await readConceptInputs(options, methods);
  const table = textTable([
    ['Concept', 'Pairs'],
    ...concepts.map(({ name, pairs }) => [name, String(pairs.length)]),
  ]);
  const details = concepts.map(({ pairs }, i) => {
    const first = pairs.slice(0, shown).map(pairLabel).join(', ');
    return `${first}${pairs.length > shown ? ', …' : ''}  (${files.concepts[i]!.path})`;
  });
  const count = concepts.reduce((sum, { pairs }) => sum + pairs.length, 0);
  if (save !== null) {
    if (existsSync(save))
      throw new UserError(`${save} is there already; name another file, or move it away.`);
    const rule = isSameTokenRule(tokens, defaultTokenRule) ? {} : { tokens };
    await writeResult(save, serializeConceptFile({ version: 1, ...rule, concepts }));
  }
  output.print(
    [
      ...table.split('\n').map((line, i) => (i === 0 ? line : `${line}  ${details[i - 1]!}`)),
      ...(notes.length > 0 ? ['', ...notes] : []),
      '',
      `${plural(concepts.length, 'concept')}, ${plural(count, 'pair')}; tokens: ${describeTokenRule(tokens)}`,
      save === null ? 'Nothing is written; --save FILE.concepts.json makes a concept file.' : `Wrote ${save}`,
      '',
    ].join('\n'),
  );
}
