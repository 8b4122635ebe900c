import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated, isolatedPairLabel } from '../../src/format/isolated';
import { modelLabels } from '../../src/format/modelLabels';
import { plural } from '../../src/format/plural';
import type { ManyModels } from '../../src/protocol/manyModels';
import { dropReason } from '../../src/protocol/probeResult';
import { memoize } from '../charts/memoize';
import { virtualRows } from '../controls/virtualRows';

const rowsOf = memoize((result: ManyModels) => {
  const labels = modelLabels(result.models);
  return result.models.flatMap(({ concepts }, model) =>
    concepts.flatMap(({ dropped }, concept) =>
      dropped.map((pair) => ({
        model: `${model + 1} ${isolated(labels[model]!)}`,
        concept: isolated(result.concepts[concept]!.name),
        pair: isolatedPairLabel(pair),
        reason: dropReason(pair) ?? '',
      })),
    ),
  );
});

/** The pairs that each model drops, with the reasons. */
export function droppedTable(result: ManyModels): TemplateResult | typeof nothing {
  const rows = rowsOf(result);
  if (rows.length === 0) return nothing;
  const caption = t('Pairs that a model does not keep');
  return html`<div data-testid="many-models-dropped">
    <h3>${t`Dropped: ${plural(rows.length, 'pair')}`}</h3>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="numbers" aria-rowcount=${rows.length + 1}>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr aria-rowindex="1">
            ${[t('Model'), t('Concept'), t('Pair'), t('Reason')].map(
              (heading) => html`<th scope="col" class="piece">${heading}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${virtualRows({
            count: rows.length,
            pinned: -1,
            row: (index) => {
              const { model, concept, pair, reason } = rows[index]!;
              return html`<tr data-index=${index} aria-rowindex=${index + 2}>
                <th scope="row">${model}</th>
                <td class="piece why">${concept}</td>
                <td class="piece why">${pair}</td>
                <td class="piece why">${reason}</td>
              </tr>`;
            },
          })}
        </tbody>
      </table>
    </div>
  </div>`;
}
