import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { formatCosine, formatCount, productName, sampleSize } from '../../src/format/numbers';
import { equation } from '../../src/format/statistics';
import { matrix } from '../../src/geometry/matrix';
import type { CategoriesResult } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawBars } from '../charts/bars';
import { memoize } from '../charts/memoize';
import { cosineAxis } from '../charts/valueAxis';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';

/** The cosine of what each category adds to its parent with the parent, and with other categories in its place. */
export function childrenView(
  probed: ProbeResult,
  result: CategoriesResult,
  { choose }: Actions,
): TemplateResult | typeof nothing {
  const { names, labels, drawing, cosines, others } = barsOf(result);
  if (labels.length === 0) return nothing;
  const title = t('cos(ℓ − ℓ_parent, ℓ_parent)');
  const draws = formatCount(result.draws);
  return html`<figure class="leave-one-out" data-testid="children">
    <h3>${t('What categories add to their parents')}</h3>
    <p class="lead">
      ${title}:
      ${t('0 is orthogonal. Lines: the mean with other categories in the place of the parent. Point at a bar for what random tokens give.')}
    </p>
    <probe-picture
      .sentence=${t`Bars of ${title} of ${sampleSize(labels.length)} categories. ${labels[0]!}: ${formatCosine(cosines[0]!)}.`}
      .drawing=${drawing}
      .activate=${({ row }: { row: number }) => {
        choose({ category: names[row]! });
      }}
      aria-label=${t('Cosines of children with parents. Arrow keys move, Enter selects the category.')}
    ></probe-picture>
    ${figureMenu({
      name: 'children',
      facts: probeFacts(probed, {
        title,
        product: productName('causal'),
        n: sampleSize(labels.length),
        comparedWith: t`random tokens in the place of words, ${draws} times; lines: other categories in the place of the parent`,
        notes: [],
      }),
      drawing,
      table: () => ({
        caption: title,
        noun: 'Category',
        rows: labels,
        columns: ['Cosine', 'Other parents'],
        shownColumns: [t('Cosine'), t('Other parents')],
        values: matrix(
          labels.length,
          2,
          Float64Array.from(labels.flatMap((_, i) => [cosines[i]!, others[i]!])),
        ),
      }),
    })}
  </figure>`;
}

const barsOf = memoize(({ categories }: CategoriesResult) => {
  const children = categories.flatMap(({ name, parent, toParent }) =>
    toParent && parent !== null ? [{ name, parent, ...toParent }] : [],
  );
  const labels = children.map(({ name, parent }) => `${isolated(parent)} → ${isolated(name)}`);
  const cosines = Float64Array.from(children, ({ cosine }) => cosine);
  const others = Float64Array.from(children, ({ otherParents }) => otherParents ?? NaN);
  const drawing = drawBars({
    ...{ labels, values: cosines, levels: others, mean: null, marked: new Set<number>(), concept: 0 },
    axis: cosineAxis(Float64Array.from([...cosines, ...others.filter((value) => !Number.isNaN(value))])),
    noun: t('Categories'),
    describe: (row) => {
      const { cosine, chance, otherParents } = children[row]!;
      return [
        labels[row]!,
        t`cosine ${formatCosine(cosine)}, ${productName('causal')}`,
        ...(chance
          ? [
              t`random tokens: ${formatCosine(chance.low)} to ${formatCosine(chance.high)} (5 to 95\u00a0%)`,
              t`${equation('p', chance.p)} (as close to 0 at random)`,
            ]
          : []),
        ...(otherParents === null ? [] : [t`other parents: ${formatCosine(otherParents)} on average`]),
      ];
    },
  });
  return { names: children.map(({ name }) => name), labels, cosines, others, drawing };
});
