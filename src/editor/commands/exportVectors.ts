import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { vectorMatrices, vectorTables } from '../../export/vectorFiles';
import { chooseFolder, sayExported, writeFile } from '../exportTargets';
import { readSettings } from '../stores/settings';
import type { ConceptStore } from '../stores/conceptStore';
import { withProgress } from '../withNotification';

/** *Export Results…* as vectors. @throws EngineError if no pair is kept or the model cannot be read */
export async function exportVectors(store: ConceptStore, engine: EngineClient): Promise<void> {
  const folder = await chooseFolder(t('Select a Folder for the Vectors'));
  if (!folder) return;
  const { model, seed, settings } = readSettings();
  const { direction, ridge, allRows, products } = settings;
  const request = {
    ...{ model, seed, products, settings: { direction, ridge, allRows } },
    ...{ concepts: store.concepts, tokens: store.tokens },
  };
  const result = await withProgress(t('Vectors of words and directions'), (options) =>
    engine.call('vectors', request, options),
  );
  if (!result) return;
  const files = new Map(
    [...vectorTables(result), ...vectorMatrices(result)].map(({ name, content }) => [name, content]),
  );
  for (const [name, content] of files) await writeFile(vscode.Uri.joinPath(folder, name), content);
  sayExported(folder);
}
