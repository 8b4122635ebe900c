import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ContextSet } from '../../concepts/contexts';
import { decodeText } from '../../concepts/lists/decodeText';
import { UserError } from '../../errors';
import { plural } from '../../format/plural';
import { referenceContexts, referenceText, type TintReference } from '../../reading/tintReference';
import { plainText } from '../plainText';
import { nameOf } from '../stores/conceptDocument';
import { isReadable } from '../textInFront';

interface ReferenceItem extends vscode.QuickPickItem {
  readonly read: () => TintReference | null | undefined | Promise<TintReference | undefined>;
}

/**
 * Asks what a document is standardized against.
 *
 * @param sets labelled contexts of the concept file

 * @returns `null` for the document itself, `undefined` if the user cancels
 * @throws UserError if a file is no text, or empty
 */
export async function askForReference(
  document: vscode.TextDocument,
  sets: readonly ContextSet[],
): Promise<TintReference | null | undefined> {
  const chosen = await vscode.window.showQuickPick(referenceItems(document, sets), {
    title: t('Standardize Against'),
    placeHolder: t('z = (value − mean) ∕ standard deviation of the values there'),
  });
  return chosen?.read();
}

function referenceItems(document: vscode.TextDocument, sets: readonly ContextSet[]): ReferenceItem[] {
  const others = vscode.workspace.textDocuments.filter(
    (other) => other !== document && isReadable(other) && other.getText().trim() !== '',
  );
  return [
    { label: t('This Document'), description: t('all its tokens'), read: () => null },
    ...others.map((other) => ({
      label: plainText(nameOf(other.uri)),
      description: plainText(vscode.workspace.asRelativePath(other.uri)),
      read: () => referenceText(nameOf(other.uri), other.getText()),
    })),
    ...sets.map(({ label, texts }) => ({
      label: plainText(label),
      description: plural(texts.length, 'context'),
      read: () => referenceContexts(label, texts),
    })),
    { label: `$(file) ${t('Text File…')}`, read: readFile },
  ];
}

async function readFile(): Promise<TintReference | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({ title: t('Standardize Against'), openLabel: t('Select') })) ?? [];
  if (!uri) return undefined;
  const name = nameOf(uri);
  const text = decodeText(await vscode.workspace.fs.readFile(uri), name);
  if (text.trim() === '') throw new UserError(t`${name} is empty; select a text.`);
  return referenceText(name, text);
}
