import assert from 'node:assert/strict';
import { isolated, isolatedPairLabel } from '../../../src/format/isolated';
import { keptPairs, type ProbeResult } from '../../../src/protocol/probeResult';
import { difficultNames } from '../../support/wordConcepts';
import { tableValues } from '../support/chartDriver';
import { sampleResult, sampleState } from '../support/sampleState';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';

/** 40 concepts with names in every script, the first of 300 pairs. */
function manyConcepts(): ProbeResult {
  return sampleResult(
    Array.from({ length: 40 }, (_, concept) => ({
      name: difficultNames[concept - 1] ?? `concept ${concept}`,
      pairs: Array.from(
        { length: concept === 0 ? 300 : 5 + (concept % 7) },
        (_unused, pair) => [`base${concept}·${pair}`, `זוג${concept}·${pair}`] as const,
      ),
    })),
  );
}

describe('many concepts', () => {
  const result = manyConcepts();
  let opened: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(opened?.errors ?? [], []);
    await opened?.close();
  });

  const compare = async ({ page }: WebviewPage): Promise<void> => {
    const { concepts, cosine } = result.directions.causal!;
    const map = await tableValues(page, 'directions-map');
    assert.equal(map.size, 1600);
    for (const [i, row] of concepts.entries())
      for (const [j, column] of concepts.entries())
        assert.equal(map.get(`${isolated(row)} | ${isolated(column)}`), String(cosine.data[i * 40 + j]));
    for (const index of [0, 6, 39]) {
      const concept = result.concepts[index]!;
      await page.locator('[data-testid=overview] tbody button').nth(index).click();
      assert.equal(
        await page.getByTestId('concept-title').locator('.name').textContent(),
        isolated(concept.name),
      );
      const bars = await tableValues(page, 'leave-one-out');
      const { cosines } = concept.causal!.leaveOneOut;
      assert.deepEqual(
        [...bars.keys()].map((key) => key.split(' | ')[0]),
        keptPairs(concept).map(isolatedPairLabel),
      );
      assert.deepEqual([...bars.values()], [...cosines].map(String));
      assert.match(
        await page.getByTestId('chance-summary').innerText(),
        new RegExp(`of ${concept.kept} pairs`, 'u'),
      );
    }
  };

  it('arrive in the panel with every number', async () => {
    opened = await openPanel(sampleState({ result }));
    await compare(opened);
  });

  it('are included in a report with every number', async () => {
    opened = await openReport(sampleState({ result }));
    await compare(opened);
  });
});
