import { contextPairsOf } from '../../concepts/contextLists';
import { alignmentDocument, alignmentTable } from '../../export/alignmentFiles';
import { formatCosine, productName } from '../../format/numbers';
import { formatP, formatRange } from '../../format/statistics';
import { row } from '../../geometry/matrix';
import type { AlignResult } from '../../protocol/contextResult';
import { defineCommand } from '../command';
import { contextHead, contextOptions, contextRequest } from '../options/contextOptions';
import { conceptFiles } from '../options/conceptOptions';
import { drawOptions } from '../options/drawOptions';
import { modelOf } from '../options/modelOptions';
import { jsonText, progressOf } from '../output';
import { readText } from '../readText';
import { skippedLines } from '../text/contextText';
import { textTable } from '../text/textTable';
import { writeNumbers } from '../writeNumbers';

export const command = defineCommand({
  name: 'align',
  summary: 'Compare embedding directions of context pairs with unembedding directions of concepts',
  inputs: conceptFiles,
  options: {
    contexts: {
      type: 'string',
      placeholder: 'FILE',
      help: 'Pairs of contexts, one per line: name of the set, base, target, with tabs between; or JSON lines',
      required: 'FILE of context pairs',
    },
    ...drawOptions,
    ...contextOptions,
  },
  async run(given, context) {
    const { contexts, json = false, csv, npy } = given.values;
    const { 'random-pairs': randomPairs, permutations, bootstrap } = given.values;
    const { methods, output } = context;
    const request = await contextRequest(given, modelOf(given.values), context);
    const { sets, notes } = contextPairsOf({ path: contexts, text: readText(contexts) });
    notes.forEach(output.note);
    const settings = { ...request.settings, randomPairs, permutations, bootstrap };
    const result = await methods.align({ ...request, settings, sets }, progressOf(output));
    const written = await writeNumbers(
      { csv, npy },
      { table: () => alignmentTable(result), matrix: () => result.cosine },
      output,
    );
    const head = { ...contextHead(request), randomPairs, permutations, bootstrap };
    output.print(
      json ? jsonText({ ...head, ...alignmentDocument(result) }) : [textOf(result), ...written].join(''),
    );
  },
});

function textOf({ product, sets, concepts, cosine, q, random95, skipped }: AlignResult): string {
  const parallel = sets.map(({ name, pairs, kept, geometry }) => [
    name,
    `${kept}/${pairs.length}`,
    formatCosine(geometry.leaveOneOut.mean),
    formatRange(geometry.leaveOneOut.interval),
    formatP(geometry.permutation?.p),
  ]);
  const cells = concepts.map((concept, c) => [
    concept,
    ...sets.flatMap((_, i) => [formatCosine(row(cosine, i)[c]!), formatP(row(q, i)[c])]),
    formatCosine(random95[c]!),
  ]);
  return [
    `Differences of context pairs, λ(target) − λ(base), ${productName(product)} inner product`,
    textTable([['Contexts', 'Pairs', 'Leave-one-out', '95 % interval', 'p'], ...parallel]),
    '',
    'Cosines of their embedding directions with the unembedding directions of the concepts',
    textTable([['Concept', ...sets.flatMap(({ name }) => [name, 'q']), 'Random 95 %'], ...cells]),
    '  q: sign flips of the context pairs, corrected for all cells. Random 95 %: |cosines| of random concepts of that size stay below it',
    ...skippedLines(skipped),
    '',
  ].join('\n');
}
