import * as vscode from 'vscode';
import { plainText } from '../plainText';
import { acceptedRow, nameRows, type NameRow } from './listNames';

/** A concept or a set of contexts to choose. */
export interface NameItem extends vscode.QuickPickItem {
  readonly name: string;
}

interface Question {
  readonly title: string;
  /** Replaces the title once it is known. */
  readonly laterTitle?: Promise<string | undefined>;
  readonly placeholder: string;
  readonly known: readonly NameItem[];
  /** Whether the first of the known names was used last. */
  readonly hasLast?: boolean;
  /** The row that asks for a new name, and what it asks. */
  readonly another: { readonly label: string; readonly placeholder: string };
  /** The offer of a new name, for instance “New concept “…””. */
  readonly created: (name: string) => string;
  /** The new name that typed text stands for; by default the text. */
  readonly named?: (typed: string) => string;
  /** A name that must not be chosen. */
  readonly except?: string;
}

/** Asks for one of the known names, or a new one. @returns `undefined` if the user cancels */
export function askForListName({
  title,
  laterTitle,
  placeholder,
  known,
  hasLast = false,
  another,
  created,
  named = (typed) => typed.trim(),
  except,
}: Question): Promise<string | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<NameItem>();
    const newRow = { label: `$(add) ${another.label}`, name: '', alwaysShow: true };
    let isNaming = false;
    const itemOf = (row: NameRow<NameItem>, name: string): NameItem => {
      if (row.kind === 'known') return row.item;
      if (row.kind === 'new') return newRow;
      return row.kind === 'line'
        ? { label: '', kind: vscode.QuickPickItemKind.Separator, name: '' }
        : { label: `$(add) ${created(plainText(name))}`, name, alwaysShow: true };
    };
    const update = (): void => {
      const name = named(pick.value);
      const rows = nameRows({ known, hasLast, isNaming, name, except });
      const items = rows.map((row) => itemOf(row, name));
      pick.items = items;
      const accepted = name === '' ? undefined : items[acceptedRow(rows, name)];
      if (accepted) pick.activeItems = [accepted];
    };
    pick.title = title;
    pick.placeholder = placeholder;
    update();
    void laterTitle?.then((text) => {
      if (text !== undefined) pick.title = text;
    });
    pick.onDidChangeValue(update);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item === newRow) {
        isNaming = true;
        pick.placeholder = another.placeholder;
        update();
        return;
      }
      // Someone who types fast may accept before the new name is offered.
      const name = item?.name ?? named(pick.value);
      if (name === '' || name === except) return;
      resolve(name);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
