import type { AnalogyScore } from '../../geometry/analogies';
import { formatCount, formatDecimal, productName } from '../../format/numbers';
import type { AnalogiesResult, ConceptAnalogies } from '../../protocol/vocabularyResult';
import { paddingLine } from '../axis';
import { defineCommand } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { conceptNamed } from '../conceptNamed';
import { modelHead } from '../modelHead';
import { conceptOption, jsonOption } from '../options/axisOptions';
import { conceptFiles, conceptOptions, conceptsOf } from '../options/conceptOptions';
import { geometryOf, geometryOptions, productsOption } from '../options/geometryOptions';
import { jsonText, progressOf } from '../output';
import { textTable } from '../text/textTable';

export const command = defineCommand({
  name: 'analogy',
  summary: 'Score analogies (3CosAdd and 3CosMul) over all pairs of each concept',
  // Analogies use neither, but accept both like the other geometry commands.
  details: ['Analogies use no direction and no random numbers: --direction and --seed have no effect.'],
  inputs: conceptFiles,
  options: {
    concept: { ...conceptOption, help: 'One concept, by its name in the file (default: all)' },
    json: jsonOption,
    ...productsOption,
    ...geometryOptions,
    ...conceptOptions,
  },
  async run(given, { methods, output }) {
    const { product: products, seed, concept = null, json = false } = given.values;
    const settings = geometryOf(given.values);
    const chosen = conceptsOf(given);
    const { model, policy, leadingSpace } = chosen;
    const found = await readConceptInputs(chosen, methods);
    found.notes.forEach(output.note);
    const concepts = concept === null ? found.concepts : [conceptNamed(found.concepts, concept)];
    const request = { model, concepts, tokens: found.tokens, seed, settings };
    const results: AnalogiesResult[] = [];
    for (const product of products)
      results.push(await methods.analogies({ ...request, product }, progressOf(output)));
    output.progress(null);
    const document = {
      ...modelHead(model),
      ...{
        ridge: settings.ridge,
        tokenPolicy: policy,
        ...(leadingSpace !== null && { leadingSpace }),
        results,
      },
    };
    output.print(json ? jsonText(document) : results.map(resultText).join('\n'));
  },
});

function resultText(result: AnalogiesResult): string {
  const { product, tokens, concepts, padding } = result;
  const scored = ['accuracy', 'in 5', 'MRR', 'given allowed'];
  const head = [
    ...['Concept', 'Pairs', 'Questions', 'Skipped'],
    ...[...scored.map((name) => `Add ${name}`), ...scored.map((name) => `Mul ${name}`)],
  ];
  const rows = concepts.map((concept) => [
    ...countsOf(concept),
    ...cells(concept.add),
    ...cells(concept.multiply),
  ]);
  return [
    `Analogies a : b :: c : ?, ${productName(product)} inner product: 3CosAdd and 3CosMul among all ${formatCount(tokens)} ${padding?.counted ? 'rows' : 'tokens'} but the three given words`,
    ...paddingLine(result),
    textTable([head, ...rows]),
    '  in 5: among the first five; MRR: mean of 1/rank; given allowed: accuracy if the given words may be answers too',
    '',
  ].join('\n');
}

function countsOf({ concept, given, pairs, questions, skipped }: ConceptAnalogies): string[] {
  return [concept, `${pairs}/${given}`, formatCount(questions), formatCount(skipped)];
}

function cells(score: AnalogyScore | null): string[] {
  if (!score) return ['–', '–', '–', '–'];
  const { accuracy, inFirstFive, reciprocalRank, accuracyWithGiven } = score;
  return [accuracy, inFirstFive, reciprocalRank, accuracyWithGiven].map((value) => formatDecimal(value, 3));
}
