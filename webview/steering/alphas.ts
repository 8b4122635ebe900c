import { mostAlphas } from '../../src/protocol/steeringMessages';

/** The α of continuations as typed, such as `0, 0.1, 0.2`; empty: 0, α/2 and α. `null`: not a list of numbers. */
export function alphasOf(typed: string, alpha: number): readonly number[] | null {
  if (typed.trim() === '') return [...new Set([0, rounded(alpha / 2), alpha])];
  const parts = typed.split(/[,;\s]+/u).filter((part) => part !== '');
  const numbers = parts.map((part) => Number(part.replace('−', '-')));
  const isList = numbers.length > 0 && numbers.length <= mostAlphas && numbers.every(Number.isFinite);
  return isList ? [...new Set(numbers)] : null;
}

/** Ends of the slider that hold α: ±1, ±2, ±5, ±10, … */
export function sliderEnd(alpha: number): number {
  let end = 1;
  for (let i = 1; end < Math.abs(alpha); i++) end = [1, 2, 5][i % 3]! * 10 ** Math.floor(i / 3);
  return end;
}

/** "−0.15", with as many decimals as it has, at most six. */
export function formatAlpha(alpha: number): string {
  const text = String(rounded(Math.abs(alpha)));
  return alpha < 0 ? `−${text}` : text;
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
