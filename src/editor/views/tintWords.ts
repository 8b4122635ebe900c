import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isolated } from '../../format/isolated';
import { formatCount, formatDecimal, productName } from '../../format/numbers';
import { plural } from '../../format/plural';
import { stepsOf, strongestZ } from '../../reading/tintScale';
import { escapeMarkdown } from '../escapeMarkdown';
import { plainText } from '../plainText';
import type { DocumentTint } from '../sessions/documentTint';
import { tintColor, type ThemeKind } from './tintColors';

/* How a tint is put into words: its status bar item and its legend. */

/** "male → female × singular → plural 38 %" */
export function tintLabel({ names, progress }: DocumentTint): string {
  const concepts = names.map((name) => isolated(plainText(name))).join(' × ');
  return progress.share < 1 ? `${concepts} ${Math.floor(100 * progress.share)}\u00a0%` : concepts;
}

/** The legend: what the colors mean, and against what values are standardized. */
export function tintLegend(tint: DocumentTint): vscode.MarkdownString {
  const { names, references, reference, result, progress, tokens } = tint;
  const title = names.map((name) => `**${escapeMarkdown(isolated(name))}**`).join(' × ');
  const isPartial = progress.share < 1;
  const of = isPartial ? t`${against(tint)} so far` : against(tint);
  const lines = [
    result ? t`Tint by ${title} · ${productName(result.product)} inner product` : t`Tint by ${title}`,
    scaleOf(names),
    t`z = (value − mean) ∕ standard deviation of ${of}. A token has the color of the nearest z on the scale; the overview ruler marks peaks from |z| = ${strongestZ} on.`,
    ...references.map(({ mean, sd }, concept) => {
      const [center, spread] = [formatDecimal(mean, 3), formatDecimal(sd, 3)];
      return names.length === 1
        ? t`Mean ${center}, standard deviation ${spread}`
        : t`${escapeMarkdown(isolated(names[concept]!))}: mean ${center}, standard deviation ${spread}`;
    }),
  ];
  const count = plural(tokens.starts.length, 'token');
  if (reference)
    lines.push(
      isPartial ? t`${count} of this document measured so far` : t`${count} of this document measured`,
    );
  if (result)
    lines.push(
      t`Each token is measured after the text before it: 150 to 1,000 characters, and at most ${formatCount(result.window)} tokens. The first tokens of the document have less before them.`,
    );
  if (progress.message !== null) lines.push(escapeMarkdown(progress.message));
  const markdown = new vscode.MarkdownString(lines.join('\n\n'));
  // Only for colors; all text from elsewhere is escaped.
  markdown.supportHtml = true;
  return markdown;
}

function against({ reference, references, tokens }: DocumentTint): string {
  const count = reference ? (references[0]?.count ?? 0) : tokens.starts.length;
  if (!reference) return t`${plural(count, 'token')} of this document`;
  const unit = reference.which === 'all' ? 'token' : 'context';
  return t`${plural(count, unit)} of ${escapeMarkdown(isolated(reference.name))}`;
}

/**
 * For one concept a row of colors, and at each end which words of the pairs it stands for; for two a square of colors, the
 * first concept from left to right.
 */
function scaleOf(names: readonly string[]): string {
  const most = stepsOf(names.length);
  const line = Array.from({ length: 2 * most + 1 }, (_, i) => i - most);
  const label = (step: number): string => {
    const z = (strongestZ * step) / most;
    return formatDecimal(z, Number.isInteger(z) ? 0 : 1);
  };
  if (names.length === 1) {
    const scale = line.map((step) => swatch([step], most, label(step))).join('');
    return [t('first words'), scale, t('second words')].join(' ');
  }
  const rows = line.toReversed().map((y) => line.map((x) => swatch([x, y], most, '     ')).join(''));
  const [x, y] = names.map((name) => escapeMarkdown(isolated(name)));
  const axes = t`→ ${x!}, ↑ ${y!}, each from z = ${label(-most)} to ${label(most)}`;
  return [...rows, axes].join('  \n');
}

function swatch(steps: readonly [number, number?], most: number, text: string): string {
  const content = `\u00a0${text.replaceAll(' ', '\u00a0')}\u00a0`;
  return `<span style="background-color:${tintColor(themeKind(), steps, most)};">${content}</span>`;
}

function themeKind(): ThemeKind {
  const { Light, HighContrastLight } = vscode.ColorThemeKind;
  return [Light, HighContrastLight].includes(vscode.window.activeColorTheme.kind) ? 'light' : 'dark';
}
