import { UserError } from '../../errors';
import { npyHeader } from '../../export/npy';
import type { EmbedContext, EmbedResult } from '../../protocol/embedResult';
import { defineCommand } from '../command';
import { noteOtherFiles } from '../noteOtherFiles';
import { idsOption, modelOf, modelOptions } from '../options/modelOptions';
import { progressOf, type Output } from '../output';
import { readText } from '../readText';
import { writeResultInParts } from '../writeResult';

/** Contexts per call: enough to form batches, few enough to keep the rows of a wide model small. */
const tile = 256;

/** One text, a file with one text per line, or token ids. */
type Choice = { readonly text: string } | { readonly file: string } | { readonly ids: readonly number[] };

/** Here `--file` names the file of texts, so a specific .onnx file is named with `--model`. */
const { model: modelOption, output: outputOption } = modelOptions;

export const command = defineCommand({
  name: 'embed',
  summary: 'Write the final hidden states λ(x) of texts as a NumPy file',
  inputs: null,
  options: {
    text: { type: 'string', placeholder: 'TEXT', help: 'One text' },
    file: { type: 'string', placeholder: 'FILE', help: 'A file of texts, one per line' },
    ids: { ...idsOption, help: 'One context as token ids, such as 1,15043' },
    npy: {
      type: 'string',
      placeholder: 'FILE',
      help: 'The NumPy file to write (float32, one row per text)',
      required: 'FILE',
    },
    'all-positions': { type: 'boolean', help: 'Write a row for every position, not only for the last one' },
    ...{ model: modelOption, output: outputOption },
  },
  exactlyOneOf: ['text', 'file', 'ids'],
  async run({ values }, { methods, output }) {
    const { text = '', file, ids, npy, 'all-positions': allPositions = false } = values;
    const model = modelOf({ model: values.model, output: values.output });
    const details = methods.details({ model }, () => undefined);
    noteOtherFiles(details, model, output);
    const contexts = contextsOf(ids ? { ids } : file === undefined ? { text } : { file }, output);
    const resultAt = (start: number): Promise<EmbedResult> => {
      const request = { model, contexts: contexts.slice(start, start + tile), allPositions };
      return methods.embed(request, progressOf(output));
    };
    // The first tile is computed before the file is created, so that an error does not leave an empty file.
    let result = await resultAt(0);
    const columns = result.hidden.columns;
    let [rows, windowed] = [0, 0];
    await writeResultInParts(npy, async (target) => {
      // The number of rows is known only at the end; the header has the same length for any number. Pipes receive everything
      // at the end.
      const held: Uint8Array[] = [];
      const write = (bytes: Uint8Array): unknown =>
        target.isSeekable ? target.write(bytes) : held.push(bytes);
      await write(npyHeader(0, columns));
      for (let start = 0; start < contexts.length; start += tile) {
        if (start > 0) result = await resultAt(start);
        const { data } = result.hidden;
        await write(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
        rows += result.hidden.rows;
        windowed += result.contexts.filter((context) => context.windowed).length;
      }
      const header = npyHeader(rows, columns);
      if (target.isSeekable) await target.overwriteStart(header);
      else for (const bytes of held.with(0, header)) await target.write(bytes);
    });
    output.progress(null);
    if (windowed > 0) output.note(windowNote(windowed, contexts.length));
    const what = allPositions ? 'every position' : 'the last position';
    const contextCount = contexts.length === 1 ? 'one context' : `each of ${contexts.length} contexts`;
    output.print(`${npy}: ${rows} × ${columns} float32 (λ at ${what} of ${contextCount})\n`);
  },
});

function windowNote(windowed: number, all: number): string {
  return `${windowed} of ${all} contexts had more tokens than the model has positions: only their last tokens were used (after BOS, if the context begins with it).`;
}

function contextsOf(choice: Choice, output: Output): readonly EmbedContext[] {
  if (!('file' in choice)) return [choice];
  const lines = readText(choice.file).split(/\r?\n/u);
  const texts = lines.filter((line) => line.trim() !== '');
  if (texts.length === 0)
    throw new UserError(`${choice.file} has no text; give a file with one text per line.`);
  // The line feed at the end of the last line does not start another line.
  const blank = lines.length - texts.length - (lines.at(-1) === '' ? 1 : 0);
  if (blank > 0) output.note(`${choice.file} has blank lines (${blank}), which were skipped.`);
  return texts.map((text) => ({ text }));
}
