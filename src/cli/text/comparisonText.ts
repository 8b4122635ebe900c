import { meanLeaveOneOut } from '../../format/conceptMetrics';
import { capital, formatCosine, formatDecimal, productName } from '../../format/numbers';
import { describeRows } from '../../format/rowsWithoutToken';
import { formatRange } from '../../format/statistics';
import { innerProducts } from '../../protocol/geometryResult';
import type { ModelComparison } from '../../protocol/modelComparison';
import type { ProbeResult } from '../../protocol/probeResult';
import { notCountedLines } from './textReport';
import { textTable } from './textTable';

/** Two models on the same concepts, as text for the terminal. */
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
        meanLeaveOneOut.format(one),
        meanLeaveOneOut.format(other),
        formatDecimal(difference, 4),
        formatRange(interval),
      ];
    });
    const { largest } = common[product] ?? {};
    return [
      '',
      `${capital(meanLeaveOneOut.label)}s of the pairs that both keep, ${productName(product)} inner product`,
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
