import {
  checkAlignment,
  checkBetween,
  checkCategories,
  checkComparison,
  checkMeasurement,
  checkNearest,
  checkResult,
  checkSteering,
  checkVocabulary,
} from '../../src/protocol/checkResult';
import { checkManyModels } from '../../src/protocol/checkManyModels';
import { checkLive, checkOutcome } from '../../src/protocol/checkSimulation';
import { emptyPanelState, type PanelState } from '../../src/protocol/panelMessages';

type CheckedPart =
  | 'result'
  | 'early'
  | 'comparison'
  | 'manyModels'
  | 'between'
  | 'nearest'
  | 'vocabulary'
  | 'alignment'
  | 'measurement'
  | 'categories'
  | 'steering'
  | 'simulator'
  | 'simulations';

/** The part of a message that cannot be shown; `all`: the message could not be read. */
export type DamagedPart = CheckedPart | 'all';

/** The state that can be shown, and the parts that cannot because they arrived damaged. */
export interface ArrivedState extends PanelState {
  readonly damaged: ReadonlySet<DamagedPart>;
}

const checks: Readonly<Record<CheckedPart, (change: Partial<PanelState>) => void>> = {
  result: ({ result }) => {
    if (result) checkResult(result);
  },
  early: ({ early }) => {
    if (early) checkResult(early);
  },
  comparison: ({ comparison }) => {
    if (comparison) checkComparison(comparison);
  },
  manyModels: ({ manyModels }) => {
    if (manyModels) checkManyModels(manyModels);
  },
  between: ({ between }) => {
    if (between) checkBetween(between);
  },
  nearest: ({ nearest }) => {
    if (nearest) checkNearest(nearest);
  },
  vocabulary: ({ vocabulary }) => {
    if (vocabulary) checkVocabulary(vocabulary);
  },
  alignment: ({ alignment }) => {
    alignment?.forEach(checkAlignment);
  },
  measurement: ({ measurement }) => {
    measurement?.forEach(checkMeasurement);
  },
  categories: ({ categories }) => {
    if (categories) checkCategories(categories);
  },
  steering: ({ steering }) => {
    if (steering) checkSteering(steering);
  },
  simulator: ({ simulator }) => {
    if (simulator?.progress?.live) checkLive(simulator.progress.live);
  },
  simulations: ({ simulations = [] }) => {
    for (const { outcome } of simulations) checkOutcome(outcome);
  },
};

/**
 * The state after a change. A part that fails its check is omitted until it is sent again.
 *
 * @param report is called with the reason
 */
export function withChange(
  before: ArrivedState | undefined,
  change: Partial<PanelState>,
  report: (reason: string) => void,
): ArrivedState {
  const damaged = new Set(before?.damaged);
  // The message that could not be read may have contained the result.
  if ('result' in change) damaged.delete('all');
  let state: PanelState = { ...emptyPanelState, ...before, ...change };
  for (const part of Object.keys(checks) as CheckedPart[]) {
    if (!(part in change)) continue;
    damaged.delete(part);
    const flaw = thrownBy(checks[part], change);
    if (flaw === undefined) continue;
    damaged.add(part);
    state = { ...state, [part]: emptied(part, state) };
    report(flaw);
  }
  return { ...state, damaged };
}

/** The state after a message that could not be read. */
export function unreadable(): ArrivedState {
  return { ...emptyPanelState, damaged: new Set(['all']) };
}

function emptied(part: CheckedPart, { simulator }: PanelState): PanelState[CheckedPart] {
  // The task continues even if its progress cannot be shown.
  return part === 'simulator' ? { ...simulator, progress: null } : emptyPanelState[part];
}

function thrownBy(
  check: (change: Partial<PanelState>) => void,
  change: Partial<PanelState>,
): string | undefined {
  try {
    check(change);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
