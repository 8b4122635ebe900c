import { perMeasure } from '../../../src/simulator/config/measureNames';
import type { CurvePoint } from '../../../src/simulator/training/runSimulation';
import { orNaN } from './orNaN';

/** The pointwise mean of the curves over the leading steps that all of them share. */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): readonly CurvePoint[] {
  const [first = [], ...others] = curves;
  if (others.length === 0) return first;
  const points: CurvePoint[] = [];
  for (const [at, { step }] of first.entries()) {
    const here = curves.map((curve) => curve[at]);
    if (!here.every((point) => point?.step === step)) break;
    points.push(meanPoint(here as readonly CurvePoint[]));
  }
  return points;
}

function meanPoint(points: readonly CurvePoint[]): CurvePoint {
  const [first] = points as readonly [CurvePoint];
  const mean = (read: (point: CurvePoint) => number): number =>
    points.reduce((sum, point) => sum + orNaN(read(point)), 0) / points.length;
  return {
    step: first.step,
    loss: mean(({ loss }) => loss),
    u: mean(({ u }) => u),
    e: mean(({ e }) => e),
    ue: mean(({ ue }) => ue),
    perConcept: perMeasure((name) =>
      first.perConcept[name].map((_, concept) => mean(({ perConcept }) => perConcept[name][concept]!)),
    ),
    unembeddingNorm: mean(({ unembeddingNorm }) => unembeddingNorm),
    embeddingNorm: mean(({ embeddingNorm }) => embeddingNorm),
  };
}
