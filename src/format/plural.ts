import { t } from '@vscode/l10n';
import { formatCount } from './numbers';

/** What is counted: one, and several. */
const nouns = {
  category: (n) => [t`${n} category`, t`${n} categories`],
  cell: (n) => [t`${n} cell`, t`${n} cells`],
  concept: (n) => [t`${n} concept`, t`${n} concepts`],
  context: (n) => [t`${n} context`, t`${n} contexts`],
  Context: (n) => [t`${n} Context`, t`${n} Contexts`],
  'context pair': (n) => [t`${n} context pair`, t`${n} context pairs`],
  continuation: (n) => [t`${n} continuation`, t`${n} continuations`],
  covariance: (n) => [t`${n} covariance`, t`${n} covariances`],
  dimension: (n) => [t`${n} dimension`, t`${n} dimensions`],
  direction: (n) => [t`${n} direction`, t`${n} directions`],
  'dropped pair': (n) => [t`${n} dropped pair`, t`${n} dropped pairs`],
  edge: (n) => [t`${n} edge`, t`${n} edges`],
  'labelled context': (n) => [t`${n} labelled context`, t`${n} labelled contexts`],
  mask: (n) => [t`${n} mask`, t`${n} masks`],
  model: (n) => [t`${n} model`, t`${n} models`],
  neighbour: (n) => [t`${n} neighbour`, t`${n} neighbours`],
  note: (n) => [t`${n} note`, t`${n} notes`],
  'other ONNX file': (n) => [t`${n} other ONNX file`, t`${n} other ONNX files`],
  pair: (n) => [t`${n} pair`, t`${n} pairs`],
  permutation: (n) => [t`${n} permutation`, t`${n} permutations`],
  place: (n) => [t`${n} place`, t`${n} places`],
  point: (n) => [t`${n} point`, t`${n} points`],
  'random pair': (n) => [t`${n} random pair`, t`${n} random pairs`],
  'remote file': (n) => [t`${n} remote file`, t`${n} remote files`],
  row: (n) => [t`${n} row`, t`${n} rows`],
  run: (n) => [t`${n} run`, t`${n} runs`],
  set: (n) => [t`${n} set`, t`${n} sets`],
  text: (n) => [t`${n} text`, t`${n} texts`],
  token: (n) => [t`${n} token`, t`${n} tokens`],
  word: (n) => [t`${n} word`, t`${n} words`],
} satisfies Readonly<Record<string, (n: string) => readonly [string, string]>>;

export type Noun = keyof typeof nouns;

/** "1 pair", "12 pairs". */
export function plural(count: number, noun: Noun): string {
  const [one, several] = nouns[noun](formatCount(count));
  return count === 1 ? one : several;
}
