import { UserError } from '../errors';
import type { EngineMethods } from '../engine/engineMethods';
import { npyHeader } from '../export/npy';
import type { EmbedContext, EmbedResult } from '../protocol/embedResult';
import type { ModelChoice } from '../protocol/modelChoice';
import { noteOtherFiles } from './noteOtherFiles';
import type { Output } from './output';
import { readText } from './readText';
import { writeResultInParts } from './writeResult';

/** Contexts of one call: enough to batch, few enough that the rows of a wide model stay small. */
const tile = 256;

export interface EmbedOptions {
  readonly model: ModelChoice;
  /** One text, a file of them (one a line), or token ids as they are. */
  readonly choice:
    { readonly text: string } | { readonly file: string } | { readonly ids: readonly number[] };
  readonly allPositions: boolean;
  readonly npy: string;
}

/** `concept-probe embed`: λ(x) as a float32 `.npy`, tile by tile. @throws UserError */
export async function embedCommand(
  { model, choice, allPositions, npy }: EmbedOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  noteOtherFiles(
    methods.details({ model }, () => undefined),
    model,
    output,
  );
  const contexts = contextsOf(choice, output);
  const resultAt = (start: number): Promise<EmbedResult> =>
    methods.embed({ model, contexts: contexts.slice(start, start + tile), allPositions }, ({ message }) => {
      output.progress(message);
    });
  // The first tile is computed before the file is made: what cannot be done must not leave an empty one.
  let result = await resultAt(0);
  const columns = result.hidden.columns;
  let [rows, windowed] = [0, 0];
  await writeResultInParts(npy, async (file) => {
    // How many rows there will be is known at the end; the header is as long in any case. Pipes get all at the end.
    const held: Uint8Array[] = [];
    const write = (bytes: Uint8Array): unknown => (file.isSeekable ? file.write(bytes) : held.push(bytes));
    await write(npyHeader(0, columns));
    for (let start = 0; start < contexts.length; start += tile) {
      if (start > 0) result = await resultAt(start);
      const { data } = result.hidden;
      await write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      rows += result.hidden.rows;
      windowed += result.contexts.filter((context) => context.windowed).length;
    }
    const header = npyHeader(rows, columns);
    if (file.isSeekable) await file.overwriteStart(header);
    else for (const bytes of held.with(0, header)) await file.write(bytes);
  });
  output.progress(null);
  if (windowed > 0) output.note(windowNote(windowed, contexts.length));
  const what = allPositions ? 'every position' : 'the last position';
  const contextCount = contexts.length === 1 ? 'one context' : `each of ${contexts.length} contexts`;
  output.print(`${npy}: ${rows} × ${columns} float32 (λ at ${what} of ${contextCount})\n`);
}

function windowNote(windowed: number, all: number): string {
  return `${windowed} of ${all} contexts had more tokens than the model has positions: their last ones were taken (after BOS, where it begins the context).`;
}

function contextsOf(choice: EmbedOptions['choice'], output: Output): readonly EmbedContext[] {
  if (!('file' in choice)) return [choice];
  const lines = readText(choice.file).split(/\r?\n/u);
  const texts = lines.filter((line) => line.trim() !== '');
  if (texts.length === 0)
    throw new UserError(`${choice.file} has no text; give a file of texts, one a line.`);
  // The line feed at the end of the last line begins no line.
  const blank = lines.length - texts.length - (lines.at(-1) === '' ? 1 : 0);
  if (blank > 0) output.note(`${choice.file} has blank lines (${blank}), which get no row.`);
  return texts.map((text) => ({ text }));
}
