import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { formatCosine, formatCount, productName, sampleSize } from '../../src/format/numbers';
import { isolated, isolatedPairLabel } from '../../src/format/isolated';
import {
  betweenIn,
  type BetweenProduct,
  type BetweenResult,
  type BetweenSide,
} from '../../src/protocol/betweenResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { drawHeatMap } from '../charts/heatMap';
import { legendView } from '../charts/legendView';
import { lastMade } from '../charts/memoize';
import type { Cell } from '../charts/picture';
import { closeView } from '../controls/closeView';
import { tableView } from '../controls/tableView';
import { mapWidth } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import { pairKey } from '../state/highlight';
import type { UiState } from '../state/uiState';
import { blockLabel } from './orderedPairs';

const pictureMade = lastMade<ReturnType<typeof pictureOf>>();

/** The pairs of one concept against those of another: what a cell of the map across concepts is the mean of. */
export function betweenView(
  result: ProbeResult,
  between: BetweenResult,
  product: InnerProduct,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { a, b } = between;
  const shown = betweenIn(between, product);
  const { post } = actions;
  const { drawing, keys, labels, columnLabels } = pictureMade([between, shown, post], () =>
    pictureOf(between, shown, post !== undefined),
  );
  const [first, second] = [isolated(a.concept), isolated(b.concept)];
  const name = productName(shown.product);
  const means = between.products
    .map((one) => `${formatCosine(one.mean)} ${productName(one.product)}`)
    .join(', ');
  const isBlocks = a.pairsPerCell > 1 || b.pairsPerCell > 1;
  const what = isBlocks
    ? t`Mean cosine between blocks of differences of ${first} and ${second}`
    : t`Cosine of every difference of ${first} with every one of ${second}`;
  const sizes = t`${sampleSize(a.pairs.length)} and ${formatCount(b.pairs.length)} pairs`;
  const table = () => ({
    caption: `${what}, ${name}`,
    noun: 'Pair',
    rows: labels,
    columns: columnLabels,
    values: shown.cosine,
  });
  return html`<section id="between" class="between" data-testid="between" aria-labelledby="between-title">
    <div class="concept-head">
      <h2 id="between-title">${t`Pairs of ${first} against those of ${second}`}</h2>
      ${closeView('between', actions)}
    </div>
    <p class="lead" data-testid="between-summary">
      ${what}, ${name}, ${sizes}. ${t`The mean is ${means}; 0 is orthogonal.`}
    </p>
    <figure data-testid="between-map">
      <probe-picture
        .sentence=${t`Heat map of the cosines between ${formatCount(a.pairs.length)} pairs of ${first} and ${formatCount(b.pairs.length)} of ${second}, ${name}; mean ${formatCosine(shown.mean)}.`}
        .drawing=${drawing}
        .keys=${keys}
        .activate=${
          post && a.pairsPerCell === 1
            ? ({ row }: Cell) => {
                post({ type: 'revealPair', concept: a.concept, pair: a.pairs[row]! });
              }
            : undefined
        }
        aria-label=${
          post
            ? t(
                'Cosines between the pairs of two concepts. Arrow keys move, with Shift they select, + and − zoom, Enter finds the row’s pair in the text.',
              )
            : t(
                'Cosines between the pairs of two concepts. Arrow keys move, with Shift they select, + and − zoom.',
              )
        }
      ></probe-picture>
      <figcaption>${legendView()}</figcaption>
      ${figureMenu({
        name: `between.${shown.product}.${fileNamePart(a.concept)}.${fileNamePart(b.concept)}`,
        facts: probeFacts(result, {
          title: what,
          product: name,
          n: sizes,
          comparedWith: null,
          notes: [t`The mean is ${formatCosine(shown.mean)}.`],
        }),
        drawing,
        width: mapWidth(columnLabels.length),
        scale: 'signed',
        table,
      })}
      ${tableView('between', table, ui, actions)}
    </figure>
  </section>`;
}

function pictureOf({ a, b, products }: BetweenResult, { cosine }: BetweenProduct, canReveal: boolean) {
  const [labels, columnLabels] = [labelsOf(a), labelsOf(b)];
  const isBlocks = a.pairsPerCell > 1 || b.pairsPerCell > 1;
  const describe = ({ row, column }: Cell) => [
    `${labels[row]!} × ${columnLabels[column]!}`,
    ...products.map((one) =>
      isBlocks
        ? t`mean cosine ${formatCosine(one.cosine.data[row * cosine.columns + column]!)}, ${productName(one.product)}`
        : t`cosine ${formatCosine(one.cosine.data[row * cosine.columns + column]!)}, ${productName(one.product)}`,
    ),
    ...(canReveal && a.pairsPerCell === 1 ? [t`Click to find ${labels[row]!} in the text`] : []),
  ];
  return {
    drawing: drawHeatMap({ labels, columnLabels, cosine, describe, isWhole: true }),
    keys: { rows: keysOf(a), columns: keysOf(b) },
    ...{ labels, columnLabels },
  };
}

function labelsOf({ pairs, pairsPerCell }: BetweenSide): string[] {
  return pairsPerCell === 1
    ? pairs.map(isolatedPairLabel)
    : Array.from(
        { length: Math.ceil(pairs.length / pairsPerCell) },
        (_, block) => t`pairs ${blockLabel(block, pairsPerCell, pairs.length)}`,
      );
}

function keysOf({ concept, pairs, pairsPerCell }: BetweenSide): string[] {
  return pairsPerCell === 1 ? pairs.map((pair) => pairKey(concept, pair)) : [];
}
