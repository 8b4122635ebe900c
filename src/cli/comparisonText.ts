import { describeRows } from '../format/rowsWithoutToken';
import { formatCosine, productName } from '../format/numbers';
import { innerProducts } from '../protocol/geometryResult';
import type { ModelComparison } from '../protocol/modelComparison';
import type { ProbeResult } from '../protocol/probeResult';
import { notCountedLines } from './textReport';
import { textTable } from './textTable';

/** Two models on the same concepts, for a person at a terminal. */
export function comparisonText(first: ProbeResult, { second, common }: ModelComparison): string {
  const products = innerProducts.filter((product) => first.settings.products.includes(product));
  const blocks = products.flatMap((product) => {
    const rows = common.concepts.map((concept, index) => {
      const {
        first: one = null,
        second: other = null,
        difference = null,
        interval,
      } = concept[product]?.leaveOneOut ?? {};
      return [
        concept.name,
        `${first.concepts[index]!.kept} / ${second.concepts[index]!.kept}`,
        String(concept.pairs),
        formatCosine(one),
        formatCosine(other),
        formatCosine(difference, 4),
        interval ? `${formatCosine(interval.low, 2)} … ${formatCosine(interval.high, 2)}` : '–',
      ];
    });
    const { largest } = common[product] ?? {};
    return [
      '',
      `Mean leave-one-out cosines of the pairs that both keep, ${productName(product)} inner product`,
      textTable([['Concept', 'Kept', 'Both', 'First', 'Second', 'Difference', '95 % interval'], ...rows]),
      `  Largest |cosine| between two directions: ${formatCosine(largest?.first ?? null)} and ${formatCosine(largest?.second ?? null)}`,
    ];
  });
  const name = ({ model }: ProbeResult): string => `${model.name}, ${model.file}`;
  const padding = second.model.rowsWithoutToken ?? 0;
  const notes = [
    ...(padding === 0 ? [] : ['', `The second: ${describeRows(padding, second.settings.allRows)}`]),
    ...(second.causalProblem === null ? [] : ['', `The second: ${second.causalProblem}`]),
    ...notCountedLines(second, 'Not counted in the second'),
  ];
  return ['', `Compared: first ${name(first)}; second ${name(second)}`, ...notes, ...blocks, ''].join('\n');
}
