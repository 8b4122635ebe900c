import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { includedPairs } from '../../concepts/concept';
import { UserError } from '../../errors';
import { isolated } from '../../format/isolated';
import { looksBinary } from '../../reading/looksBinary';
import { plainText } from '../plainText';
import type { DocumentTint } from '../sessions/documentTint';
import type { Tints } from '../sessions/tints';
import { nameOf } from '../stores/conceptDocument';
import type { ConceptStore } from '../stores/conceptStore';
import { textInFront } from '../textInFront';
import { askForReference } from './askForReference';
import type { CommandHandlers } from './commandTable';
import { askForConcept } from './askForRow';
import { showPeaks } from './tintPeakList';

type TintCommand = `conceptProbe.${'tintDocument' | 'clearTint' | 'showTintPeaks' | 'showTintOptions'}`;

/** The commands that tint a text by concepts. */
export function tintCommands(store: ConceptStore, tints: Tints): Pick<CommandHandlers, TintCommand> {
  const clear = (): void => {
    tints.clear(currentTint(tints).document);
  };
  const tintDocument = async (given: string | undefined, shown?: vscode.TextDocument): Promise<void> => {
    const document = shown ?? (await textToTint());
    const concept = given ?? (await askForConcept(store, t('Select a Concept to Tint the Document By')));
    if (concept === undefined) return;
    const second = await askForSecond(store, concept);
    if (second === undefined) return;
    tints.start(document, second === null ? [concept] : [concept, second]);
  };
  const standardize = async (): Promise<void> => {
    const tint = currentTint(tints);
    const reference = await askForReference(tint.document, store.contexts.contextSets ?? []);
    if (reference !== undefined) tints.standardize(tint, reference);
  };
  return {
    'conceptProbe.tintDocument': (given) => tintDocument(given?.concept),
    'conceptProbe.clearTint': clear,
    'conceptProbe.showTintPeaks': () => showPeaks(currentTint(tints)),
    'conceptProbe.showTintOptions': async () => {
      const tint = currentTint(tints);
      const items: (vscode.QuickPickItem & { run: () => void | Promise<void> })[] = [
        { label: `$(list-ordered) ${t('Peaks…')}`, run: () => showPeaks(tint) },
        { label: `$(symbol-ruler) ${t('Standardize Against…')}`, run: standardize },
        {
          label: `$(symbol-color) ${t('Tint by Another Concept…')}`,
          run: () => tintDocument(undefined, tint.document),
        },
        { label: `$(close) ${t('Clear Tint')}`, run: clear },
      ];
      const title = t`Tint of ${nameOf(tint.document.uri)} by ${tint.names.join(' × ')}`;
      await (await vscode.window.showQuickPick(items, { title }))?.run();
    },
  };
}

/** @throws UserError if no visible text is tinted */
function currentTint({ current }: Tints): DocumentTint {
  if (!current) throw new UserError(t('No visible text is tinted. Run Tint Document by Concept first.'));
  return current;
}

/** @throws UserError if there is no text to read */
async function textToTint(): Promise<vscode.TextDocument> {
  const document = (await textInFront())?.document;
  if (!document) throw new UserError(t('Open a text to tint first.'));
  const text = document.getText();
  const name = nameOf(document.uri);
  if (text.trim() === '') throw new UserError(t`${name} is empty; write or open a text to tint.`);
  if (looksBinary(text)) throw new UserError(t`${name} is a binary file; open a text to tint.`);
  return document;
}

/** @returns `null` for no second concept, `undefined` if the user cancels */
async function askForSecond(store: ConceptStore, first: string): Promise<string | null | undefined> {
  const others = store.concepts.filter(
    (concept) => concept.name !== first && includedPairs(concept).length > 0,
  );
  if (others.length === 0) return null;
  const items = [
    { label: t('None'), description: t`only by ${isolated(plainText(first))}`, name: null },
    ...others.map(({ name }) => ({ label: plainText(name), name })),
  ];
  const title = t('Also Tint by a Second Concept');
  return (await vscode.window.showQuickPick<vscode.QuickPickItem & { name: string | null }>(items, { title }))
    ?.name;
}
