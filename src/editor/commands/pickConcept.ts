import { t } from '@vscode/l10n';
import { conceptName } from '../../concepts/concept';
import type * as vscode from 'vscode';
import { plural } from '../../format/plural';
import type { ConceptStore } from '../stores/conceptStore';
import { plainText } from '../plainText';
import { askForListName, type NameItem } from './askForListName';

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
    const name = await askForListName({
      title,
      known,
      named: conceptName,
      placeholder:
        known.length > 0
          ? t('Select a concept, or type the name of a new one')
          : t('Type a name for the concept, such as male → female'),
      created: (typed) => t`New concept “${typed}”`,
      ...(except !== undefined && { except }),
    });
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
