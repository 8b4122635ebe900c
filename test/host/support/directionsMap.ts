import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Concept } from '../../../src/concepts/concept';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';

/**
 * Waits until the panel shows a model, and compares its map of directions with the engine's numbers.
 *
 * @param name the model's name in the panel
 * @param path where it is
 */
export async function assertMapOf(
  panel: Frame,
  name: string,
  path: string,
  concepts: readonly Concept[],
): Promise<void> {
  await panel.locator('header').getByText(name, { exact: true }).waitFor();
  const settings = defaultProbeSettings;
  const request = { model: path, concepts, seed: 0, tokens: defaultTokenRule, settings };
  const { directions } = await createEngineMethods('').probe(request, () => undefined);
  const { concepts: names, cosine } = directions.causal!;
  const table = panel.getByTestId('directions-map');
  if ((await table.locator('td[data-row]').count()) === 0) await table.getByText('Show as table').click();
  const values = await table
    .locator('td[data-row]')
    .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset['value'])));
  assert.deepEqual(values, [...cosine.data], name);
  assert.equal(values.length, names.length ** 2);
}
