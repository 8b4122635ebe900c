import type { EngineMethods } from '../../engine/engineMethods';
import { UserError } from '../../errors';
import { npyHeader } from '../../export/npy';
import type { ModelChoice } from '../../protocol/modelChoice';
import { defineCommand } from '../command';
import { noteOtherFiles } from '../noteOtherFiles';
import { idsOption, modelOf, modelOptions } from '../options/modelOptions';
import { writeResultInParts } from '../writeResult';

/** Rows read at a time: 32 MB of a 4,096-wide head. */
const tile = 2048;

/** The rows to write: token ids, words of one token each, or the whole vocabulary. */
type Choice = { readonly ids: readonly number[] } | { readonly words: readonly string[] } | 'all';

export const command = defineCommand({
  name: 'unembedding',
  summary: 'Write rows of the unembedding as a NumPy file',
  inputs: null,
  options: {
    ids: { ...idsOption, help: 'Rows of these token ids, such as 1,2' },
    words: {
      type: 'string',
      placeholder: 'WORDS',
      help: 'Rows of these words, such as king,queen; each must be one token',
      read: (text) => text.split(',').map((word) => word.trim()),
    },
    all: { type: 'boolean', help: 'All rows' },
    npy: {
      type: 'string',
      placeholder: 'FILE',
      help: 'The NumPy file to write (float32)',
      required: 'FILE',
    },
    ...modelOptions,
  },
  exactlyOneOf: ['ids', 'words', 'all'],
  async run({ values }, { methods, output }) {
    const { ids: givenIds, words, all = false, npy } = values;
    const model = modelOf(values);
    const details = methods.details({ model }, () => undefined);
    noteOtherFiles(details, model, output);
    const choice = all ? 'all' : givenIds ? { ids: givenIds } : { words: words ?? [] };
    const ids = idsOf(choice, model, methods);
    const rowsAt = (start: number) =>
      methods.rows({ model, ids: ids.slice(start, start + tile) }, () => undefined);
    // The first tile is read before the file is created, so that a wrong id does not leave an empty file.
    let rows = rowsAt(0);
    await writeResultInParts(npy, async (file) => {
      await file.write(npyHeader(ids.length, rows.columns));
      for (let start = 0; start < ids.length; start += tile) {
        output.progress('Reading rows', start / ids.length);
        if (start > 0) rows = rowsAt(start);
        await file.write(new Uint8Array(rows.data.buffer, rows.data.byteOffset, rows.data.byteLength));
      }
    });
    output.progress(null);
    output.print(`${npy}: ${ids.length} × ${rows.columns} float32\n`);
  },
});

function idsOf(choice: Choice, model: ModelChoice, methods: EngineMethods): readonly number[] {
  if (choice === 'all') {
    const { vocabSize } = methods.details({ model }, () => undefined);
    return Array.from({ length: vocabSize ?? 0 }, (_, id) => id);
  }
  if ('ids' in choice) return choice.ids;
  return methods
    .tokens({ model, words: choice.words, leadingSpace: true }, () => undefined)
    .map(({ word, ids, pieces }) => {
      if (ids.length === 1) return ids[0]!;
      const cut = ids.length === 0 ? 'no token' : `${ids.length} tokens (${pieces.join(' + ')})`;
      throw new UserError(`“${word}” is ${cut}; give words that are one token each.`);
    });
}
