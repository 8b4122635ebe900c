import { version } from '../../package.json';
import type { TokenPolicy } from '../concepts/tokenRule';
import type { AnalogyScore } from '../geometry/analogies';
import type { EngineMethods } from '../engine/engineMethods';
import { formatCosine, formatCount, productName } from '../protocol/formatNumbers';
import type { InnerProduct } from '../protocol/geometryResult';
import type { AnalogiesResult, ConceptAnalogies } from '../protocol/vocabularyResult';
import { readConceptInputs } from './conceptInputs';
import { conceptNamed } from './conceptNamed';
import type { Output } from './output';
import { textTable } from './textTable';

export interface AnalogyOptions {
  readonly inputs: readonly string[];
  readonly model: string | null;
  readonly policy: TokenPolicy | null;
  readonly ridge: number | null;
  readonly products: readonly InnerProduct[];
  /** Null: every concept. */
  readonly concept: string | null;
  readonly json: boolean;
}

/** `concept-probe analogy`: 3CosAdd and 3CosMul over whole lists of pairs. @throws ModelError, RangeError */
export async function analogyCommand(
  { inputs, model, policy, ridge, products, concept, json }: AnalogyOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const found = readConceptInputs(inputs);
  found.notes.forEach(output.note);
  const request = {
    model,
    concepts: concept === null ? found.concepts : [conceptNamed(found.concepts, concept)],
    tokens: { ...found.tokens, ...(policy && { policy }) },
    seed: 0,
    settings: { direction: 'mean', ridge },
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
  const document = { schema: 1, version, model: model ?? 'embedded', ridge, tokenPolicy: policy, results };
  output.print(json ? `${JSON.stringify(document, null, 2)}\n` : results.map(resultText).join('\n'));
}

function resultText({ product, tokens, concepts }: AnalogiesResult): string {
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
    `Analogies a : b :: c : ?, ${productName(product)} inner product: 3CosAdd and 3CosMul among all ${formatCount(tokens)} tokens but the three given words`,
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
