import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { PairEnd } from '../../concepts/occurrences';
import { isolated, isolatedPair, isolatedPairLabel } from '../../format/isolated';
import { plural } from '../../format/plural';
import type { PairResult } from '../../protocol/probeResult';
import type { ConceptStore } from '../stores/conceptStore';
import { escapeMarkdown } from '../escapeMarkdown';
import { conceptResultOf, pairResultOf } from '../sessions/pairResults';
import type { ProbeSession } from '../sessions/probeSession';
import { cosineText } from './cosineText';
import { rangeOf, type TextOccurrences } from './textOccurrences';

/** More would not be read. */
const mostPairs = 20;

/** The hover of a word of a pair: its concepts, token ids and pieces, and the pair's leave-one-out cosine. */
export class PairHover implements vscode.HoverProvider {
  constructor(
    private readonly store: ConceptStore,
    private readonly session: ProbeSession,
    private readonly occurrences: TextOccurrences,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const occurrence = this.occurrences.at(document, position);
    if (!occurrence) return undefined;
    const { ends } = occurrence;
    const contents = ends.slice(0, mostPairs).map((end) => this.#describe(end));
    if (ends.length > mostPairs)
      contents.push(new vscode.MarkdownString(t`The first ${mostPairs} of ${plural(ends.length, 'pair')}.`));
    return new vscode.Hover(contents, rangeOf(document, occurrence));
  }

  #describe(end: PairEnd): vscode.MarkdownString {
    const concept = this.store.concepts[end.concept]!;
    const pair = concept.pairs[end.pair]!;
    const conceptResult = conceptResultOf(this.session.state.result, concept.name);
    const result = pairResultOf(conceptResult, pair, end.pair);
    const heading = `**${escapeMarkdown(isolatedPairLabel(pair))}** · ${escapeMarkdown(isolated(concept.name))}`;
    const details =
      conceptResult && result
        ? [tokensText(isolatedPair(result)), cosineText(result, conceptResult)]
        : [t('Not computed yet.')];
    if (this.session.state.isOutdated) details.push(t('Computed before the latest change.'));
    const lines = [heading, ...details.map(escapeMarkdown)];
    return new vscode.MarkdownString(lines.join('\n\n'));
  }
}

/** `▁king (6989) → ▁queen (26624)` */
function tokensText({ baseIds, basePieces, targetIds, targetPieces }: PairResult): string {
  const cut = (ids: readonly number[], pieces: readonly string[]): string =>
    pieces.map((piece, i) => `${piece} (${ids[i] ?? ''})`).join(' + ') || t('no token');
  return `${cut(baseIds, basePieces)} → ${cut(targetIds, targetPieces)}`;
}
