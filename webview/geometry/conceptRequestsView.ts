import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import type { ConceptResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { selectView } from '../controls/choices';
import type { Geometry } from './geometryOf';
import type { UiState } from '../state/uiState';

const noAxis = '';

/** What the extension can be asked for about a concept; nothing in a report, or for a concept without a direction. */
export function conceptRequestsView(
  { product, directions }: Geometry,
  { name }: ConceptResult,
  ui: UiState,
  { post, choose }: Actions,
): TemplateResult | typeof nothing {
  if (!post || !directions.concepts.includes(name)) return nothing;
  const others = directions.concepts.filter((concept) => concept !== name);
  const against = others.find((concept) => concept === ui.against) ?? null;
  return html`<div class="choices requests">
    <vscode-button
      appearance="secondary"
      data-testid="project-vocabulary"
      title=${t('Show every token of the vocabulary on this direction')}
      @click=${() => {
        post({ type: 'vocabulary', product, x: name, y: against });
      }}
      >${t('Project the vocabulary')}</vscode-button
    >
    ${selectView({
      id: 'against',
      label: t('against'),
      choices: [
        { value: noAxis, label: t('nothing') },
        ...others.map((concept) => ({ value: concept, label: isolated(concept) })),
      ],
      chosen: against ?? noAxis,
      choose: (concept) => {
        choose({ against: concept === noAxis ? null : concept });
      },
    })}
    <vscode-button
      appearance="secondary"
      data-testid="find-pairs"
      title=${t('Look through the vocabulary for pairs that differ like these')}
      @click=${() => {
        post({ type: 'findPairs', concept: name, product });
      }}
      >${t('Find more pairs…')}</vscode-button
    >
    <vscode-button
      appearance="secondary"
      data-testid="analogies-button"
      title=${t('How often do these pairs answer each other’s analogies? For all concepts')}
      @click=${() => {
        post({ type: 'analogies' });
      }}
      >${t('Analogy accuracy')}</vscode-button
    >
    <vscode-button
      appearance="secondary"
      data-testid="export-direction"
      title=${t('Write this direction and its causal dual as a file, for steering')}
      @click=${() => {
        post({ type: 'exportDirection', concept: name });
      }}
      >${t('Export direction…')}</vscode-button
    >
  </div>`;
}
