import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { longestContext } from '../../concepts/contexts';
import { UserError } from '../../errors';
import { formatCount } from '../../format/numbers';
import { textInFront } from '../textInFront';

/**
 * The selected pieces of text, in the order of their selection.
 *
 * @param what to select, for the error
 * @throws UserError if nothing is selected, or too much
 */
export async function selectedContexts(what: string): Promise<readonly string[]> {
  const editor = await textInFront();
  if (!editor) throw new UserError(t`Open a text file first, then select ${what} in it.`);
  const { document, selections } = editor;
  const texts = selections
    .map((selection) => document.getText(new vscode.Range(selection.start, selection.end)).trim())
    .filter((text) => text !== '')
    .map((text) => text.replaceAll('\r\n', '\n'));
  if (texts.length === 0) throw new UserError(t`Select ${what} first (Alt+click adds a selection).`);
  const long = texts.find(({ length }) => length > longestContext);
  if (long !== undefined)
    throw new UserError(
      t`The selected text has ${formatCount(long.length)} characters; a context has at most ${formatCount(longestContext)}.`,
    );
  return texts;
}
