import type { TheoremCheck } from '../../simulator/paper/theoremChecks';
import { textTable } from './textTable';

/** The report of `concept-probe theorems`. */
export function theoremsText(checks: readonly TheoremCheck[]): string {
  return checks.map(checkText).join('\n');
}

function checkText({ theorem, prediction, measured, verdict }: TheoremCheck): string {
  const rows = measured.map(({ name, value }) => [name, formatMeasured(value)]);
  return `${theorem}\n  ${prediction}\n${textTable([['Measured', ''], ...rows])}\n  ${verdict}\n`;
}

function formatMeasured(value: number): string {
  const text = value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(4);
  return text.replace(/^-/u, '−');
}
