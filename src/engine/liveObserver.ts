import type { LiveRun } from '../protocol/simulationMessages';
import {
  curvePoint,
  mapsOf,
  pointsOf,
  type CurvePoint,
  type RunObserver,
} from '../simulator/training/runSimulation';
import type { TrainingRun } from '../simulator/training/trainingRun';

/** Minimum milliseconds between two snapshots of a run: eleven or twelve per second, given the length of a piece. */
const interval = 70;
/** Milliseconds after which a run checks whether it may continue. */
const piece = 20;
/** Largest share of a run's time to spend on snapshots. */
const lookingShare = 0.04;
const mostPoints = 400;

/**
 * Observes a run by the clock: divides it into pieces and takes snapshots, rarely enough to hardly slow it down. The
 * snapshots depend on the machine's speed, the run's numbers do not.
 *
 * @param mayGoOn may block while the run is paused
 * @param show `null`: takes no snapshots
 */
export function liveObserver(
  mayGoOn: () => boolean,
  show: ((live: LiveRun) => void) | null,
  onStep: (step: number) => void,
): RunObserver {
  let curve: CurvePoint[] = [];
  /** One of this many snapshots is added to the curve. Doubled when the curve is full, so that it stays evenly spaced. */
  let stride = 1;
  let taken = 0;
  let begun = performance.now();
  let [trained, due, lastSteps] = [0, 0, 0];
  const take = (run: TrainingRun): LiveRun => {
    const snapshot = run.glance();
    const newest = curvePoint(snapshot);
    const shown = [...curve, newest];
    if (taken++ % stride === 0) curve = shown;
    if (curve.length >= mostPoints) {
      curve = curve.filter((_, at) => at % 2 === 0);
      stride *= 2;
    }
    return {
      config: run.config,
      step: run.steps,
      stepsPerSecond: trained > 0 ? (1000 * run.steps) / trained : 0,
      curve: shown,
      entropyFloor: snapshot.entropyFloor,
      maps: mapsOf(snapshot),
      unembeddings: pointsOf(run),
    };
  };
  return {
    pieceOf: (run) => {
      begun = performance.now();
      lastSteps = run.steps;
      return run.steps === 0 ? 1 : Math.max(1, Math.floor((piece * run.steps) / trained));
    },
    goesOn: (run) => {
      const now = performance.now();
      // The clock may not advance during a step.
      trained += Math.max(now - begun, 0.001 * (run.steps - lastSteps));
      onStep(run.steps);
      if (show && now >= due) {
        show(take(run));
        const cost = performance.now() - now;
        due = now + Math.max(interval, cost + cost / lookingShare);
      }
      return mayGoOn();
    },
  };
}
