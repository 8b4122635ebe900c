import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { nameOf, saveProblem } from './conceptDocument';
import { UserErrorWithActions, type UserAction } from '../attempt';

/** Saves a concept file and remembers the text that was last on disk, to detect changes by other programs. */
export class SavedText {
  readonly #known = new Map<string, string>();

  /** @param useInstead is called with the file if the user saves the text under another name */
  constructor(private readonly useInstead: (uri: vscode.Uri) => Promise<void>) {}

  /** Records that this text is on disk. */
  is(uri: vscode.Uri, text: string): void {
    this.#known.set(uri.toString(), text);
  }

  /** Saves even without a change: text that is only in the editor is lost with the window. @throws UserError if it cannot */
  async save(document: vscode.TextDocument): Promise<void> {
    const { uri } = document;
    const isSaved = await document.save().then(
      (saved) => saved,
      () => false,
    );
    if (isSaved) {
      this.is(uri, document.getText());
      return;
    }
    const { reason, isConflict } = await saveProblem(document, this.#known.get(uri.toString()));
    const retry: UserAction = isConflict
      ? { title: t('Compare'), run: () => compare(uri) }
      : { title: t('Retry'), run: async () => this.save(await vscode.workspace.openTextDocument(uri)) };
    const name = nameOf(uri);
    throw new UserErrorWithActions(
      reason === undefined
        ? t`${name} could not be saved. Until it is saved, the change is only in the editor.`
        : t`${name} could not be saved: ${reason}. Until it is saved, the change is only in the editor.`,
      [retry, { title: t('Save As…'), run: () => this.#saveAs(uri) }],
    );
  }

  async #saveAs(uri: vscode.Uri): Promise<void> {
    await vscode.window.showTextDocument(uri);
    await vscode.commands.executeCommand('workbench.action.files.saveAs');
    const other = vscode.window.activeTextEditor?.document.uri;
    if (!other || other.toString() === uri.toString()) return;
    await this.useInstead(other);
  }
}

async function compare(uri: vscode.Uri): Promise<void> {
  await vscode.window.showTextDocument(uri);
  await vscode.commands.executeCommand('workbench.files.action.compareWithSaved');
}
