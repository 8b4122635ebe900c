import { UserError } from '../errors';
import type { EngineMethods } from '../engine/engineMethods';
import { npyHeader } from '../export/npy';
import type { ModelChoice } from '../protocol/modelChoice';
import { noteOtherFiles } from './noteOtherFiles';
import type { Output } from './output';
import { writeResultInParts } from './writeResult';

/** Rows read at a time: 32 MB of a 4,096-wide head. */
const tile = 2048;

export interface UnembeddingOptions {
  readonly model: ModelChoice;
  /** Which rows: token ids, words that must be one token each, or the whole vocabulary. */
  readonly choice: { readonly ids: readonly number[] } | { readonly words: readonly string[] } | 'all';
  readonly npy: string;
}

/** `concept-probe unembedding`: rows of U as a float32 `.npy`, tile by tile. @throws UserError */
export async function unembeddingCommand(
  options: UnembeddingOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { model, choice, npy } = options;
  noteOtherFiles(
    methods.details({ model }, () => undefined),
    model,
    output,
  );
  const ids = idsOf(choice, model, methods);
  const rowsAt = (start: number) =>
    methods.rows({ model, ids: ids.slice(start, start + tile) }, () => undefined);
  // The first tile is read before the file is made: a wrong id must not leave an empty one.
  let rows = rowsAt(0);
  await writeResultInParts(npy, async (file) => {
    await file.write(npyHeader(ids.length, rows.columns));
    for (let start = 0; start < ids.length; start += tile) {
      output.progress(`Reading rows ${start} of ${ids.length}`);
      if (start > 0) rows = rowsAt(start);
      await file.write(new Uint8Array(rows.data.buffer, rows.data.byteOffset, rows.data.byteLength));
    }
  });
  output.progress(null);
  output.print(`${npy}: ${ids.length} × ${rows.columns} float32\n`);
}

function idsOf(
  choice: UnembeddingOptions['choice'],
  model: ModelChoice,
  methods: EngineMethods,
): readonly number[] {
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
