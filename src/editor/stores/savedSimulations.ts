import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { version } from '../../../package.json';
import { simulationMatrices } from '../../export/simulationMatrices';
import { simulationTables } from '../../export/simulationTables';
import type { KeptAction } from '../../protocol/panelMessages';
import { serializeSimulation, simulationFileEnding } from '../../protocol/simulationFile';
import type { KeptSimulation } from '../../protocol/simulationMessages';
import { chooseFolder, defaultUri, exportMatrices, exportTables, writeFile } from '../exportTargets';
import { askForText, askInModal } from '../notify';
import type { SimulationStore } from './simulationStore';
import type { SimulatorSession } from '../sessions/simulatorSession';
import { withProgress } from '../withNotification';

/** What the panel's list does with a simulation. @throws UserError where it cannot be done */
export async function actOnKept(
  id: string,
  action: KeptAction,
  store: SimulationStore,
  session: SimulatorSession,
): Promise<void> {
  const kept = store.find(id);
  if (!kept) throw new UserError('This simulation is gone; its file was removed.');
  switch (action) {
    case 'rename': {
      const name = await askForText({ title: `Rename ${kept.name}`, value: kept.name });
      if (name?.trim()) await store.rename(id, name.trim());
      return;
    }
    case 'save':
    case 'json': {
      const target = await vscode.window.showSaveDialog({
        title: action === 'save' ? 'Save the Simulation in the Workspace' : 'Export the Simulation',
        filters: { Simulation: ['json'] },
        ...defaultUri(`${fileNameOf(kept)}${simulationFileEnding}`),
      });
      if (!target) return;
      if (action === 'save') await store.save(id, target);
      else await writeFile(target, serializeSimulation(kept, version));
      return;
    }
    case 'delete': {
      const question = kept.file === null ? `Delete “${kept.name}”?` : `Move ${kept.file} to the trash?`;
      const isSure = await askInModal(question, 'Delete');
      if (isSure) await store.remove(id);
      return;
    }
    case 'open':
      await vscode.window.showTextDocument(vscode.Uri.parse(kept.id));
      return;
    case 'csv':
      return exportCsv(kept);
    case 'npy':
      return exportNpy(kept, session);
  }
}

async function exportCsv({ outcome }: KeptSimulation): Promise<void> {
  const folder = await chooseFolder('Folder for the CSV files');
  if (!folder) return;
  await exportTables(folder, simulationTables(outcome));
}

/** The matrices of the first run: it is done again for f and g, which gives the same numbers. */
async function exportNpy({ outcome }: KeptSimulation, session: SimulatorSession): Promise<void> {
  if (outcome.kind !== 'simulation')
    throw new UserError('NumPy files are of the tables f and g of a single simulation; choose one.');
  const { config, runs } = outcome.result;
  const first = runs[0]!;
  const folder = await chooseFolder('Folder for the NumPy files');
  if (!folder) return;
  const same = { ...config, seed: first.seed, steps: first.steps };
  const tables = await withProgress('Tables f and g', (options) => session.tables(same, options));
  if (!tables) return;
  await exportMatrices(folder, simulationMatrices(first, tables));
}

function fileNameOf({ name }: KeptSimulation): string {
  return name.replace(/[^\p{L}\p{N}.=-]+/gu, '-').replace(/^[.-]+|[.-]+$/gu, '') || 'simulation';
}
