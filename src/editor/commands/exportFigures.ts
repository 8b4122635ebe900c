import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../../errors';
import type { FigureScope, GeometryState } from '../../protocol/panelMessages';
import { chooseFolder, sayExported, writeFile } from '../exportTargets';
import type { PanelHandle } from '../panelHandle';
import { withNotification } from '../withNotification';
import { reportOf } from './exportResults';

interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: FigureScope;
}

const scopes: readonly ScopeItem[] = [
  { label: t('Figures That the Panel Shows'), scope: 'shown' },
  { label: t('Figures of All Concepts'), description: t('on the Geometry page'), scope: 'all' },
];

/**
 * *Export Figures…*: figures as SVG and PNG, with their numbers and captions, and the report, in one folder.
 *
 * @throws UserError if there are none, or one cannot be made or written
 */
export async function exportFigures(
  state: GeometryState,
  extension: vscode.Uri,
  panel: PanelHandle,
): Promise<void> {
  const concepts = state.result?.concepts.length ?? 0;
  const scope =
    concepts < 2
      ? 'shown'
      : (await vscode.window.showQuickPick(scopes, { title: t('Export Figures') }))?.scope;
  if (!scope) return;
  const folder = await chooseFolder(t('Select a Folder for the Figures'));
  if (!folder) return;
  const count = await withNotification(t('Exporting figures'), async (signal, progress) => {
    const done = await writeFigures(folder, scope, panel, signal, (message) => {
      progress.report({ message });
    });
    if (state.result && !signal.aborted)
      await writeFile(vscode.Uri.joinPath(folder, 'report.html'), await reportOf(state, extension));
    return done;
  });
  if (count > 0) sayExported(folder);
}

/** @returns the number of figures */
async function writeFigures(
  folder: vscode.Uri,
  scope: FigureScope,
  panel: PanelHandle,
  signal: AbortSignal,
  report: (message: string) => void,
): Promise<number> {
  const writing: Promise<void>[] = [];
  const problems: string[] = [];
  let count = 0;
  const isDone = await panel.collectFigures(
    scope,
    ({ files, left, problem }) => {
      for (const { name, content } of files)
        writing.push(writeFile(vscode.Uri.joinPath(folder, name), content));
      if (files.length > 0) count++;
      if (problem !== null) problems.push(problem);
      report(t`${count} of ${count + left}`);
    },
    signal,
  );
  await Promise.all(writing);
  if (signal.aborted) return 0;
  if (!isDone)
    throw new UserError(t('The panel was closed or hidden before all figures were exported; export again.'));
  if (problems.length > 0)
    throw new UserError(t`Some figures could not be exported: ${problems.join('; ')}.`);
  if (count === 0)
    throw new UserError(
      t('The panel shows no figures yet. Add pairs to a concept, or run a simulation, first.'),
    );
  return count;
}
