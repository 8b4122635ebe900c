import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { matrix } from '../../src/geometry/matrix';
import { formatCosine, formatDecimal, productName, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { VocabularyAxis, VocabularyResult } from '../../src/protocol/vocabularyResult';
import type { Actions } from '../state/actions';
import { closeView } from '../controls/closeView';
import { isolated } from '../../src/format/isolated';
import { lastMade } from '../charts/memoize';
import { drawScatter, wordSymbol } from '../charts/scatter';
import { tableView } from '../controls/tableView';
import type { FigureKey } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { UiState } from '../state/uiState';
import { drawVocabularyStrip } from '../charts/vocabularyStrip';
import { textField } from '../controls/fields';
import { conceptColorNumber } from '../charts/theme';
import { foundTokens, mostFound, sideNames, wordsOf, type VocabularyWord } from './vocabularyWords';

/** The whole vocabulary projected on one or two concept directions, with the concepts' own words marked. */
export function vocabularyView(
  result: ProbeResult,
  vocabulary: VocabularyResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { x, y, tokens, product } = vocabulary;
  const found = foundMade([vocabulary, ui.vocabularySearch], () =>
    foundTokens(vocabulary, ui.vocabularySearch),
  );
  const { words, drawing } = pictureMade([result, vocabulary, found], () =>
    pictureOf(result, vocabulary, found.slice(0, mostFound)),
  );
  const axes = y ? [x, y] : [x];
  const names = y ? t`${isolated(x.concept)} against ${isolated(y.concept)}` : isolated(x.concept);
  const summary = summaryOf(vocabulary);
  const table = () => ({
    caption: t`The concepts’ own words on ${names}, ${productName(product)}`,
    noun: 'Token',
    rows: words.map(({ piece, side }) => `${isolated(piece)} (${sideNames[side]})`),
    columns: axes.map(({ concept }) => isolated(concept)),
    values: matrix(
      words.length,
      axes.length,
      Float64Array.from(words.flatMap(({ id }) => axes.map(({ scores }) => scores[id] ?? NaN))),
    ),
  });
  return html`<section
    id="vocabulary"
    class="vocabulary"
    data-testid="vocabulary"
    aria-labelledby="vocabulary-title"
  >
    <div class="concept-head">
      <h2 id="vocabulary-title">${t`Vocabulary on ${names}`}</h2>
      ${closeView('vocabulary', actions)}
    </div>
    <p class="lead" data-testid="vocabulary-summary">${summary}</p>
    ${searchView(found, ui, actions)}
    <figure data-testid="vocabulary-picture">
      <probe-picture
        .sentence=${`${y ? t`Scatter plot of all tokens on the directions of ${names}.` : t`Histogram of all tokens on the direction of ${names}.`} ${summary}`}
        .drawing=${drawing}
        aria-label=${
          y
            ? t`Vocabulary on ${names}. Use the arrow keys to move through the concepts’ own words and those found, + and − zoom.`
            : t`Vocabulary on ${names}. Use the arrow keys to move through the concepts’ own words and those found.`
        }
      ></probe-picture>
      <figcaption>${keyView(result, vocabulary, found.length > 0)}</figcaption>
      ${figureMenu({
        name: `vocabulary.${product}.${axes.map(({ concept }) => fileNamePart(concept)).join('.')}`,
        facts: probeFacts(result, {
          title: y ? t`All tokens on the directions of ${names}` : t`All tokens on the direction of ${names}`,
          product: productName(product),
          n: t`${sampleSize(tokens)} tokens`,
          comparedWith: null,
          notes: [
            y
              ? t`Grey: all tokens; hollow: base words, filled: target words. Correlation r\u00a0=\u00a0${formatCosine(vocabulary.correlation)}.`
              : t('Grey: all tokens; marks: the concept’s base and target words.'),
            ...(found.length > 0 ? [t('Black: tokens that were searched for.')] : []),
          ],
        }),
        drawing,
        ...(y && { keys: vocabularyKeys(words, result) }),
        table,
      })}
      ${tableView('vocabulary', table, ui, actions)}
    </figure>
    <div class="charts">${axes.map((axis) => endsView(axis, tokens, productName(product)))}</div>
  </section>`;
}

const foundMade = lastMade<readonly VocabularyWord[]>();
/** Kept, so that a quarter of a million points are not laid out again with every progress message. */
const pictureMade = lastMade<ReturnType<typeof pictureOf>>();

function pictureOf(result: ProbeResult, vocabulary: VocabularyResult, found: readonly VocabularyWord[]) {
  const words = [...wordsOf(result, vocabulary), ...found];
  const drawing = vocabulary.y
    ? drawScatter(vocabulary, vocabulary.y, words)
    : drawVocabularyStrip(vocabulary, words);
  return { words, drawing };
}

/** The field to search in, and how many tokens it has found. */
function searchView(
  found: readonly VocabularyWord[],
  { vocabularySearch }: UiState,
  { choose }: Actions,
): TemplateResult {
  const count = plural(found.length, 'token');
  const words =
    found.length > mostFound
      ? t`${count} found, of which the first ${mostFound} are marked`
      : t`${count} found`;
  return html`<div class="choices">
    ${textField({
      id: 'vocabulary-search',
      label: t('Find'),
      title: t('Marks the tokens that contain this text'),
      value: vocabularySearch,
      placeholder: t('part of a token'),
      means: (text) => text === vocabularySearch,
      choose: (text) => {
        choose({ vocabularySearch: text });
      },
    })}
    <span class="note" role="status" data-testid="vocabulary-found"
      >${vocabularySearch.trim() === '' ? nothing : words}</span
    >
  </div>`;
}

/** Which mark and colour is what. */
function keyView({ concepts }: ProbeResult, { x, y }: VocabularyResult, hasFound: boolean): TemplateResult {
  return html`<ul class="color-key" data-testid="vocabulary-key">
    ${(y ? [x, y] : [x]).map(({ concept }) => {
      const index = concepts.findIndex(({ name }) => name === concept);
      return html`<li class="concept-${conceptColorNumber(Math.max(0, index))}">
        <span class="swatch"></span> ${y ? t`${isolated(concept)}: ○ base, ● target` : isolated(concept)}
      </li>`;
    })}
    ${hasFound ? html`<li>${y ? t('◆ found') : t('third row: found')}</li>` : nothing}
    <li>${t('grey: all tokens')}</li>
  </ul>`;
}

/** The marks of the concepts that have words among the tokens. */
function vocabularyKeys(words: readonly VocabularyWord[], { concepts }: ProbeResult): readonly FigureKey[] {
  const own = words.filter(({ side }) => side !== 'found');
  return [...new Set(own.map(({ concept }) => concept))].map((concept) => ({
    text: isolated(concepts[concept]!.name),
    color: concept,
    look: wordSymbol(concept, words),
  }));
}

function summaryOf({ x, y, product, correlation, tokens }: VocabularyResult): string {
  const n = t`${sampleSize(tokens)} tokens`;
  const measured = t`⟨γ − mean, direction⟩ of every token γ, ${productName(product)}, ${n}`;
  if (!y)
    return t`${measured}; tokens further to the right are closer to the targets of ${isolated(x.concept)}.`;
  return product === 'causal'
    ? t`${measured}. Their correlation is r\u00a0=\u00a0${formatCosine(correlation)}; orthogonal directions have 0.`
    : t`${measured}. Their correlation is r\u00a0=\u00a0${formatCosine(correlation)}; it includes the part that all tokens share, so orthogonal directions need not have 0.`;
}

/** The tokens with the highest and lowest scores on an axis. */
function endsView({ concept, top, bottom }: VocabularyAxis, count: number, product: string): TemplateResult {
  const rows = Array.from({ length: Math.max(top.length, bottom.length) }, (_, index) => index);
  const cells = (token: VocabularyAxis['top'][number] | undefined) =>
    token
      ? html`<td class="piece" data-token=${token.id}>${isolated(token.piece)}</td>
          <td data-value=${token.score}>${formatDecimal(token.score, 2)}</td>`
      : html`<td></td>
          <td></td>`;
  const caption = t`Highest and lowest, ${product}, ${sampleSize(count)}`;
  return html`<div>
    <h3>${isolated(concept)}</h3>
    <div class="table-scroll ends" tabindex="0" role="region" aria-label="${isolated(concept)}: ${caption}">
      <table class="numbers" data-testid="vocabulary-ends">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col" class="piece">${t('Highest')}</th>
            <th scope="col">${t('score')}</th>
            <th scope="col" class="piece">${t('Lowest')}</th>
            <th scope="col">${t('score')}</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (index) =>
              html`<tr>
                <th scope="row">${index + 1}</th>
                ${cells(top[index])}${cells(bottom[index])}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length === 0 ? html`<p class="note">${t('There are no tokens.')}</p>` : nothing}
  </div>`;
}
