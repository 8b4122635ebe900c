import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { Disposable } from '../disposable';
import type { Tints } from '../sessions/tints';
import { Throttle } from '../throttle';
import { tintLabel, tintLegend } from './tintWords';

const interval = 250;

/** The tint of the text in front: its concepts and progress, with the legend as the tooltip. A click offers what to do. */
export class TintStatus extends Disposable {
  readonly #item = this.register(
    vscode.window.createStatusBarItem('conceptProbe.tint', vscode.StatusBarAlignment.Left),
  );

  constructor(private readonly tints: Tints) {
    super();
    this.#item.name = t('Concept Probe: Tint');
    this.#item.command = 'conceptProbe.showTintOptions';
    const throttle = this.register(
      new Throttle(() => {
        this.#update();
      }, interval),
    );
    const later = (): void => {
      throttle.request();
    };
    this.register(tints.onDidChange(later));
    this.register(vscode.window.onDidChangeActiveColorTheme(later));
  }

  #update(): void {
    const tint = this.tints.current;
    if (!tint) {
      this.#item.hide();
      return;
    }
    this.#item.text = `$(symbol-color) ${tintLabel(tint)}`;
    this.#item.tooltip = tintLegend(tint);
    this.#item.show();
  }
}
