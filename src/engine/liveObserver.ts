import type { LiveRun } from '../protocol/simulationMessages';
import {
  curvePoint,
  mapsOf,
  pointsOf,
  type CurvePoint,
  type RunObserver,
} from '../simulator/training/runSimulation';
import type { TrainingRun } from '../simulator/training/trainingRun';

/** Milliseconds between two pictures of a run, at least: with pieces, eleven or twelve in a second. */
const interval = 70;
/** Milliseconds after which a run asks whether it may go on. */
const piece = 20;
/** Looking may take this share of a run's time. */
const lookingShare = 0.04;
const mostPoints = 400;

/**
 * Watches a run by the clock: divides it into pieces and takes pictures, so seldom that the run hardly notices. What is
 * seen depends on the machine's speed, the run's numbers do not.
 *
 * @param mayGoOn may wait, for as long as the run is paused
 * @param show `null`: nobody looks, and no picture is taken
 */
export function liveObserver(
  mayGoOn: () => boolean,
  show: ((live: LiveRun) => void) | null,
  onStep: (step: number) => void,
): RunObserver {
  let curve: CurvePoint[] = [];
  /** Every so many pictures one stays in the curve: doubled when it is full, so that it stays evenly spread. */
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
      // A clock may stand still for a step.
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
