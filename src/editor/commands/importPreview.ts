import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { pairLabel, type Concept } from '../../concepts/concept';
import type { SourceChoice } from '../../concepts/conceptSources';
import { plural } from '../../format/plural';

/** What an import would add. */
export interface Preview {
  readonly concepts: readonly (Concept & { readonly path: string; readonly skipped: number })[];
  readonly notes: readonly string[];
  readonly choices: readonly SourceChoice[];
  /** Whether words are tokenized without a space before them; `null` if the concept file does so already. */
  readonly withoutSpace: boolean | null;
}

/** The user's answer: import these concepts, use other columns of a file, or read its first line as a pair too. */
export type PreviewChoice =
  | { readonly kind: 'import'; readonly names: ReadonlySet<string>; readonly withoutSpace: boolean }
  | { readonly kind: 'columns'; readonly path: string }
  | { readonly kind: 'header'; readonly path: string };

interface PreviewItem extends vscode.QuickPickItem {
  readonly concept?: string;
  readonly path?: string;
  readonly isSpace?: true;
}

const columnsButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('split-horizontal'),
  tooltip: t('Choose Columns…'),
};
const headerButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('list-flat'),
  tooltip: t('The First Line Is a Pair Too'),
};

const notesButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('output'),
  tooltip: t('Show All Notes'),
};

/** Number of pairs shown of each concept. */
const shown = 4;

/** Shows what would be imported, with everything checked; one confirmation imports it. `undefined`: the user cancelled. */
export function showPreview(preview: Preview, showNotes: () => void): Promise<PreviewChoice | undefined> {
  const { concepts, notes, choices, withoutSpace } = preview;
  const pick = vscode.window.createQuickPick<PreviewItem>();
  const items = concepts.map((concept): PreviewItem => conceptItem(concept, choices));
  const space: PreviewItem = {
    label: t('Tokenize words without a space before them'),
    description: t('for Chinese, Japanese, Thai …; applies to every word of the concept file'),
    isSpace: true,
  };
  const separator = (label: string): PreviewItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const count = concepts.reduce((sum, { pairs }) => sum + pairs.length, 0);
  pick.title = t`Import ${plural(count, 'pair')} in ${plural(concepts.length, 'concept')}?`;
  pick.placeholder =
    notes.length === 0
      ? t('Press Enter to import what is checked')
      : `${t('Press Enter to import what is checked.')} ${notes[0]!}`;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.buttons = notes.length === 0 ? [] : [notesButton];
  pick.onDidTriggerButton(showNotes);
  pick.items = [...items, ...(withoutSpace === null ? [] : [separator(t('Words')), space])];
  pick.selectedItems = withoutSpace ? [...items, space] : items;
  return new Promise((resolve) => {
    const end = (choice: PreviewChoice | undefined): void => {
      resolve(choice);
      pick.dispose();
    };
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (item.path !== undefined)
        end({ kind: button === columnsButton ? 'columns' : 'header', path: item.path });
    });
    pick.onDidAccept(() => {
      const names = pick.selectedItems.flatMap(({ concept }) => (concept === undefined ? [] : [concept]));
      end({
        kind: 'import',
        names: new Set(names),
        withoutSpace: pick.selectedItems.some(({ isSpace }) => isSpace),
      });
    });
    pick.onDidHide(() => {
      end(undefined);
    });
    pick.show();
  });
}

function conceptItem(
  { name, pairs, path, skipped }: Preview['concepts'][number],
  choices: Preview['choices'],
): PreviewItem {
  const choice = choices.find((candidate) => candidate.path === path);
  const { columns = null, header = null } = choice ?? {};
  const taken = columns
    ? [t`columns ${columns.names[columns.chosen[0]]!} and ${columns.names[columns.chosen[1]]!}`]
    : [];
  const named = header ? [t('first line: column names')] : [];
  const left = skipped > 0 ? [t`${skipped} skipped`] : [];
  const first = pairs.slice(0, shown).map(pairLabel).join(', ');
  return {
    label: name,
    description: [plural(pairs.length, 'pair'), path, ...taken, ...named, ...left].join(' · '),
    detail: `${first}${pairs.length > shown ? ', …' : ''}`,
    concept: name,
    path,
    buttons: [...(columns ? [columnsButton] : []), ...(header ? [headerButton] : [])],
  };
}

/** Asks which two columns hold the words, base first. `undefined`: the user cancelled. */
export async function askForColumns({
  path,
  columns,
}: SourceChoice): Promise<readonly [string, string] | undefined> {
  const items = (columns?.names ?? []).map((label, i) => ({ label, place: String(i + 1) }));
  const base = await vscode.window.showQuickPick(items, {
    title: t`${path}: Select the Column of Base Words`,
  });
  if (!base) return undefined;
  const others = items.filter((item) => item !== base);
  const target = await vscode.window.showQuickPick(others, {
    title: t`${path}: Select the Column of Target Words`,
  });
  return target && [base.place, target.place];
}
