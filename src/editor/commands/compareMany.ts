import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { EngineClient } from '../../engine/engineClient';
import { plural } from '../../format/plural';
import { engineEnvironment } from '../engineEnvironment';
import type { ProbeSession } from '../sessions/probeSession';
import { readSettings } from '../stores/settings';
import { withProgress } from '../withNotification';
import { askForModels, type ModelChoiceContext } from './modelCommands';

interface CompareContext {
  readonly extension: vscode.Uri;
  readonly models: ModelChoiceContext;
  readonly session: ProbeSession;
  readonly showGeometry: () => void;
}

/**
 * *Compare Models…*: the current model and those that the user ticks. It runs in an engine of its own, so that edits are still
 * measured meanwhile, and *Cancel* ends nothing else. With one other model, its comparison follows every edit.
 */
export async function compareMany({
  extension,
  models,
  session,
  showGeometry,
}: CompareContext): Promise<void> {
  const others = await askForModels(models, t('Select Models to Compare'));
  const [first, ...more] = others ?? [];
  if (first === undefined) return;
  if (more.length === 0) {
    session.compareWith(first);
    showGeometry();
    return;
  }
  const request = session.manyModelsRequest([readSettings().model, first, ...more]);
  const { log } = models;
  const path = vscode.Uri.joinPath(extension, 'dist', 'engine.js').fsPath;
  const engine = new EngineClient(path, log.info.bind(log), 'engine', engineEnvironment);
  try {
    const title = t`Comparing ${plural(request.models.length, 'model')}`;
    const result = await withProgress(title, (options) => engine.call('compareMany', request, options));
    if (!result) return;
    session.showManyModels(request, result);
    showGeometry();
  } finally {
    engine.dispose();
  }
}
