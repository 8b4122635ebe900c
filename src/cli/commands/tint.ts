import { formatCount, formatDecimal, productName } from '../../format/numbers';
import { matrix } from '../../geometry/matrix';
import { chunksOf } from '../../reading/chunks';
import { peaksOf } from '../../reading/peaks';
import { referenceOf, standardized, type Reference } from '../../reading/standardize';
import type { InnerProduct } from '../../protocol/geometryResult';
import type { Context } from '../command';
import { defineCommand } from '../command';
import type { ContextRequest } from '../../protocol/contextResult';
import { requiredConcept } from '../options/axisOptions';
import { contextHead, contextOptions, contextRequest } from '../options/contextOptions';
import { conceptFiles } from '../options/conceptOptions';
import { modelOf } from '../options/modelOptions';
import { jsonText } from '../output';
import { readText } from '../readText';
import { textTable } from '../text/textTable';
import { writeNumbers, type Numbers } from '../writeNumbers';

/** Parts of one call of the engine: enough for full batches, few enough that memory stays flat. */
const partsPerCall = 32;
const shownPeaks = 12;
/** Characters shown on each side of a peak. */
const around = 30;

export const command = defineCommand({
  name: 'tint',
  summary: 'Measure a concept after every token of a text',
  details: [
    'z is relative to this text: (value − mean) / standard deviation of its tokens. Each token is read',
    'after the text before it, up to the window of the model; the first ones have little before them.',
  ],
  inputs: conceptFiles,
  options: {
    concept: requiredConcept,
    ...contextOptions,
    // In place of the model's file, which --model may name itself.
    file: { type: 'string', placeholder: 'FILE', help: 'The text to measure', required: 'FILE, a text' },
  },
  async run(given, context) {
    const { concept, file: path, json = false, csv, npy, model, output: logits } = given.values;
    const { 'whole-head': wholeHead } = given.values;
    const { output } = context;
    const request = await contextRequest(
      given,
      modelOf({ model, output: logits, 'whole-head': wholeHead }),
      context,
    );
    const text = readText(path);
    const tinted = await tintedText(text, concept, request, context);
    const written = await writeNumbers({ csv, npy }, numbersOf(tinted, text), output);
    const { product, window, tokens, reference } = tinted;
    const { mean, sd } = reference;
    const result = { concept, product, window, reference: { mean, sd }, tokens };
    output.print(
      json
        ? jsonText({ ...contextHead(request), ...result })
        : [textOf(tinted, text, concept), ...written].join(''),
    );
  },
});

interface TintedToken {
  readonly id: number;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  readonly z: number;
}

interface TintedText {
  readonly product: InnerProduct;
  readonly window: number;
  readonly reference: Reference;
  readonly tokens: readonly TintedToken[];
}

async function tintedText(
  text: string,
  concept: string,
  request: ContextRequest,
  { methods, output }: Context,
): Promise<TintedText> {
  const chunks = chunksOf(text);
  const tokens: Omit<TintedToken, 'z'>[] = [];
  let window = 0;
  for (let first = 0; first < Math.max(chunks.length, 1); first += partsPerCall) {
    const some = chunks.slice(first, first + partsPerCall);
    const parts = some.map(({ contextStart, start, end }) => ({
      context: text.slice(contextStart, start),
      text: text.slice(start, end),
    }));
    const result = await methods.tint({ ...request, tinted: [concept], parts }, ({ message }) => {
      if (first === 0) output.progress(message);
      else output.progress('Measuring the text', first / chunks.length);
    });
    ({ window } = result);
    result.parts.forEach(({ ids, starts, ends, values }, part) => {
      const { start } = some[part]!;
      ids.forEach((id, t) =>
        tokens.push({ id, start: start + starts[t]!, end: start + ends[t]!, value: values[0]![t]! }),
      );
    });
  }
  output.progress(null);
  const reference = referenceOf(tokens.map(({ value }) => value));
  const withZ = tokens.map((token) => ({ ...token, z: standardized(token.value, reference) }));
  return { product: request.product, window, reference, tokens: withZ };
}

/** A row of the matrix for each token: value and z. */
function numbersOf({ tokens }: TintedText, text: string): Numbers {
  return {
    table: () => [
      ['id', 'start', 'end', 'text', 'value', 'z'],
      ...tokens.map(({ id, start, end, value, z }) => [id, start, end, text.slice(start, end), value, z]),
    ],
    matrix: () => matrix(tokens.length, 2, Float64Array.from(tokens.flatMap(({ value, z }) => [value, z]))),
  };
}

function textOf({ product, window, reference, tokens }: TintedText, text: string, concept: string): string {
  const peaks = peaksOf(
    Float64Array.from(tokens, ({ z }) => z),
    shownPeaks,
  );
  const rows = peaks.map(({ index, z }) => {
    const { start, end, value } = tokens[index]!;
    const line = text.slice(0, start).split('\n').length;
    const shown = (from: number, to: number): string =>
      text.slice(Math.max(0, from), to).replace(/\s+/gu, ' ');
    const place = `${shown(start - around, start)}[${shown(start, end)}]${shown(end, end + around)}`;
    return [String(line), formatDecimal(z, 2), formatDecimal(value, 2), place];
  });
  return [
    `${concept} after each of ${formatCount(tokens.length)} tokens, ${productName(product)} inner product`,
    `  Mean ${formatDecimal(reference.mean, 2)}, standard deviation ${formatDecimal(reference.sd, 2)}; the model reads at most ${window} tokens at once`,
    textTable([['Line', 'z', 'Value', 'Strongest places'], ...rows]),
    '',
  ].join('\n');
}
