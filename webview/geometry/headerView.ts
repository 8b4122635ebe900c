import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { tokenRuleText } from '../../src/concepts/tokenRule';
import type { ModelSummary } from '../../src/protocol/modelSummary';
import { exportFormats, type PanelState } from '../../src/protocol/panelMessages';
import type { DirectionChoice, ProbeResult, ProbeSettings } from '../../src/protocol/probeResult';
import { describeHead } from '../../src/format/headDescription';
import { describeRows } from '../../src/format/rowsWithoutToken';
import { formatCount, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { Actions } from '../state/actions';
import { productFacts, productView } from './productView';
import { progressView } from '../controls/progressView';
import { pageNames, tabsView } from '../controls/tabsView';
import type { UiState } from '../state/uiState';

const directions: Readonly<Record<DirectionChoice, string>> = {
  mean: t('mean direction'),
  normalised: t('normalised direction'),
  principal: t('principal direction'),
};

/** The pages, or a report's title; of the *Geometry* page what was probed with which model, and the tools. */
export function headerView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const { conceptFile } = state;
  const isGeometry = ui.page === 'geometry';
  return html`<header>
    <div class="title">
      <h1 class=${actions.post ? 'page-heading' : ''}>${pageNames[ui.page]}</h1>
      ${actions.post ? tabsView(ui, actions) : nothing}
      ${
        isGeometry && conceptFile !== null
          ? html`<span class="file" title=${conceptFile}>${conceptFile}</span>`
          : nothing
      }
    </div>
    ${isGeometry ? probedView(state, ui, actions) : nothing}
  </header>`;
}

/** What was probed, and the tools; while computing, progress stands in the tools' place. */
function probedView({ result, progress }: PanelState, ui: UiState, actions: Actions): TemplateResult {
  return html`<div class="tools">
      ${progress ? progressView(progress, actions) : exportView(result, actions)}
    </div>
    ${
      result
        ? html`<p class="model">
              <strong>${result.model.name}</strong>
              <span>${result.model.head.elementType}</span> ${countsView(result)} ${guideLink(actions)}
            </p>
            ${result.concepts.length > 0 ? productView(result, ui, actions) : nothing}
            ${detailsView(result, ui, actions)}`
        : nothing
    }`;
}

/** What only some readers need to know; always open in a report, where it documents the numbers. */
function detailsView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const details = html`<p class="facts">${modelView(result.model, result.settings)}</p>
    <p class="facts">${settingsView(result)}</p>
    ${result.concepts.length > 0 ? productFacts(result, ui) : nothing}`;
  if (!actions.post) return details;
  const isOpen = ui.isDetailed;
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== isOpen) actions.choose({ isDetailed: open });
  };
  return html`<details class="details" data-testid="details" ?open=${isOpen} @toggle=${toggled}>
    <summary>${t('Details')}</summary>
    ${details}
  </details>`;
}

function exportView(result: ProbeResult | null, { post }: Actions): TemplateResult | typeof nothing {
  if (!post || !result) return nothing;
  return html`<span class="tools-label" id="export-label">${t('Export')}</span>
    <span class="buttons" role="group" aria-labelledby="export-label"
      >${exportFormats.map(
        (format) =>
          html`<vscode-button
            appearance="secondary"
            data-testid="export-${format}"
            aria-label=${t`Export as ${format.toUpperCase()}`}
            @click=${() => {
              post({ type: 'export', format });
            }}
            >${format.toUpperCase()}</vscode-button
          >`,
      )}<vscode-button
        appearance="secondary"
        data-testid="export-figures"
        title=${t('The figures as SVG and PNG, with their numbers, captions and the report, in a folder')}
        @click=${() => {
          post({ type: 'exportFigures' });
        }}
        >${t('Figures…')}</vscode-button
      ></span
    >`;
}

function modelView(model: ModelSummary, { allRows }: ProbeSettings): TemplateResult {
  const { head } = model;
  const padding = model.rowsWithoutToken ?? 0;
  const others = model.otherFiles.length;
  const file =
    others === 0
      ? model.file
      : t`${model.file} (${plural(others, 'other ONNX file')}; the setting conceptProbe.precision names another)`;
  const [rows, dimensions] = [formatCount(model.vocabSize), formatCount(model.hiddenSize)];
  return html`<span title=${model.otherFiles.join('\n')}>${file}</span>
    <span
      >${padding === 0 ? t`${rows} tokens × ${dimensions} dimensions` : t`${rows} rows × ${dimensions} dimensions`}</span
    >
    ${padding === 0 ? nothing : html`<span data-testid="rows">${describeRows(padding, allRows)}</span>`}
    <span>${t`head: ${describeHead(head)}`}</span>`;
}

/** A report has no command to run. */
function guideLink({ post }: Actions): TemplateResult | typeof nothing {
  if (!post) return nothing;
  return html`<span
    ><button
      class="link"
      data-testid="guide"
      @click=${() => {
        post({ type: 'command', command: 'howToRead' });
      }}
    >
      ${t('How to read this')}
    </button></span
  >`;
}

function countsView({ concepts }: ProbeResult): TemplateResult {
  const kept = concepts.reduce((sum, concept) => sum + concept.kept, 0);
  const given = concepts.reduce((sum, concept) => sum + concept.given, 0);
  return html`<span>${plural(concepts.length, 'concept')}</span>
    <span>${t`${sampleSize(kept)} of ${plural(given, 'pair')} kept`}</span>`;
}

function settingsView({ tokens, settings, seed }: ProbeResult): TemplateResult {
  return html`<span>${tokenRuleText(tokens)}</span>
    <span>${directions[settings.direction]}, ${t`seed ${seed}`}</span>`;
}
