import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import type { SimulatorUi } from '../simulatorUi';

/** Changes what the reader chose on this page. */
export function chooserOf(
  { simulator }: UiState,
  { choose }: Actions,
): (change: Partial<SimulatorUi>) => void {
  return (change) => {
    choose({ simulator: { ...simulator, ...change } });
  };
}
