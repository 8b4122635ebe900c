import type { SimulationConfig } from '../simulator/config/simulationConfig';
import type { ConceptMaps, CurvePoint, Nested } from '../simulator/training/runSimulation';
import { agree } from './checkResult';
import type { LiveRun, SimulationOutcome } from './simulationMessages';

/* Like checkResult.ts, for simulations: checks that an outcome arrived complete. */

/** @throws RangeError that names what is inconsistent */
export function checkOutcome(outcome: SimulationOutcome): void {
  switch (outcome.kind) {
    case 'simulation':
      for (const run of outcome.result.runs) checkRun(run, outcome.result.config);
      return;
    case 'preset':
      for (const { result } of outcome.result.rows)
        for (const run of result.runs) checkRun(run, result.config);
      return;
    case 'experiment':
    case 'theorems':
      return;
  }
}

/** @throws RangeError that names what is inconsistent */
export function checkLive(live: LiveRun): void {
  checkRun(live, live.config);
}

function checkRun(
  {
    curve,
    maps,
    unembeddings,
  }: { curve: readonly CurvePoint[]; maps: ConceptMaps; unembeddings: Nested | null },
  { concepts }: SimulationConfig,
): void {
  for (const { perConcept } of curve)
    for (const values of [perConcept.u, perConcept.e, perConcept.ue])
      agree('simulation: a curve', values.length, concepts);
  for (const map of [maps.unembedding, maps.embedding, maps.cross]) {
    agree('simulation: a map', map.length, concepts);
    for (const row of map) agree('simulation: a row of a map', row.length, concepts);
  }
  for (const point of unembeddings ?? [])
    agree('simulation: an unembedding', point.length, unembeddings![0]!.length);
}
