import * as vscode from 'vscode';
import { plural } from '../../format/numbers';
import type { ConceptStore } from '../stores/conceptStore';
import { plainText } from '../plainText';

const recentKey = 'recentConcepts';

/** Asks for a concept: an existing one, most recently used first, or a new one by typing its name. */
export class ConceptPicker {
  constructor(
    private readonly store: ConceptStore,
    private readonly memory: vscode.Memento,
  ) {}

  /** @returns the concept's name, or `undefined` if the user cancels */
  async pick(title: string, except?: string): Promise<string | undefined> {
    const known = this.#items(except);
    const name = await ask(title, known, except);
    if (name !== undefined)
      await this.memory.update(recentKey, [name, ...this.#recent.filter((other) => other !== name)]);
    return name;
  }

  get #recent(): readonly string[] {
    return this.memory.get<string[]>(recentKey, []);
  }

  #items(except: string | undefined): NameItem[] {
    const recency = (name: string): number => {
      const place = this.#recent.indexOf(name);
      return place < 0 ? Infinity : place;
    };
    return this.store.concepts
      .filter(({ name }) => name !== except)
      .toSorted((a, b) => recency(a.name) - recency(b.name) || 0)
      .map(({ name, pairs }) => ({
        label: plainText(name),
        name,
        description: plural(pairs.length, 'pair'),
      }));
  }
}

interface NameItem extends vscode.QuickPickItem {
  readonly name: string;
}

function ask(
  title: string,
  known: readonly NameItem[],
  except: string | undefined,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<NameItem>();
    pick.title = title;
    pick.placeholder =
      known.length > 0
        ? 'Select a concept, or type the name of a new one'
        : 'Type a name for the concept, such as male → female';
    pick.items = known;
    pick.onDidChangeValue((value) => {
      const name = value.trim();
      const isNew = name !== '' && name !== except && !known.some((item) => item.name === name);
      const offer = { label: `$(add) New concept “${plainText(name)}”`, name, alwaysShow: true };
      const mayBeKnown = known.some((item) => item.name.startsWith(name));
      // Enter accepts the first item: an existing concept only if its name is being typed.
      pick.items = isNew ? (mayBeKnown ? [...known, offer] : [offer, ...known]) : known;
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      // Someone who types fast may accept before the new name is offered.
      const name = item?.name ?? pick.value.trim();
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
