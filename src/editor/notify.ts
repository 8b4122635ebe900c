import * as vscode from 'vscode';
import { capital } from '../format/numbers';
import { plainText } from './plainText';

/*
 * The only module that shows notifications, modal questions, status bar messages and input boxes (enforced by lint), so that
 * no text of a file or a library becomes a link or an icon. Progress goes through withNotification.ts.
 */

/** @returns the action that the user chose */
export function showInformation<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showInformationMessage(plainText(message), ...actions);
}

/** See {@link showInformation}. */
export function showWarning<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(plainText(message), ...actions);
}

/** See {@link showInformation}. */
export function showError<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showErrorMessage(plainText(message), ...actions);
}

/** A modal question. @returns undefined for *Cancel* */
export function askInModal<T extends string>(
  question: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(plainText(question), { modal: true }, ...actions);
}

/** Shows a message in the status bar. */
export function showStatus(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(plainText(message), milliseconds);
}

/**
 * Shows an input box, whose prompt and `validateInput` messages would otherwise render links too. `warnOf` says what a valid text
 * leads to, without rejecting it.
 */
export function askForText(
  options: Omit<vscode.InputBoxOptions, 'validateInput'> & {
    readonly validateInput?: (text: string) => string | null | undefined;
    readonly warnOf?: (text: string) => Promise<string | undefined> | undefined;
  },
): Thenable<string | undefined> {
  const { title, prompt, placeHolder, validateInput, warnOf } = options;
  return vscode.window.showInputBox({
    ...options,
    ...(title !== undefined && { title: plainText(title) }),
    ...(prompt !== undefined && { prompt: plainText(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: plainText(placeHolder) }),
    validateInput: async (text) => {
      const problem = validateInput?.(text);
      if (problem) return plainText(problem);
      const warning = await warnOf?.(text);
      return warning === undefined
        ? undefined
        : { message: plainText(capital(warning)), severity: vscode.InputBoxValidationSeverity.Warning };
    },
  });
}
