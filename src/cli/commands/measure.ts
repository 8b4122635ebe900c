import { contextSetsOf } from '../../concepts/contextLists';
import { measurementDocument, measurementMatrix, measurementTable } from '../../export/measurementFiles';
import { formatDecimal, productName } from '../../format/numbers';
import { formatRange } from '../../format/statistics';
import type { Estimate } from '../../geometry/separation';
import { mean } from '../../geometry/moments';
import type { MeasureResult } from '../../protocol/contextResult';
import { defineCommand } from '../command';
import { contextHead, contextOptions, contextRequest } from '../options/contextOptions';
import { conceptFiles } from '../options/conceptOptions';
import { modelOf } from '../options/modelOptions';
import { jsonText, progressOf } from '../output';
import { readText } from '../readText';
import { textTable } from '../text/textTable';
import { readSetsText, skippedLines } from '../text/contextText';
import { writeNumbers } from '../writeNumbers';

export const command = defineCommand({
  name: 'measure',
  summary: 'Measure concepts in labelled contexts: λ(x)ᵀγ̄_W at the last position',
  details: [
    'The first two labels are compared: AUC is the probability that the second one has the larger value.',
  ],
  inputs: conceptFiles,
  options: {
    texts: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Contexts, one per line: label, tab, text; or JSON lines',
      required: 'FILE of labelled contexts',
    },
    ...contextOptions,
  },
  async run(given, context) {
    const { texts, json = false, csv, npy } = given.values;
    const { methods, output } = context;
    const request = await contextRequest(given, modelOf(given.values), context);
    const { sets, notes } = contextSetsOf({ path: texts, text: readText(texts) });
    notes.forEach(output.note);
    const result = await methods.measure({ ...request, sets }, progressOf(output));
    const written = await writeNumbers(
      { csv, npy },
      { table: () => measurementTable(result), matrix: () => measurementMatrix(result) },
      output,
    );
    output.print(
      json
        ? jsonText({ ...contextHead(request), ...measurementDocument(result) })
        : [textOf(result), ...written].join(''),
    );
  },
});

function textOf(result: MeasureResult): string {
  const { product, sets, concepts } = result;
  const [first, second] = sets;
  const compares = second !== undefined;
  const head = [
    'Concept',
    ...sets.map(({ label }) => `Mean ${label}`),
    ...(compares ? ['AUC', '95 % interval', 'd′', '95 % interval'] : []),
  ];
  const rows = concepts.map(({ name, sets: own, separation }) => [
    name,
    ...own.map(({ values }) => formatDecimal(mean(values), 2)),
    ...(compares ? [...cells(separation?.auc, 3), ...cells(separation?.dPrime ?? undefined, 2)] : []),
  ]);
  return [
    `λ(x)ᵀγ̄_W at the last position, ${productName(product)} inner product`,
    ...readSetsText(sets),
    textTable([head, ...rows]),
    ...(compares
      ? [
          `  AUC: probability that a context of ${second.label} has a larger value than one of ${first!.label}`,
        ]
      : []),
    ...skippedLines(result.skipped),
    '',
  ].join('\n');
}

function cells(estimate: Estimate | undefined, digits: number): string[] {
  if (!estimate) return ['–', '–'];
  return [formatDecimal(estimate.value, digits), formatRange(estimate)];
}
