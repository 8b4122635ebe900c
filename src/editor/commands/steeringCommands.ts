import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { csv } from '../../export/csv';
import { plural } from '../../format/plural';
import { shownProduct } from '../../format/shownProduct';
import type { ContinuationState } from '../../protocol/steeringMessages';
import { showStatus } from '../notify';
import type { ProbeSession } from '../sessions/probeSession';
import { endOf } from '../sessions/steeredContext';
import type { ConceptStore } from '../stores/conceptStore';
import { readSettings } from '../stores/settings';
import { textInFront } from '../textInFront';
import type { CommandHandlers } from './commandTable';
import { askForConcept } from './askForRow';

/** Characters of a document that are given to the model at most: more than its window holds. */
const mostCharacters = 20_000;

/** *Steer This Context…*: the text before the cursor, or the selection, along a concept. */
export function steeringCommands(
  store: ConceptStore,
  session: ProbeSession,
  showGeometry: () => void,
): Pick<CommandHandlers, 'conceptProbe.steerContext'> {
  return {
    'conceptProbe.steerContext': async (given) => {
      const context = await contextAtCursor();
      const concept =
        given && 'concept' in given
          ? given.concept
          : await askForConcept(store, t('Select a Concept to Steer Along'));
      if (concept === undefined) return;
      const product = shownProduct(readSettings().settings.products.includes('causal'));
      session.steer({ ...context, concept, product });
      showGeometry();
    },
  };
}

/**
 * The selection, or the text from the beginning of the document to the cursor; of a long one the end. Spaces at its end are
 * left out, because tokens of words begin with the space before them.
 *
 * @throws UserError if there is no text
 */
async function contextAtCursor(): Promise<{ readonly text: string; readonly isCut: boolean }> {
  const editor = await textInFront();
  if (!editor) throw new UserError(t('Open a text and place the cursor after the context to steer.'));
  const { document, selection } = editor;
  const from = selection.isEmpty ? new vscode.Position(0, 0) : selection.start;
  const end = document.offsetAt(selection.isEmpty ? selection.active : selection.end);
  const start = Math.max(document.offsetAt(from), end - mostCharacters - 1);
  const given = document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
  const text = endOf(given, mostCharacters).replace(/[ \t]+$/u, '');
  if (text.trim() === '') throw new UserError(t('There is no text before the cursor.'));
  return { text, isCut: end - document.offsetAt(from) > mostCharacters };
}

/** Copies the table of continuations as CSV. @throws UserError if there is none */
export async function copyContinuations(state: ContinuationState | null): Promise<void> {
  const written = state?.written;
  if (!written) throw new UserError(t('There is no continuation to copy; run Continue with Steering first.'));
  const rows = written.result.continuations.map(({ alpha, text }) => [alpha, text]);
  await vscode.env.clipboard.writeText(csv([['alpha', 'text'], ...rows]));
  showStatus(t`Copied ${plural(rows.length, 'continuation')}`, 4000);
}
