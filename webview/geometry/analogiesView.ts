import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { AnalogyScore } from '../../src/geometry/analogies';
import { formatCount, formatDecimal, productName } from '../../src/format/numbers';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { AnalogiesResult, ConceptAnalogies } from '../../src/protocol/vocabularyResult';
import type { Actions } from '../state/actions';
import { closeView } from '../controls/closeView';

const explanation = t(
  'Every two pairs of a concept ask a\u00a0:\u00a0b\u00a0::\u00a0c\u00a0:\u00a0? The share of questions whose expected token comes first (accuracy) or among the first five, and the mean of 1/rank (MRR), without the three given words. “Given allowed” is the accuracy where they may be the answer too, as they often are.',
);

/** How often each list answers its own analogies, in the product that is shown. */
export function analogiesView(
  results: readonly AnalogiesResult[],
  product: InnerProduct,
  actions: Actions,
): TemplateResult | typeof nothing {
  const result = results.find((one) => one.product === product) ?? results[0];
  if (!result) return nothing;
  const count = formatCount(result.tokens);
  const tokens = result.padding?.counted ? t`${count} rows` : t`${count} tokens`;
  const caption = t`a : b :: c : ? answered among ${tokens}, ${productName(result.product)} inner product`;
  return html`<section
    id="analogies"
    class="comparison"
    data-testid="analogies"
    aria-labelledby="analogies-title"
  >
    <div class="concept-head">
      <h2 id="analogies-title">${t('Analogy accuracy')}</h2>
      ${closeView('analogies', actions)}
    </div>
    <p class="lead">${explanation}</p>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="numbers compared" data-testid="analogies-table">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" rowspan="2">${t('Concept')}</th>
            <th scope="col" rowspan="2" title=${t('Pairs whose words are one token each, of pairs given')}>
              ${t('Pairs')}
            </th>
            <th scope="col" rowspan="2">${t('Questions')}</th>
            <th
              scope="col"
              rowspan="2"
              title=${t('Questions left out, because two of their four words are the same token')}
            >
              ${t('Skipped')}
            </th>
            <th scope="colgroup" colspan="4">3CosAdd</th>
            <th scope="colgroup" colspan="4">3CosMul</th>
          </tr>
          <tr>
            ${['add', 'multiply'].map(
              () =>
                html`<th scope="col">${t('Accuracy')}</th>
                  <th scope="col">${t('In five')}</th>
                  <th scope="col">MRR</th>
                  <th scope="col">${t('Given allowed')}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${result.concepts.map(rowView)}
        </tbody>
      </table>
    </div>
  </section>`;
}

function rowView({
  concept,
  pairs,
  given,
  questions,
  skipped,
  add,
  multiply,
}: ConceptAnalogies): TemplateResult {
  return html`<tr data-concept=${concept}>
    <th scope="row">${concept}</th>
    <td>${formatCount(pairs)}/${formatCount(given)}</td>
    <td data-value=${questions}>${formatCount(questions)}</td>
    <td data-value=${skipped}>${formatCount(skipped)}</td>
    ${cells(add)}${cells(multiply)}
  </tr>`;
}

function cells(score: AnalogyScore | null): TemplateResult {
  const { accuracy, inFirstFive, reciprocalRank, accuracyWithGiven } = score ?? {};
  return html`${[accuracy, inFirstFive, reciprocalRank, accuracyWithGiven].map(
    (value) => html`<td data-value=${value ?? ''}>${formatDecimal(value ?? null, 3)}</td>`,
  )}`;
}
