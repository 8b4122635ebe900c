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
  pick(
    title: string,
    {
      except,
      laterTitle,
    }: { readonly except?: string; readonly laterTitle?: Promise<string | undefined> } = {},
  ): Promise<string | undefined> {
    const known = this.#items(except);
    const [last] = known.filter(({ name }) => this.#recent.includes(name));
    const typeName = t('Type a name for the concept, such as male → female');
    return askForListName({
      title,
      known,
      hasLast: last !== undefined,
      named: conceptName,
      placeholder: last
        ? t`Enter takes ${last.label}, used last; or type the name of another concept or a new one`
        : known.length > 0
          ? t('Select a concept, or type the name of a new one')
          : typeName,
      another: { label: t('New Concept…'), placeholder: typeName },
      created: (typed) => t`New concept “${typed}”`,
      ...(except !== undefined && { except }),
      ...(laterTitle && { laterTitle }),
    });
  }

  /** Offers this concept first the next time. */
  async remember(name: string): Promise<void> {
    await this.memory.update(recentKey, [name, ...this.#recent.filter((other) => other !== name)]);
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
      .map(({ name, pairs }, index) => {
        const count = plural(pairs.length, 'pair');
        const isLast = index === 0 && recency(name) < Infinity;
        return { label: plainText(name), name, description: isLast ? t`${count}, used last` : count };
      });
  }
}
