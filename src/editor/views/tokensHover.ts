import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { wordOf } from '../../concepts/lists/words';
import type { EngineClient } from '../../engine/engineClient';
import type { ConceptStore } from '../stores/conceptStore';
import { escapeMarkdown } from '../escapeMarkdown';
import { readSettings } from '../stores/settings';

/** Longer selections are not lists of words. */
const mostWords = 20;

/** The hover of selected words: how the model tokenizes each. */
export class TokensHover implements vscode.HoverProvider {
  constructor(
    private readonly engine: EngineClient,
    private readonly store: ConceptStore,
  ) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
    const selected = editor?.selections.find(
      (selection) => !selection.isEmpty && selection.contains(position),
    );
    if (!selected) return undefined;
    const words = [
      ...new Set(
        document
          .getText(selected)
          .split(/[\s|]+/u)
          .map(wordOf),
      ),
    ].filter((word) => word !== '');
    if (words.length === 0 || words.length > mostWords) return undefined;
    const { leadingSpace } = this.store.tokens;
    try {
      const cuts = await this.engine.call('tokens', { model: readSettings().model, words, leadingSpace });
      const lines = cuts.map(({ word, ids, pieces }) => {
        const tokens = pieces.map((piece, i) => `${piece} (${ids[i] ?? ''})`).join(' + ') || t('no token');
        return `${word}: ${tokens}`;
      });
      const text = [`**${t('Tokens')}**`, ...lines.map(escapeMarkdown)].join('  \n');
      return new vscode.Hover(new vscode.MarkdownString(text), selected);
    } catch {
      // The panel and the tree report a model without a tokenizer; the hover stays empty.
      return undefined;
    }
  }
}
