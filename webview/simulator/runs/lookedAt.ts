import type { PanelState } from '../../../src/protocol/panelMessages';
import type { KeptSimulation } from '../../../src/protocol/simulationMessages';
import type { UiState } from '../../state/uiState';

/** What the page shows beside its settings. */
export type LookedAt =
  | { readonly kind: 'nothing' }
  /** The task under way. */
  | { readonly kind: 'live' }
  | { readonly kind: 'kept'; readonly kept: KeptSimulation; readonly compared: KeptSimulation | null };

/** What was chosen in the list; else what runs; else the newest. */
export function lookedAt({ simulator: { task }, simulations }: PanelState, { simulator }: UiState): LookedAt {
  const byId = (id: string | null) => simulations.find((kept) => kept.id === id);
  const kept = byId(simulator.looked);
  if (!kept && task) return { kind: 'live' };
  const shown = kept ?? simulations[0];
  if (!shown) return { kind: 'nothing' };
  const other = byId(simulator.compared);
  return { kind: 'kept', kept: shown, compared: other && canCompare(shown, other) ? other : null };
}

/** Curves and maps are those of simulations. */
export function canCompare(a: KeptSimulation, b: KeptSimulation): boolean {
  return a.id !== b.id && a.outcome.kind === 'simulation' && b.outcome.kind === 'simulation';
}
