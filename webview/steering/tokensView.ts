import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { formatCount, formatProbability } from '../../src/format/numbers';
import type { SteerResult } from '../../src/protocol/contextResult';
import { formatAlpha } from './alphas';
import { steeredTokens, type SteeredToken } from './steeredNumbers';

/** The likeliest next tokens, with their probabilities as bars and their ranks at α = 0. */
export function tokensView(steered: SteerResult, alpha: number): TemplateResult {
  const caption = t`Likeliest next tokens at α = ${formatAlpha(alpha)}, with their ranks at α = 0 (before)`;
  return html`<div class="steering-next">
    <h3>${t('Next token')}</h3>
    <div class="table-scroll ends" tabindex="0" role="region" aria-label=${t('Likeliest next tokens')}>
      <table class="numbers steering-tokens" data-testid="steering-tokens">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col" class="piece">${t('Token')}</th>
            <td class="steering-bar"></td>
            <th scope="col" class="steering-probability">${t('Probability')}</th>
            <th scope="col" class="steering-rank">${t('Before')}</th>
            <td class="steering-moved"></td>
          </tr>
        </thead>
        <tbody>
          ${steeredTokens(steered, alpha).map(rowView)}
        </tbody>
      </table>
    </div>
  </div>`;
}

function rowView({ id, piece, probability, rankBefore }: SteeredToken, index: number): TemplateResult {
  const rank = index + 1;
  return html`<tr data-token=${id}>
    <th scope="row">${rank}</th>
    <td class="piece">${isolated(piece)}</td>
    <td class="steering-bar">
      <span .style=${`width: ${probability * 100}%`}></span>
    </td>
    <td data-value=${probability}>${formatProbability(probability)}</td>
    <td data-value=${rankBefore}>${formatCount(rankBefore)}</td>
    <td class="steering-moved">${movedText(rankBefore - rank)}</td>
  </tr>`;
}

function movedText(places: number): string {
  if (places === 0) return '';
  return `${places > 0 ? '▲' : '▼'} ${formatCount(Math.abs(places))}`;
}
