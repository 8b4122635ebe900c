import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { simulationFileEnding } from '../../protocol/simulationFile';

/** *Open in Simulator* above the text of a saved simulation. */
export function simulationLens(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { pattern: `**/*${simulationFileEnding}` },
    {
      provideCodeLenses: ({ uri }) => [
        new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
          command: 'conceptProbe.openInSimulator',
          title: t('Open in Simulator'),
          arguments: [uri],
        }),
      ],
    },
  );
}
