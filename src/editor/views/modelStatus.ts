import { basename } from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import { sourceText } from '../../format/modelSource';
import { isModelReference, parseReference } from '../../protocol/foundModel';
import type { ModelSummary } from '../../protocol/modelSummary';
import { plainText } from '../plainText';
import type { ProbeSession } from '../sessions/probeSession';
import { machineText } from '../remoteText';
import { readSettings } from '../stores/settings';

/** Shows the current model, its precision and state. A click selects another model. */
export class ModelStatus extends Disposable {
  readonly #item = this.register(
    vscode.window.createStatusBarItem('conceptProbe.model', vscode.StatusBarAlignment.Left),
  );

  constructor(private readonly session: ProbeSession) {
    super();
    this.#item.name = 'Concept Probe: Model';
    this.#item.command = 'conceptProbe.selectModel';
    this.register(
      session.onDidChange(() => {
        this.#update();
      }),
    );
  }

  #update(): void {
    const { result, progress, problem, conceptFile } = this.session.state;
    const { modelFolder, precision } = readSettings();
    const isSettled = !progress && problem === null && result !== null;
    const name =
      modelFolder === '' ? 'built-in model' : (parseReference(modelFolder)?.name ?? basename(modelFolder));
    const model = isSettled
      ? `${result.model.name} · ${result.model.head.elementType}`
      : [name, precision].filter(Boolean).join(' · ');
    const icon = progress ? '$(sync~spin)' : problem === null ? '$(database)' : '$(warning)';
    this.#item.text = `${icon} ${plainText(model)}`;
    const state =
      progress?.message ?? problem ?? (result === null ? 'ready' : `${fileText(result.model)}, ready`);
    const place = isModelReference(modelFolder) ? sourceText(modelFolder) : modelFolder;
    this.#item.tooltip = `Concept Probe: ${modelFolder === '' ? name : `${place}, ${machineText()}`}; ${state}`;
    if (conceptFile === null) this.#item.hide();
    else this.#item.show();
  }
}

function fileText({ file, head }: ModelSummary): string {
  return `${file}, ${head.format}, ${head.tensor}`;
}
