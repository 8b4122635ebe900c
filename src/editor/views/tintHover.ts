import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isolated } from '../../format/isolated';
import { formatDecimal } from '../../format/numbers';
import { formatPercent } from '../../format/statistics';
import { standardized } from '../../reading/standardize';
import { tokenAt } from '../../reading/textTint';
import { escapeMarkdown } from '../escapeMarkdown';
import type { Continuation } from '../sessions/continuations';
import type { DocumentTint } from '../sessions/documentTint';
import type { Tints } from '../sessions/tints';
import { tokenRange } from './tintDecorations';

/** The hover of a token of a tinted document: value and z after it, and what the model expects next. */
export class TintHover implements vscode.HoverProvider {
  constructor(private readonly tints: Tints) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const tint = this.tints.of(document);
    if (!tint || tint.isBehind) return undefined;
    const index = tokenAt(tint.tokens, document.offsetAt(position));
    if (index === undefined) return undefined;
    const range = tokenRange(document, tint, index);
    const word = document.getText(range).trim();
    const numbers = numbersOf(tint, index);
    const token = { start: tint.tokens.starts[index]!, end: tint.tokens.ends[index]! };
    // The value is there all the same.
    const next = await tint.expectedAfter(token).catch(() => undefined);
    const lines = tint.names.map((name, concept) =>
      [
        `**${escapeMarkdown(isolated(name))}** · ${numbers[concept]!}`,
        t`Likeliest pair next: ${expected(next?.[concept])}`,
      ].join('  \n'),
    );
    const title = word === '' ? t('After this token') : t`After “${escapeMarkdown(isolated(word))}”`;
    return new vscode.Hover(new vscode.MarkdownString([title, ...lines].join('\n\n')), range);
  }
}

/** "value 0.120 · z 2.31" of each concept. */
function numbersOf({ tokens, references }: DocumentTint, index: number): string[] {
  return references.map((reference, concept) => {
    const value = tokens.values[concept]![index]!;
    return t`value ${formatDecimal(value, 3)} · z ${formatDecimal(standardized(value, reference), 2)}`;
  });
}

/** "he 12 %, she 4.1 %" */
function expected(pair: Continuation[number]): string {
  if (!pair) return t('missing');
  const { base, target, baseProbability, targetProbability } = pair;
  return [
    `${escapeMarkdown(isolated(base))} ${formatPercent(baseProbability)}`,
    `${escapeMarkdown(isolated(target))} ${formatPercent(targetProbability)}`,
  ].join(', ');
}
