import type * as vscode from 'vscode';
import { newDropsText } from '../../format/newDrops';
import type { ProbeSession } from '../sessions/probeSession';
import { showStatus } from '../notify';

/** Says in the status bar when a pair that was just added does not count. */
export function newDrops(session: ProbeSession): vscode.Disposable {
  let { result, conceptFile } = session.state;
  return session.onDidChange((state) => {
    const earlier = state.conceptFile === conceptFile ? result : null;
    ({ result, conceptFile } = state);
    if (!earlier || !result || earlier === result || earlier.model.name !== result.model.name) return;
    const text = newDropsText(earlier, result);
    if (text !== undefined) showStatus(text, 8000);
  });
}
