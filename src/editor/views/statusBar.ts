import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { plural } from '../../format/plural';
import { isolated } from '../../format/isolated';
import type { ConceptStore } from '../stores/conceptStore';
import { Disposable } from '../disposable';
import type { Mark } from './markedWord';
import { plainText } from '../plainText';
import type { ProbeSession } from '../sessions/probeSession';

/** A short item: the marked word, the progress, or the number of concepts. A click shows the geometry. */
export class StatusBar extends Disposable {
  readonly #item = this.register(
    vscode.window.createStatusBarItem('conceptProbe.status', vscode.StatusBarAlignment.Left),
  );

  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
    private readonly mark: Mark,
  ) {
    super();
    this.#item.name = 'Concept Probe';
    const update = (): void => {
      this.#update();
    };
    this.register(store.onDidChange(update));
    this.register(session.onDidChange(update));
    this.register(mark.onDidChange(update));
    update();
  }

  #update(): void {
    const { marked } = this.mark;
    const { result, progress, problem } = this.session.state;
    const count = this.store.concepts.length;
    if (marked) {
      this.#item.text = `$(pinned) ${isolated(plainText(marked.word))} → …`;
      this.#item.tooltip = t`“${isolated(marked.word)}” is marked as the base. Select its counterpart and add the pair, or press Escape to clear the mark.`;
      this.#item.command = 'conceptProbe.clearMark';
    } else {
      const icon = problem === null ? '$(compass)' : '$(warning)';
      this.#item.text = `${icon} ${plural(count, 'concept')}`;
      this.#item.tooltip =
        problem ??
        progress?.message ??
        (result ? t`Show Geometry in ${result.model.name}` : t('Show Geometry'));
      this.#item.command = 'conceptProbe.showGeometry';
    }
    if (marked || this.store.state.kind !== 'none') this.#item.show();
    else this.#item.hide();
  }
}
