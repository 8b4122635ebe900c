import { existsSync } from 'node:fs';
import { pairLabel } from '../../concepts/concept';
import { serializeConceptFile, type ConceptFile } from '../../concepts/conceptFile';
import { tokenRuleText, isSameTokenRule, defaultTokenRule } from '../../concepts/tokenRule';
import { UsageError, UserError } from '../../errors';
import { plural } from '../../format/plural';
import { readCategoryInputs, type CategoryInputs } from '../categoryInputs';
import { defineCommand } from '../command';
import { readConceptInputs, type ConceptInputs } from '../conceptInputs';
import { conceptOptions, conceptsOf } from '../options/conceptOptions';
import { textTable } from '../text/textTable';
import { writeResult } from '../writeResult';

/** Pairs shown per concept, words per category. */
const shown = 3;

export const command = defineCommand({
  name: 'import',
  summary: 'Show the contents of lists of pairs and what is skipped, or save them as a concept file',
  inputs: { usage: '<list of pairs | folder>…', needs: 'a list of pairs or a folder of lists' },
  options: {
    save: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Write a concept file; its name must end in .concepts.json',
      read(text, option) {
        if (/\.concepts\.json$/iu.test(text)) return text;
        throw new UsageError(`${option} needs a name that ends in .concepts.json, not “${text}”.`);
      },
    },
    categories: {
      type: 'boolean',
      help: 'Read lines of category, word and parent, with tabs between them, instead of pairs',
    },
    ...conceptOptions,
  },
  async run(given, { methods, output }) {
    const { save = null, categories = false } = given.values;
    const chosen = conceptsOf(given);
    if (categories) {
      const read = readCategoryInputs(given.inputs);
      if (save !== null) await saveFile(save, { version: 4, concepts: [], categories: read.categories });
      output.print(categoriesText(read, save));
      return;
    }
    const inputs = await readConceptInputs(chosen, methods);
    if (save !== null) await saveConcepts(save, inputs);
    output.print(textOf(inputs, save));
  },
});

async function saveConcepts(path: string, { concepts, tokens, files }: ConceptInputs): Promise<void> {
  const rule = isSameTokenRule(tokens, defaultTokenRule) ? {} : { tokens };
  const { contexts, categories } = files;
  await saveFile(path, {
    ...{ version: 1, ...rule, concepts, ...contexts },
    ...(categories.length > 0 && { categories }),
  });
}

async function saveFile(path: string, file: ConceptFile): Promise<void> {
  if (existsSync(path)) throw new UserError(`${path} already exists; name another file, or move it away.`);
  await writeResult(path, serializeConceptFile(file));
}

function categoriesText({ categories, notes }: CategoryInputs, saved: string | null): string {
  const rows = categories.map(({ name, parent, words }) => [
    name,
    parent ?? '',
    String(words.length),
    `${words.slice(0, shown).join(', ')}${words.length > shown ? ', …' : ''}`,
  ]);
  const count = categories.reduce((sum, { words }) => sum + words.length, 0);
  return [
    textTable([['Category', 'Parent', 'Words', ''], ...rows]),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    `${plural(categories.length, 'category')}, ${plural(count, 'word')} of their own`,
    savedText(saved),
    '',
  ].join('\n');
}

function textOf({ concepts, tokens, notes, files }: ConceptInputs, saved: string | null): string {
  const table = textTable([
    ['Concept', 'Pairs'],
    ...concepts.map(({ name, pairs }) => [name, String(pairs.length)]),
  ]);
  const details = concepts.map(({ pairs }, i) => {
    const first = pairs.slice(0, shown).map(pairLabel).join(', ');
    return `${first}${pairs.length > shown ? ', …' : ''}  (${files.concepts[i]!.path})`;
  });
  const count = concepts.reduce((sum, { pairs }) => sum + pairs.length, 0);
  return [
    ...table.split('\n').map((line, i) => (i === 0 ? line : `${line}  ${details[i - 1]!}`)),
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    `${plural(concepts.length, 'concept')}, ${plural(count, 'pair')}; tokens: ${tokenRuleText(tokens)}`,
    savedText(saved),
    '',
  ].join('\n');
}

function savedText(saved: string | null): string {
  return saved === null
    ? 'Nothing was written; use --save FILE.concepts.json to write a concept file.'
    : `Wrote ${saved}`;
}
