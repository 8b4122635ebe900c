import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordAt } from '../../concepts/conceptPlaces';
import type { EngineClient } from '../../engine/engineClient';
import type { ConceptStore } from '../stores/conceptStore';
import { readSettings } from '../stores/settings';
import { isConceptText, rangeAt } from './conceptFileText';

const mostWords = 50;

/** Completes words of pairs in the concept file by words that are a single token of the model. */
export class WordCompletion implements vscode.CompletionItemProvider {
  constructor(
    private readonly store: ConceptStore,
    private readonly engine: EngineClient,
  ) {}

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionList | undefined> {
    if (!isConceptText(this.store, document)) return undefined;
    const word = wordAt(document.getText(), document.offsetAt(position));
    if (!word || word.typed.trim() === '') return undefined;
    const { leadingSpace } = this.store.tokens;
    const request = { model: readSettings().model, prefix: word.typed, leadingSpace, count: mostWords };
    try {
      const words = await this.engine.call('words', request);
      const range = rangeAt(document, word);
      const items = words.map((found, index) => {
        const item = new vscode.CompletionItem(found.word, vscode.CompletionItemKind.Text);
        item.detail = t`single token ${found.id}`;
        item.range = range;
        item.sortText = String(index).padStart(3, '0');
        return item;
      });
      return new vscode.CompletionList(items, words.length === mostWords);
    } catch {
      // The panel and the tree report a model without a tokenizer.
      return undefined;
    }
  }
}
