import { UserError } from '../../errors';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import { simulationMatrices } from '../../export/simulationMatrices';
import { simulationTables } from '../../export/simulationTables';
import type { SavedAction } from '../../protocol/panelMessages';
import { serializeSimulation, simulationFileEnding } from '../../protocol/simulationFile';
import type { SavedSimulation } from '../../protocol/simulationMessages';
import {
  chooseFolder,
  defaultUri,
  exportMatrices,
  exportTables,
  sayExported,
  writeFile,
} from '../exportTargets';
import { askForText, askInModal } from '../notify';
import type { SimulationStore } from './simulationStore';
import type { SimulatorSession } from '../sessions/simulatorSession';
import { withProgress } from '../withNotification';

/** Runs an action of the panel's list on a simulation. @throws UserError if it cannot be done */
export async function actOnSaved(
  id: string,
  action: SavedAction,
  store: SimulationStore,
  session: SimulatorSession,
): Promise<void> {
  const saved = store.find(id);
  if (!saved) throw new UserError(t('This simulation no longer exists: its file was removed.'));
  switch (action) {
    case 'rename': {
      const name = await askForText({ title: t`Rename ${saved.name}`, value: saved.name });
      if (name?.trim()) await store.rename(id, name.trim());
      return;
    }
    case 'save':
    case 'json': {
      const target = await vscode.window.showSaveDialog({
        title: action === 'save' ? t('Save the Simulation in the Workspace') : t('Export the Simulation'),
        filters: { [t('Simulation')]: ['json'] },
        ...defaultUri(`${fileNameOf(saved)}${simulationFileEnding}`),
      });
      if (!target) return;
      if (action === 'save') await store.save(id, target);
      else {
        await writeFile(target, serializeSimulation(saved, version));
        sayExported(target);
      }
      return;
    }
    case 'delete': {
      const question = saved.file === null ? t`Delete “${saved.name}”?` : t`Move ${saved.file} to the trash?`;
      const isSure = await askInModal(question, t('Delete'));
      if (isSure) await store.remove(id);
      return;
    }
    case 'open':
      await vscode.window.showTextDocument(vscode.Uri.parse(saved.id));
      return;
    case 'csv':
      return exportCsv(saved);
    case 'npy':
      return exportNpy(saved, session);
  }
}

async function exportCsv({ outcome }: SavedSimulation): Promise<void> {
  const folder = await chooseFolder(t('Select a Folder for the CSV Files'));
  if (!folder) return;
  await exportTables(folder, simulationTables(outcome));
}

/** Exports the matrices f and g of the first run, which is repeated to compute them and gives the same numbers. */
async function exportNpy({ outcome }: SavedSimulation, session: SimulatorSession): Promise<void> {
  if (outcome.kind !== 'simulation')
    throw new UserError(t('NumPy export saves the tables f and g of a single simulation. Select one.'));
  const { config, runs } = outcome.result;
  const first = runs[0]!;
  const folder = await chooseFolder(t('Select a Folder for the NumPy Files'));
  if (!folder) return;
  const same = { ...config, seed: first.seed, steps: first.steps };
  const tables = await withProgress(t('Computing the tables f and g'), (options) =>
    session.tables(same, options),
  );
  if (!tables) return;
  await exportMatrices(folder, simulationMatrices(first, tables));
}

function fileNameOf({ name }: SavedSimulation): string {
  return name.replace(/[^\p{L}\p{N}.=-]+/gu, '-').replace(/^[.-]+|[.-]+$/gu, '') || 'simulation';
}
