import { betweenDocument, betweenTable, sideLabels } from '../../export/betweenFiles';
import { formatCosine, productName, sampleSize } from '../../format/numbers';
import { row } from '../../geometry/matrix';
import type { BetweenProduct, BetweenResult } from '../../protocol/betweenResult';
import { defineCommand } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { modelHead } from '../modelHead';
import { jsonOption, requiredConcept } from '../options/axisOptions';
import { conceptFiles, conceptOptions, conceptsOf } from '../options/conceptOptions';
import { geometryOf, geometryOptions, productsOption } from '../options/geometryOptions';
import { jsonText, progressOf } from '../output';
import { textTable } from '../text/textTable';
import { writeNumbers } from '../writeNumbers';

export const command = defineCommand({
  name: 'between',
  summary: 'Compare every pair of one concept with every pair of another',
  // The differences themselves are compared, without a direction.
  details: [
    'Compares differences, not directions, and does not sample: --direction and --seed have no effect.',
  ],
  inputs: conceptFiles,
  options: {
    concept: requiredConcept,
    against: {
      type: 'string',
      placeholder: 'NAME',
      help: 'The concept whose pairs are the columns',
      required: 'NAME, another concept of the file',
    },
    json: jsonOption,
    csv: { type: 'string', placeholder: 'FILE', help: 'Write one line for each combination of two pairs' },
    npy: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Write the cosines as a NumPy matrix, in the last product',
    },
    ...productsOption,
    ...geometryOptions,
    ...conceptOptions,
  },
  async run(given, { methods, output }) {
    const { concept: a, against: b, product: products, seed, json = false, csv, npy } = given.values;
    const settings = geometryOf(given.values);
    const chosen = conceptsOf(given);
    const { model, policy, leadingSpace } = chosen;
    const { concepts, notes, tokens } = await readConceptInputs(chosen, methods);
    notes.forEach(output.note);
    const request = { model, concepts, tokens, seed, settings, a, b, products };
    const result = await methods.between(request, progressOf(output));
    const written = await writeNumbers(
      { csv, npy },
      { table: () => betweenTable(result), matrix: () => result.products.at(-1)!.cosine },
      output,
    );
    const head = {
      ...{ ...modelHead(model), ridge: settings.ridge, tokenPolicy: policy },
      ...(leadingSpace !== null && { leadingSpace }),
    };
    const texts = result.products.map((one) => textOf(result, one));
    output.print(
      json ? jsonText({ ...head, ...betweenDocument(result) }) : [...texts, ...written].join('\n'),
    );
  },
});

function textOf({ a, b }: BetweenResult, { product, cosine, mean }: BetweenProduct): string {
  const rows = sideLabels(a).map((label, i) => [
    label,
    ...Array.from(row(cosine, i), (value) => formatCosine(value)),
  ]);
  return [
    `Cosines between the pairs of ${a.concept} (rows, ${sampleSize(a.pairs.length)}) and of ${b.concept} (columns, ${sampleSize(b.pairs.length)}), ` +
      `${productName(product)} inner product; mean ${formatCosine(mean)}`,
    textTable([['Pair', ...sideLabels(b)], ...rows]),
    '',
  ].join('\n');
}
