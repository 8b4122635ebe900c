import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import type { EngineClient } from '../../engine/engineClient';
import { fileNamePart } from '../../export/fileNamePart';
import {
  directionControlVector,
  directionMetadata,
  directionVectors,
  safetensorsFile,
} from '../../export/steeringFiles';
import { matrix } from '../../geometry/matrix';
import type { DirectionResult } from '../../protocol/vocabularyResult';
import type { ConceptStore } from '../stores/conceptStore';
import { chooseFolder, defaultUri, exportMatrices, sayExported, writeFile } from '../exportTargets';
import { readSettings } from '../stores/settings';
import { withProgress } from '../withNotification';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: 'safetensors' | 'gguf' | 'npy';
}

const formats: readonly FormatItem[] = [
  {
    label: 'safetensors',
    description: t('the direction and its causal dual in one file'),
    format: 'safetensors',
  },
  { label: t('GGUF control vector'), description: t('the causal dual, for llama.cpp'), format: 'gguf' },
  { label: 'NumPy', description: t('the direction and its causal dual, one file each'), format: 'npy' },
];

/**
 * *Export Direction…*: γ̄_W and Cov(γ)⁻¹γ̄_W of one concept, for steering.
 *
 * @throws EngineError if the concept has no direction; UserError if the model has no place for a control vector
 */
export async function exportDirection(
  concept: string,
  store: ConceptStore,
  engine: EngineClient,
): Promise<void> {
  const format = (await vscode.window.showQuickPick(formats, { title: t('Export the Direction As') }))
    ?.format;
  if (!format) return;
  const { model, seed, settings } = readSettings();
  const { direction, ridge, allRows, products } = settings;
  const request = {
    ...{ model, seed, concept, products, settings: { direction, ridge, allRows } },
    ...{ concepts: store.concepts, tokens: store.tokens },
  };
  const result = await withProgress(t`Direction of ${concept}`, (options) =>
    engine.call('direction', request, options),
  );
  if (!result) return;
  if (format === 'npy') await exportNpy(result);
  else await exportFile(format, result);
}

async function exportNpy(result: DirectionResult): Promise<void> {
  const folder = await chooseFolder(t('Select a Folder for the NumPy Files'));
  if (!folder) return;
  await exportMatrices(
    folder,
    directionVectors(result).map(({ name, values }) => ({
      name: `${fileNamePart(result.concept)}.${name}`,
      values: matrix(1, values.length, values),
    })),
  );
}

async function exportFile(format: 'safetensors' | 'gguf', result: DirectionResult): Promise<void> {
  const bytes =
    format === 'gguf'
      ? directionControlVector(result, version)
      : safetensorsFile(directionVectors(result), directionMetadata(result, version));
  const target = await vscode.window.showSaveDialog({
    title: t('Export Direction'),
    filters: { [format]: [format] },
    ...defaultUri(`${fileNamePart(result.concept)}.${format}`),
  });
  if (!target) return;
  await writeFile(target, bytes);
  sayExported(target);
}
