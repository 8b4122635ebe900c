import { version } from '../../package.json';
import type { DirectionChoice } from '../geometry/conceptDirection';
import { matrix } from '../geometry/matrix';
import type { EngineMethods } from '../engine/engineMethods';
import { npyFile } from '../export/npy';
import type { AxisRequest, CacheReport } from '../protocol/engineMessages';
import { describeRows } from '../format/rowsWithoutToken';
import { formatBytes, formatCosine, formatCount, plural, productName } from '../format/numbers';
import type { InnerProduct } from '../protocol/geometryResult';
import { outputOf, pathOf } from '../protocol/modelChoice';
import type { Progress } from '../protocol/progress';
import type { Padded, VocabularyAxis } from '../protocol/vocabularyResult';
import { readConceptInputs, type ConceptOptions } from './conceptInputs';
import type { Output } from './output';
import { textTable } from './textTable';
import { writeResult } from './writeResult';

/** What the commands that lay a concept over the vocabulary have in common. */
export interface AxisOptions extends ConceptOptions {
  readonly seed: number;
  readonly product: InnerProduct;
  readonly direction: DirectionChoice;
  readonly ridge: number | null;
  readonly allRows: boolean;
  readonly count: number;
  readonly concept: string;
  readonly json: boolean;
}

/** `concept-probe vocabulary`: the tokens at both ends of one direction or two. @throws UserError */
export async function vocabularyCommand(
  options: AxisOptions & { readonly against: string | null; readonly npy: string | null },
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { concept: x, against: y, npy } = options;
  const result = await methods.vocabulary(
    { ...(await axisRequest(options, methods, output)), x, y },
    progressOf(output),
  );
  const axes = [result.x, ...(result.y ? [result.y] : [])];
  if (npy !== null) {
    const scores = new Float32Array(result.pieces.length * axes.length);
    axes.forEach((axis, i) => {
      axis.scores.forEach((score, id) => (scores[id * axes.length + i] = score));
    });
    await writeResult(npy, npyFile(matrix(result.pieces.length, axes.length, scores)));
  }
  const { product, correlation } = result;
  const named = ({ concept, top, bottom }: VocabularyAxis) => ({ concept, top, bottom });
  const document = {
    ...headOf(options),
    product,
    x: named(result.x),
    y: result.y && named(result.y),
    correlation,
    tokens: result.tokens,
    ...(result.padding && { padding: result.padding }),
  };
  const text = [
    `${formatCount(result.tokens)} ${result.padding?.counted ? 'rows' : 'tokens'}, ${productName(product)} inner product; 0 is the vocabulary’s mean`,
    ...paddingLine(result),
    ...axes.map(axisText),
    ...(correlation === null ? [] : [`Correlation of the two: ${formatCosine(correlation)}`]),
    ...(npy === null ? [] : [`Wrote ${npy}`]),
  ].join('\n');
  print(options, output, document, `${text}\n`);
}

function axisText({ concept, top, bottom }: VocabularyAxis): string {
  const rows = top.map(({ piece, score }, i) => {
    const other = bottom[i]!;
    return [other.piece, formatCosine(other.score, 2), piece, formatCosine(score, 2)];
  });
  return `\n${concept}\n${textTable([['Bottom', 'Score', 'Top', 'Score'], ...rows])}\n`;
}

/** `concept-probe neighbours`. @throws UserError */
export async function neighboursCommand(
  options: AxisOptions & { readonly base: string },
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { concept, base } = options;
  const request = { ...(await axisRequest(options, methods, output)), concept, base };
  const result = await methods.neighbours(request, progressOf(output));
  const rows = result.neighbours.map(({ piece, id, cosine }) => [piece, String(id), formatCosine(cosine)]);
  const head = `Nearest to ${base} + ${concept}, by the cosine around the vocabulary’s mean, ${productName(result.product)} inner product`;
  print(
    options,
    output,
    { ...headOf(options), ...result },
    `${[head, ...paddingLine(result)].join('\n')}\n${textTable([['Token', 'Id', 'Cosine'], ...rows])}\n`,
  );
}

/** `concept-probe find-pairs`. @throws UserError */
export async function findPairsCommand(
  options: AxisOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const request = { ...(await axisRequest(options, methods, output)), concept: options.concept };
  const result = await methods.findPairs(request, progressOf(output));
  const rows = result.pairs.map(({ base, target, cosine, projection }) => [
    `${base} → ${target}`,
    formatCosine(cosine),
    formatCosine(projection, 2),
  ]);
  const text = [
    `Pairs most parallel to ${result.concept}, ${productName(result.product)} inner product, among all pairs of ${formatCount(result.tokens)} words`,
    ...paddingLine(result),
    textTable([['Pair', 'Cosine', 'Projection'], ...rows]),
    ...(result.areWordsChecked
      ? []
      : ['  Not checked with this model: some words may be pieces of longer ones.']),
    '',
  ].join('\n');
  print(options, output, { ...headOf(options), ...result }, text);
}

/** `concept-probe cache`. */
export function cacheCommand(clear: boolean, methods: EngineMethods, output: Output): void {
  output.print(
    cacheText(
      methods.cache({ clear }, () => undefined),
      clear,
    ),
  );
}

export function cacheText({ folder, files, bytes, limit, left = 0 }: CacheReport, cleared: boolean): string {
  const what = `${plural(files, 'covariance')}, ${formatBytes(bytes)}`;
  if (!cleared) return `${folder}: ${what} of at most ${formatBytes(limit)}\n`;
  return `Removed ${what} from ${folder}${left === 0 ? '' : `; ${left} could not be removed`}\n`;
}

async function axisRequest(
  options: AxisOptions,
  methods: EngineMethods,
  output: Output,
): Promise<AxisRequest> {
  const { concepts, notes, tokens } = await readConceptInputs(options, methods);
  notes.forEach(output.note);
  const { model, seed, product, direction, ridge, allRows, count } = options;
  return { model, concepts, tokens, seed, settings: { direction, ridge, allRows }, product, count };
}

/** What is needed to compute it again. */
function headOf({ model, direction, ridge, seed, policy, leadingSpace }: AxisOptions) {
  const output = outputOf(model);
  return {
    ...{ schema: 1, version, model: pathOf(model) ?? 'embedded', ...(output !== null && { output }) },
    ...{ direction, ridge, seed, tokenPolicy: policy },
    ...(leadingSpace !== null && { leadingSpace }),
  };
}

export function paddingLine({ padding }: Padded): string[] {
  return padding ? [describeRows(padding.rows, padding.counted)] : [];
}

function progressOf(output: Output): (progress: Progress) => void {
  return ({ message }) => {
    output.progress(message);
  };
}

function print(options: { readonly json: boolean }, output: Output, document: unknown, text: string): void {
  output.progress(null);
  output.print(options.json ? `${JSON.stringify(document, null, 2)}\n` : text);
}
