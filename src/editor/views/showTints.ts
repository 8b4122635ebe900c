import * as vscode from 'vscode';
import type { Tints } from '../sessions/tints';
import { TintDecorations } from './tintDecorations';
import { TintHover } from './tintHover';
import { TintStatus } from './tintStatus';

/** Shows tints in the text, on hover and in the status bar. */
export function showTints(tints: Tints): vscode.Disposable {
  return vscode.Disposable.from(
    new TintDecorations(tints),
    new TintStatus(tints),
    vscode.languages.registerHoverProvider({ scheme: '*' }, new TintHover(tints)),
  );
}
