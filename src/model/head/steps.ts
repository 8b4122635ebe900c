import type { Scope } from '../onnx/graphScope';
import { countOf, type OnnxTensor } from '../onnx/tensor';

/** A step between the product and the logits. */
export type Step =
  | { readonly kind: 'bias' | 'mask' | 'tanh' }
  /** Multiplication by a constant; `value` is null for several numbers, or for one stored in another file. */
  | { readonly kind: 'scale'; readonly tensor: OnnxTensor | null; readonly value: number | null }
  | { readonly kind: 'softCap'; readonly value: number }
  /** Multiplication by the scale of dynamically quantized data, possibly combined with the weight's. */
  | { readonly kind: 'dataScale'; readonly tensor: OnnxTensor | null };

/** Merges x ↦ c·tanh(x/c) into one step, the soft cap of Gemma 2 (Gemma Team 2024, section 2). */
export function soften(steps: readonly Step[]): Step[] {
  const joined: Step[] = [];
  for (let i = 0; i < steps.length; i++) {
    const [divide, tanh, multiply] = [steps[i], steps[i + 1], steps[i + 2]];
    const cap = tanh?.kind === 'tanh' && multiply?.kind === 'scale' ? multiply.value : null;
    if (cap !== null && divide?.kind === 'scale' && divide.value !== null && nearlyOne(cap * divide.value)) {
      joined.push({ kind: 'softCap', value: cap });
      i += 2;
    } else joined.push(steps[i]!);
  }
  return joined;
}

/** Tells data and constant apart; null unless there is one of each. */
export function split(scope: Scope, a: string, b: string): { data: string; constant: OnnxTensor } | null {
  const [constantA, constantB] = [scope.constant(a), scope.constant(b)];
  if (constantA && !constantB) return { data: b, constant: constantA };
  return constantB && !constantA ? { data: a, constant: constantB } : null;
}

/** The step as text, such as `scale 0.0625`. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'scale':
    case 'softCap': {
      const name = step.kind === 'scale' ? 'scale' : 'soft cap';
      return step.value === null ? name : `${name} ${Number(step.value.toPrecision(6))}`;
    }
    case 'dataScale':
      return 'scale of the data';
    case 'bias':
    case 'mask':
    case 'tanh':
      return step.kind;
  }
}

/** Whether a factor differs between tokens, so that the stored weight alone is not U. */
export function isPerToken(step: Step): boolean {
  return (
    (step.kind === 'scale' || step.kind === 'dataScale') && step.tensor !== null && countOf(step.tensor) !== 1
  );
}

function nearlyOne(value: number): boolean {
  // A half-precision constant has a relative error of up to 1/2000.
  return Math.abs(value - 1) < 1e-2;
}
