import { theoremChecks, type TheoremCheck } from '../simulator/theoremChecks';
import type { Output } from './output';
import { textTable } from './textTable';

/** `concept-probe theorems`: a small experiment for each. */
export function theoremsCommand(
  { seed, json }: { readonly seed: number; readonly json: boolean },
  output: Output,
): void {
  const checks = Object.entries(theoremChecks).map(([name, check]) => {
    output.progress(`Trying ${name}`);
    return check(seed);
  });
  output.progress(null);
  output.print(
    json ? `${JSON.stringify({ schema: 1, seed, checks }, null, 2)}\n` : checks.map(checkText).join('\n'),
  );
}

function checkText({ theorem, prediction, measured, verdict }: TheoremCheck): string {
  const rows = measured.map(({ name, value }) => [name, formatMeasured(value)]);
  return `${theorem}\n  ${prediction}\n${textTable([['Measured', ''], ...rows])}\n  ${verdict}\n`;
}

function formatMeasured(value: number): string {
  const text = value !== 0 && Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(4);
  return text.replace(/^-/u, '−');
}
