import { formatCosine, formatCount, formatDecimal } from '../../format/numbers';
import { plural } from '../../format/plural';
import { formatP, formatRange } from '../../format/statistics';
import type { CategoriesResult, CategoryResult, Siblings } from '../../protocol/categoriesResult';
import { textTable } from './textTable';

/** The vectors of categories as text. */
export function categoriesText({ categories, draws, randomTokens, simplices }: CategoriesResult): string {
  const rows = categories.map(({ name, kept, words, norm, shrinkage, heldOut }) => [
    name,
    `${kept}/${words.length}`,
    formatDecimal(norm, 2),
    formatDecimal(shrinkage, 2),
    formatDecimal(heldOut?.separation.auc.value ?? null, 3),
    formatRange(heldOut?.separation.auc),
    formatDecimal(heldOut?.separation.dPrime?.value ?? null, 2),
  ]);
  const children = categories.flatMap(({ name, parent, toParent }) =>
    toParent
      ? [
          [
            `${parent!} → ${name}`,
            formatCosine(toParent.cosine),
            formatRange(toParent.chance),
            formatP(toParent.chance?.p),
            formatCosine(toParent.otherParents),
          ],
        ]
      : [],
  );
  return [
    'Vectors of categories, causal inner product',
    textTable([['Category', 'Words', 'Norm', 'Shrinkage', 'AUC', '95 % interval', 'd′'], ...rows]),
    `  AUC and d′: words that were held out against ${formatCount(randomTokens)} random tokens`,
    ...categories.flatMap(skippedLines),
    ...(children.length > 0
      ? [
          '',
          'Cosine of what a category adds to its parent, ℓ − ℓ_parent, with ℓ_parent: 0 if orthogonal',
          textTable([['Category', 'Cosine', 'Random 5–95 %', 'p', 'Other parents'], ...children]),
          `  Random: random tokens in the place of all words, ${formatCount(draws)} times. p: share of them that are as close to 0`,
        ]
      : []),
    ...(simplices.length > 0
      ? [
          '',
          'Simplices of siblings',
          textTable(
            [['Parent', 'Corners', 'Edges', 'In three axes'], ...simplices.map(simplexCells)],
            ['Edges'],
          ),
        ]
      : []),
    '',
  ].join('\n');
}

function simplexCells({ parent, names, edges, shown }: Siblings): string[] {
  const [shortest, longest] = [Math.min(...edges), Math.max(...edges)];
  const range =
    edges.length === 1
      ? formatDecimal(shortest, 2)
      : `${formatDecimal(shortest, 2)} … ${formatDecimal(longest, 2)}`;
  return [parent ?? '(none)', String(names.length), range, `${formatDecimal(100 * shown, 0)} %`];
}

/** Words that do not count, and why a category has no vector. */
function skippedLines({ name, words, norm, kept }: CategoryResult): string[] {
  const several = words.filter(({ status }) => status === 'several-tokens').map(({ word }) => word);
  const shown = `${several.slice(0, 5).join(', ')}${several.length > 5 ? ', …' : ''}`;
  return [
    ...(several.length > 0
      ? [`  ${name}: ${plural(several.length, 'word')} of several tokens (${shown})`]
      : []),
    ...(norm === null
      ? [`  ${name}: no vector from ${plural(kept, 'word')}; at least three are needed`]
      : []),
  ];
}
