import { basename } from 'node:path';
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { nameInReference, sourceText } from '../../format/modelSource';
import type { ModelSummary } from '../../protocol/modelSummary';
import { plainText } from '../plainText';
import type { ProbeSession } from '../sessions/probeSession';
import { machineText } from '../remoteText';
import { readSettings, settingsSection } from '../stores/settings';

/** Shows the current model, its precision and state. A click selects another model. */
export class ModelStatus extends Disposable {
  readonly #item = this.register(
    vscode.window.createStatusBarItem('conceptProbe.model', vscode.StatusBarAlignment.Left),
  );

  constructor(private readonly session: ProbeSession) {
    super();
    this.#item.name = t('Concept Probe: Model');
    this.#item.command = 'conceptProbe.selectModel';
    const update = (): void => {
      this.#update();
    };
    this.register(session.onDidChange(update));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection)) update();
      }),
    );
    update();
    this.#item.show();
  }

  #update(): void {
    const { result, progress, problem } = this.session.state;
    const { modelFolder, precision } = readSettings();
    const isSettled = !progress && problem === null && result !== null;
    const name =
      modelFolder === '' ? t('built-in model') : (nameInReference(modelFolder) ?? basename(modelFolder));
    const model = isSettled
      ? `${result.model.name} · ${result.model.head.elementType}`
      : [name, precision].filter(Boolean).join(' · ');
    const icon = progress ? '$(sync~spin)' : problem === null ? '$(database)' : '$(warning)';
    this.#item.text = `${icon} ${plainText(model)}`;
    const state =
      progress?.message ?? problem ?? (result === null ? t('ready') : t`${fileText(result.model)}, ready`);
    const place = nameInReference(modelFolder) === undefined ? modelFolder : sourceText(modelFolder);
    this.#item.tooltip = `Concept Probe: ${modelFolder === '' ? name : `${place}, ${machineText()}`}; ${state}`;
  }
}

function fileText({ file, head }: ModelSummary): string {
  return `${file}, ${head.format}, ${head.tensor}`;
}
