import * as vscode from 'vscode';
import { plainText } from '../plainText';

/** A concept or a set of contexts to choose. */
export interface NameItem extends vscode.QuickPickItem {
  readonly name: string;
}

interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly known: readonly NameItem[];
  /** The offer of a new name, for instance “New concept “…””. */
  readonly created: (name: string) => string;
  /** The new name that typed text stands for; by default the text. */
  readonly named?: (typed: string) => string;
  /** A name that must not be chosen. */
  readonly except?: string;
}

/** Asks for one of the known names, or a new one by typing it. @returns `undefined` if the user cancels */
export function askForListName({
  title,
  placeholder,
  known,
  created,
  named = (typed) => typed.trim(),
  except,
}: Question): Promise<string | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<NameItem>();
    pick.title = title;
    pick.placeholder = placeholder;
    pick.items = known;
    pick.onDidChangeValue((value) => {
      const name = named(value);
      const isNew = name !== '' && name !== except && !known.some((item) => item.name === name);
      const offer = { label: `$(add) ${created(plainText(name))}`, name, alwaysShow: true };
      const mayBeKnown = known.some((item) => item.name.startsWith(name));
      // Enter accepts the first item: an existing concept only if its name is being typed.
      pick.items = isNew ? (mayBeKnown ? [...known, offer] : [offer, ...known]) : known;
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
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
