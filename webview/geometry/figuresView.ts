import { html, nothing, type TemplateResult } from 'lit';
import { formatCosine, formatCount, plural } from '../../src/format/numbers';
import { equation, formatP, intervalText } from '../../src/format/statistics';
import type { ShownConcept } from './shownConcept';
import { leaveOneOutText, permutationText, whyUntested } from './statisticsWords';
import type { UiState } from '../state/uiState';

/** The numbers of one concept, large. */
export function figuresView(
  { concept, geometry, product, asked }: ShownConcept,
  ui: UiState,
): TemplateResult {
  const { meanCosine, meanCosineWithSelf, leaveOneOut, permutation, effectiveRank } = geometry;
  const { selfPairs } = ui;
  return html`<div class="figures" data-testid="figures">
    ${figureView({
      value: formatCosine(selfPairs ? meanCosineWithSelf : meanCosine),
      label: 'mean pairwise cosine',
      detail: `${product}, ${selfPairs ? 'with' : 'without'} self-pairs`,
    })}
    ${figureView({
      value: formatCosine(leaveOneOut.mean),
      label: 'mean leave-one-out cosine',
      detail: [product, intervalText(leaveOneOut.interval)].filter(Boolean).join(', '),
      title: leaveOneOutText(geometry, asked),
    })}
    ${figureView({
      value: formatP(permutation?.p),
      label: 'p against words paired at random',
      detail: permutation
        ? `${equation('q', permutation.q)}, ${product}`
        : {
            'not asked': 'no test was asked for',
            'too few': 'too few pairs to test',
            computing: 'being computed',
            missing: 'missing',
          }[whyUntested(geometry, asked)],
      title: permutationText(geometry, asked),
    })}
    ${figureView({
      value: effectiveRank === null ? '–' : effectiveRank.toFixed(1),
      label: 'effective rank',
      detail: `of ${formatCount(concept.kept)}, ${product}; 1 if all are parallel or one outweighs the rest`,
      title: '(Σλ)² / Σλ² of the differences’ Gram matrix',
    })}
    ${figureView({ value: formatCount(concept.kept), label: 'pairs kept', detail: `of ${plural(concept.given, 'pair')}` })}
  </div>`;
}

interface Figure {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly title?: string;
}

export function figureView({ value, label, detail, title }: Figure): TemplateResult {
  return html`<div class="figure" title=${title ?? nothing}>
    <span class="figure-value">${value}</span> <span>${label}</span>
    <span class="figure-detail">${detail}</span>
  </div>`;
}
