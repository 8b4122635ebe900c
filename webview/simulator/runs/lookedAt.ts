import type { PanelState } from '../../../src/protocol/panelMessages';
import type { SavedSimulation } from '../../../src/protocol/simulationMessages';
import type { UiState } from '../../state/uiState';

/** What the page shows next to its settings. */
export type LookedAt =
  | { readonly kind: 'nothing' }
  /** The running task. */
  | { readonly kind: 'live' }
  | { readonly kind: 'saved'; readonly saved: SavedSimulation; readonly compared: SavedSimulation | null };

/** The simulation selected in the list, else the running task, else the newest simulation. */
export function lookedAt({ simulator: { task }, simulations }: PanelState, { simulator }: UiState): LookedAt {
  const byId = (id: string | null) => simulations.find((saved) => saved.id === id);
  const saved = byId(simulator.looked);
  if (!saved && task) return { kind: 'live' };
  const shown = saved ?? simulations[0];
  if (!shown) return { kind: 'nothing' };
  const other = byId(simulator.compared);
  return { kind: 'saved', saved: shown, compared: other && canCompare(shown, other) ? other : null };
}

/** Only simulations have curves and maps to compare. */
export function canCompare(a: SavedSimulation, b: SavedSimulation): boolean {
  return a.id !== b.id && a.outcome.kind === 'simulation' && b.outcome.kind === 'simulation';
}
