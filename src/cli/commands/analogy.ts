import { version } from '../../package.json';
import type { AnalogyScore } from '../geometry/analogies';
import type { EngineMethods } from '../engine/engineMethods';
import { formatCosine, formatCount, productName } from '../format/numbers';
import type { InnerProduct } from '../protocol/geometryResult';
import { outputOf, pathOf } from '../protocol/modelChoice';
import type { AnalogiesResult, ConceptAnalogies } from '../protocol/vocabularyResult';
import { readConceptInputs, type ConceptOptions } from './conceptInputs';
import { conceptNamed } from './conceptNamed';
import type { Output } from './output';
import { textTable } from './textTable';
import { paddingLine } from './vocabularyCommands';

export interface AnalogyOptions extends ConceptOptions {
  readonly ridge: number | null;
  readonly allRows: boolean;
  readonly products: readonly InnerProduct[];
  /** Null: every concept. */
  readonly concept: string | null;
  readonly json: boolean;
}

/** `concept-probe analogy`: 3CosAdd and 3CosMul over whole lists of pairs. @throws UserError */
export async function analogyCommand(
  options: AnalogyOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { model, policy, leadingSpace, ridge, allRows, products, concept, json } = options;
  const found = await readConceptInputs(options, methods);
  found.notes.forEach(output.note);
  const request = {
    model,
    concepts: concept === null ? found.concepts : [conceptNamed(found.concepts, concept)],
    tokens: found.tokens,
    seed: 0,
    settings: { direction: 'mean', ridge, allRows },
  } as const;
  const results: AnalogiesResult[] = [];
  for (const product of products) {
    results.push(
      await methods.analogies({ ...request, product }, ({ message, fraction }) => {
        output.progress(fraction === null ? message : `${message} (${Math.round(fraction * 100)} %)`);
      }),
    );
  }
  output.progress(null);
  const named = outputOf(model);
  const document = {
    ...{ schema: 1, version, model: pathOf(model) ?? 'embedded', ...(named !== null && { output: named }) },
    ...{ ridge, tokenPolicy: policy, ...(leadingSpace !== null && { leadingSpace }), results },
  };
  output.print(json ? `${JSON.stringify(document, null, 2)}\n` : results.map(resultText).join('\n'));
}

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
    '  in 5: among the first five; MRR: mean of 1/rank; given allowed: accuracy where the given words may be answers too',
    '',
  ].join('\n');
}

function countsOf({ concept, given, pairs, questions, skipped }: ConceptAnalogies): string[] {
  return [concept, `${pairs}/${given}`, formatCount(questions), formatCount(skipped)];
}

function cells(score: AnalogyScore | null): string[] {
  if (!score) return ['–', '–', '–', '–'];
  const { accuracy, inFirstFive, reciprocalRank, accuracyWithGiven } = score;
  return [accuracy, inFirstFive, reciprocalRank, accuracyWithGiven].map((value) => formatCosine(value));
}
