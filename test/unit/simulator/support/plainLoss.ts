import { row, type Matrix } from '../../../../src/geometry/matrix';
import { dot } from '../../../../src/geometry/vector';
import type { Loss } from '../../../../src/simulator/config/simulationConfig';
import { forEachAgreeing, type World } from '../../../../src/simulator/world/world';

export const losses = ['softmax', 'logistic', 'squared'] as const satisfies readonly Loss[];

/** p(c|d) of every token. */
export function conditionalLaw(world: World, place: number): number[] {
  const law = Array.from(world.tokens, () => 0);
  forEachAgreeing(world, place, (assignment) => {
    const token = world.tokenOf[assignment]!;
    if (token >= 0) law[token] = world.law[assignment]! / world.agreement[place]!;
  });
  return law;
}

/** The loss of these logits if `next` is the next token, from the definitions (J § 2 for softmax). */
export function lossOf(loss: Loss, logits: readonly number[], next: number): number {
  const sum = (term: (z: number, token: number) => number): number =>
    logits.reduce((total, z, token) => total + term(z, token), 0);
  switch (loss) {
    case 'softmax':
      return Math.log(sum((z) => Math.exp(z))) - logits[next]!;
    case 'logistic':
      return sum((z, token) => Math.log(1 + Math.exp(token === next ? -z : z)));
    case 'squared':
      return sum((z, token) => (z - (token === next ? 1 : 0)) ** 2) / 2;
  }
}

/** The expected loss over all contexts and their next tokens. */
export function expectedLoss(world: World, loss: Loss, f: Matrix, g: Matrix): number {
  let expected = 0;
  world.weights.forEach((weight, place) => {
    const logits = Array.from({ length: g.rows }, (_, token) => dot(row(f, place), row(g, token)));
    conditionalLaw(world, place).forEach((p, token) => {
      if (p > 0) expected += weight * p * lossOf(loss, logits, token);
    });
  });
  return expected;
}
