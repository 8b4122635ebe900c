import * as vscode from 'vscode';
import { plainText } from './plainText';

/*
 * The only way to notifications, modal questions, messages in the status bar and input boxes (lint forbids others), so
 * that no text of a file or a library becomes a link or an icon. Progress goes through withNotification.ts.
 */

/** @returns the action that the user chose */
export function showInformation<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showInformationMessage(plainText(message), ...actions);
}

/** As {@link showInformation}. */
export function showWarning<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(plainText(message), ...actions);
}

/** As {@link showInformation}. */
export function showError<T extends string>(
  message: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showErrorMessage(plainText(message), ...actions);
}

/** A question that has to be answered first. @returns undefined for *Cancel* */
export function askInModal<T extends string>(
  question: string,
  ...actions: readonly T[]
): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(plainText(question), { modal: true }, ...actions);
}

/** A message in the status bar. */
export function showStatus(message: string, milliseconds: number): void {
  vscode.window.setStatusBarMessage(plainText(message), milliseconds);
}

/** An input box; its prompt and the messages of `validateInput` would render links too. */
export function askForText(
  options: Omit<vscode.InputBoxOptions, 'validateInput'> & {
    readonly validateInput?: (text: string) => string | null | undefined;
  },
): Thenable<string | undefined> {
  const { title, prompt, placeHolder, validateInput } = options;
  return vscode.window.showInputBox({
    ...options,
    ...(title !== undefined && { title: plainText(title) }),
    ...(prompt !== undefined && { prompt: plainText(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: plainText(placeHolder) }),
    validateInput: (text) => {
      const problem = validateInput?.(text);
      return problem ? plainText(problem) : problem;
    },
  });
}
