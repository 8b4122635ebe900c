import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ProbeResult } from '../../src/protocol/probeResult';
import {
  mostAlphas,
  mostTemperature,
  mostWritten,
  type ContinueChoice,
} from '../../src/protocol/steeringMessages';
import { numberField, textField } from '../controls/fields';
import type { Actions } from '../state/actions';
import { alphasOf, formatAlpha } from './alphas';
import type { SteeringChanges, SteeringUi } from './steeringUi';

/** What to continue the context with; nothing in a report. */
export function continueForm(
  { seed: settingsSeed }: ProbeResult,
  ui: SteeringUi,
  { post }: Actions,
  { choose }: SteeringChanges,
): TemplateResult | typeof nothing {
  if (!post) return nothing;
  const { alpha, alphas, count, temperature } = ui;
  const seed = ui.seed ?? settingsSeed;
  const wanted = wantedOf(ui, seed);
  return html`<div
    class="steering-continue"
    data-testid="steering-form"
    role="group"
    aria-label=${t('Continue with Steering')}
  >
    <h3>${t('Continue with Steering')}</h3>
    <div class="fields">
      ${textField({
        id: 'steering-alphas',
        label: t('Values of α'),
        title: t`Up to ${mostAlphas} numbers with commas between them; empty for 0, half of α and α`,
        value: alphas,
        placeholder: (alphasOf('', alpha) ?? []).map(formatAlpha).join(', '),
        means: (text) => text === alphas,
        choose: (text) => {
          choose({ alphas: text });
        },
      })}
      ${numberField({
        id: 'steering-count',
        label: t('Tokens'),
        title: t('How many tokens to write for each α'),
        value: count,
        least: 1,
        most: mostWritten,
        choose: (typed) => {
          choose({ count: typed });
        },
      })}
      ${numberField({
        id: 'steering-temperature',
        label: t('Temperature'),
        title: t('0 takes the likeliest token each time (greedy); otherwise tokens are sampled'),
        value: temperature,
        least: 0,
        most: mostTemperature,
        step: 'any',
        choose: (typed) => {
          choose({ temperature: typed });
        },
      })}
      ${numberField({
        id: 'steering-seed',
        label: t('Seed'),
        title: t('Of sampling; the same seed gives the same text'),
        value: seed,
        disabled: temperature === 0,
        choose: (typed) => {
          choose({ seed: typed });
        },
      })}
    </div>
    <div class="steering-go">
      <vscode-button
        data-testid="steering-write"
        ?disabled=${typeof wanted === 'string'}
        @click=${() => {
          if (typeof wanted !== 'string') post({ type: 'continue', ...wanted });
        }}
        >${t('Continue with Steering')}</vscode-button
      >
      <p class="note" data-testid="steering-objection" role="status">
        ${typeof wanted === 'string' ? wanted : nothing}
      </p>
    </div>
  </div>`;
}

/** What to write, or what is wrong with what was typed. */
function wantedOf(
  { alphas: typed, alpha, count, temperature }: SteeringUi,
  seed: number,
): ContinueChoice | string {
  const alphas = alphasOf(typed, alpha);
  if (!alphas) return t`Type up to ${mostAlphas} numbers with commas between them, such as 0, 0.1, 0.2.`;
  if (!(Number.isInteger(count) && count >= 1 && count <= mostWritten))
    return t`The number of tokens must be a whole number from 1 to ${mostWritten}.`;
  if (!(temperature >= 0 && temperature <= mostTemperature))
    return t`The temperature must be a number from 0 to ${mostTemperature}.`;
  if (!Number.isSafeInteger(seed)) return t('The seed must be a whole number.');
  return { alphas, count, temperature, seed };
}
