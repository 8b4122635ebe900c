import { formatCosine, formatCount, formatDecimal, productName } from '../../format/numbers';
import type { FoundPairsResult } from '../../protocol/vocabularyResult';
import { axisHead, axisRequest, paddingLine } from '../axis';
import { defineCommand } from '../command';
import { axisOf, axisOptions } from '../options/axisOptions';
import { conceptFiles } from '../options/conceptOptions';
import { jsonText, progressOf } from '../output';
import { textTable } from '../text/textTable';

export const command = defineCommand({
  name: 'find-pairs',
  summary: 'Find the pairs of words that are most parallel to a concept direction',
  inputs: conceptFiles,
  options: { ...axisOptions, count: { ...axisOptions.count, default: '30' } },
  async run(given, context) {
    const choice = axisOf(given);
    const { methods, output } = context;
    const { concept, json } = choice;
    const request = { ...(await axisRequest(choice, context)), concept };
    const result = await methods.findPairs(request, progressOf(output));
    output.progress(null);
    output.print(json ? jsonText({ ...axisHead(choice), ...result }) : textOf(result));
  },
});

function textOf(result: FoundPairsResult): string {
  const { concept, product, tokens, pairs, areWordsChecked } = result;
  const rows = pairs.map(({ base, target, cosine, projection }) => [
    `${base} → ${target}`,
    formatCosine(cosine),
    formatDecimal(projection, 2),
  ]);
  return [
    `Pairs most parallel to ${concept}, ${productName(product)} inner product, among all pairs of ${formatCount(tokens)} words`,
    ...paddingLine(result),
    textTable([['Pair', 'Cosine', 'Projection'], ...rows]),
    ...(areWordsChecked
      ? []
      : ['  The words could not be checked with this model; some may be pieces of longer ones.']),
    '',
  ].join('\n');
}
