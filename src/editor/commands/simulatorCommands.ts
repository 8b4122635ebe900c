import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../../errors';
import { presetNames, presetOf, type PresetName } from '../../simulator/paper/presets';
import type { CommandHandlers } from './commandTable';
import { simulationFileEnding } from '../../protocol/simulationFile';
import type { SimulationStore } from '../stores/simulationStore';
import type { PanelHandle } from '../panelHandle';
import type { SimulatorSession } from '../sessions/simulatorSession';

type SimulatorCommand =
  `conceptProbe.${'showSimulator' | 'openInSimulator' | 'reproducePaper' | 'checkTheorems'}`;

interface PresetItem extends vscode.QuickPickItem {
  readonly preset: PresetName;
  readonly quick: boolean;
}

/** The simulator's commands. Each opens the simulator page, which shows progress and results. */
export function simulatorCommands(
  session: SimulatorSession,
  simulations: SimulationStore,
  panel: PanelHandle,
): Pick<CommandHandlers, SimulatorCommand> {
  return {
    'conceptProbe.showSimulator': () => {
      panel.show('simulator');
    },
    'conceptProbe.openInSimulator': async (given) => {
      const uri = given ?? vscode.window.activeTextEditor?.document.uri;
      if (!uri?.path.endsWith(simulationFileEnding))
        throw new UserError(t`Open a ${simulationFileEnding} file first.`);
      const { id } = await simulations.open(uri);
      panel.show('simulator', { simulation: id });
    },
    'conceptProbe.reproducePaper': async () => {
      const title = t('Select a Table or Figure to Reproduce');
      const chosen = await vscode.window.showQuickPick(presetItems(), { title });
      if (!chosen) return;
      panel.show('simulator');
      const { preset, quick } = chosen;
      session.run({ kind: 'preset', preset, quick, seed: 0, runs: null, steps: null });
    },
    'conceptProbe.checkTheorems': () => {
      panel.show('simulator');
      session.run({ kind: 'theorems', seed: 0 });
    },
  };
}

function presetItems(): PresetItem[] {
  return presetNames.flatMap((preset) =>
    [true, false].map((quick) => {
      const { title, rows } = presetOf(preset, quick, 0);
      const runs = rows.reduce((sum, row) => sum + row.runs, 0);
      return {
        label: title,
        description: quick ? t`quick, ${runs} runs` : t`full, ${runs} runs`,
        preset,
        quick,
      };
    }),
  );
}
