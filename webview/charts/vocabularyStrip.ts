import { t } from '@vscode/l10n';
import { histogram } from '../../src/geometry/histogram';
import { formatDecimal, productName } from '../../src/format/numbers';
import type { VocabularyResult } from '../../src/protocol/vocabularyResult';
import { isolated } from '../../src/format/isolated';
import { drawHistogram, type Lane } from './histogram';
import type { Drawing } from './picture';
import type { VocabularyWord } from '../vocabulary/vocabularyWords';

const bins = 120;

const sideNames: Readonly<Record<VocabularyWord['side'], string>> = {
  base: t('base'),
  target: t('target'),
  found: t('found'),
};

/** What a marked token is. */
export const sideTexts: Readonly<Record<VocabularyWord['side'], string>> = {
  base: t('base word'),
  target: t('target word'),
  found: t('found'),
};

/** The vocabulary projected on one direction: a histogram of all tokens, with the concept's words below. */
export function drawVocabularyStrip(
  { x, product }: VocabularyResult,
  words: readonly VocabularyWord[],
): Drawing {
  const [low, high] = ends(x.scores);
  const lane = (side: VocabularyWord['side']): Lane => ({
    label: sideNames[side],
    marks: words
      .filter((word) => word.side === side)
      .map(({ id, piece, concept }) => {
        const value = x.scores[id] ?? NaN;
        return {
          value,
          concept,
          describe: () => [
            isolated(piece),
            t`${sideTexts[side]}, ${formatDecimal(value, 2)} on ${isolated(x.concept)}, ${productName(product)}`,
          ],
        };
      })
      .filter(({ value }) => !Number.isNaN(value))
      .sort((a, b) => a.value - b.value),
  });
  return drawHistogram({
    histogram: histogram(x.scores, low, high, bins),
    lanes: [
      lane('base'),
      lane('target'),
      ...(words.some(({ side }) => side === 'found') ? [lane('found')] : []),
    ],
  });
}

/** Smallest and largest defined value; 0 and 1 if they are equal. */
export function ends(values: Float32Array): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low < high ? [low, high] : [0, 1];
}
