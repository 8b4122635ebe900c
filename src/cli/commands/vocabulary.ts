import { formatCosine, formatCount, formatDecimal, productName } from '../../format/numbers';
import { matrix } from '../../geometry/matrix';
import { npyFile } from '../../export/npy';
import type { VocabularyAxis, VocabularyResult } from '../../protocol/vocabularyResult';
import { axisHead, axisRequest, paddingLine } from '../axis';
import { defineCommand } from '../command';
import { axisOf, axisOptions } from '../options/axisOptions';
import { conceptFiles } from '../options/conceptOptions';
import { jsonText, progressOf } from '../output';
import { textTable } from '../text/textTable';
import { writeResult } from '../writeResult';

export const command = defineCommand({
  name: 'vocabulary',
  summary: 'List the tokens at both ends of a concept direction, or of two',
  inputs: conceptFiles,
  options: {
    against: { type: 'string', placeholder: 'NAME', help: 'A second concept, to show how the two correlate' },
    npy: { type: 'string', placeholder: 'FILE', help: 'Write the score of every token as a NumPy file' },
    ...axisOptions,
  },
  async run(given, context) {
    const { against: y = null, npy = null } = given.values;
    const choice = axisOf(given);
    const { methods, output } = context;
    const request = { ...(await axisRequest(choice, context)), x: choice.concept, y };
    const result = await methods.vocabulary(request, progressOf(output));
    if (npy !== null) await writeResult(npy, scoresFile(result));
    output.progress(null);
    output.print(
      choice.json ? jsonText({ ...axisHead(choice), ...documentOf(result) }) : textOf(result, npy),
    );
  },
});

function axesOf({ x, y }: VocabularyResult): readonly VocabularyAxis[] {
  return y ? [x, y] : [x];
}

/** `[tokens, axes]` */
function scoresFile(result: VocabularyResult): Uint8Array {
  const axes = axesOf(result);
  const scores = new Float32Array(result.pieces.length * axes.length);
  axes.forEach((axis, i) => {
    axis.scores.forEach((score, id) => (scores[id * axes.length + i] = score));
  });
  return npyFile(matrix(result.pieces.length, axes.length, scores));
}

function documentOf({ product, x, y, correlation, tokens, padding }: VocabularyResult) {
  const named = ({ concept, top, bottom }: VocabularyAxis) => ({ concept, top, bottom });
  return { product, x: named(x), y: y && named(y), correlation, tokens, ...(padding && { padding }) };
}

function textOf(result: VocabularyResult, npy: string | null): string {
  const { tokens, product, correlation, padding } = result;
  const text = [
    `${formatCount(tokens)} ${padding?.counted ? 'rows' : 'tokens'}, ${productName(product)} inner product; 0 is the vocabulary’s mean`,
    ...paddingLine(result),
    ...axesOf(result).map(axisText),
    ...(correlation === null ? [] : [`Correlation of the two: ${formatCosine(correlation)}`]),
    ...(npy === null ? [] : [`Wrote ${npy}`]),
  ].join('\n');
  return `${text}\n`;
}

function axisText({ concept, top, bottom }: VocabularyAxis): string {
  const rows = top.map(({ piece, score }, i) => {
    const other = bottom[i]!;
    return [other.piece, formatDecimal(other.score, 2), piece, formatDecimal(score, 2)];
  });
  return `\n${concept}\n${textTable([['Bottom', 'Score', 'Top', 'Score'], ...rows])}\n`;
}
