import { config } from '@vscode/l10n';
import * as vscode from 'vscode';
import { english, type Translation } from '../protocol/translation';

const { bundle } = vscode.l10n;

/** That of VS Code's display language; English if there is none for it. */
export const translation: Translation = bundle ? { language: vscode.env.language, texts: bundle } : english;

// Module constants are translated as well, so extension.ts imports this file first.
if (bundle) config({ contents: bundle });
