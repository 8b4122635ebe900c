import { describeRows } from '../protocol/describeRows';
import { formatCosine, productName } from '../protocol/formatNumbers';
import { innerProducts } from '../protocol/geometryResult';
import type { ProbeResult } from '../protocol/probeResult';
import { notCountedLines } from './textReport';
import { textTable } from './textTable';

/** Two models on the same concepts, for a person at a terminal. */
export function comparisonText(first: ProbeResult, second: ProbeResult): string {
  const products = innerProducts.filter((product) => first.settings.products.includes(product));
  const blocks = products.flatMap((product) => {
    const rows = first.concepts.map((concept, index) => {
      const [a, b] = [concept[product], second.concepts[index]![product]];
      const [one, other] = [a?.leaveOneOut.mean ?? null, b?.leaveOneOut.mean ?? null];
      const difference = one === null || other === null ? null : other - one;
      const kept = `${concept.kept} / ${second.concepts[index]!.kept}`;
      return [concept.name, kept, formatCosine(one), formatCosine(other), formatCosine(difference, 4)];
    });
    const largest = first.directions[product]?.offDiagonal?.largest ?? null;
    const other = second.directions[product]?.offDiagonal?.largest ?? null;
    return [
      '',
      `Mean leave-one-out cosines, ${productName(product)} inner product`,
      textTable([['Concept', 'Kept', 'First', 'Second', 'Difference'], ...rows]),
      `  Largest |cosine| between two directions: ${formatCosine(largest)} and ${formatCosine(other)}`,
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
