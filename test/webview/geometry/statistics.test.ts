import assert from 'node:assert/strict';
import { meanLeaveOneOut, metricsOf } from '../../../src/format/conceptMetrics';
import { verdictOf, verdictSummary } from '../../../src/format/conceptVerdict';
import { lookAt } from '../../../src/format/lookAt';
import { capital, formatCosine } from '../../../src/format/numbers';
import { formatRange } from '../../../src/format/statistics';
import { shareAtLeast } from '../../../webview/charts/histogram';
import { tableValues, tooltip } from '../support/chartDriver';
import { sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ');

describe('chance next to the numbers of a concept', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('is shown in the overview: interval, verdict, what to look at, and a picture against random pairs', async () => {
    const state = sampleState();
    panel = await openPanel(state, { width: 1200 });
    const { page } = panel;
    const { concepts } = state.result!;
    const verdicts = concepts.map(({ causal }) => verdictOf(causal!, state.result!));
    assert.ok(
      plain(await page.getByTestId('overview-summary').innerText()).startsWith(
        `6 concepts, causal: ${verdictSummary(verdicts)}.`,
      ),
    );
    for (const [index, concept] of concepts.entries()) {
      const row = page.locator(`tr[data-concept="${concept.name}"]`);
      const { leaveOneOut } = concept.causal!;
      const mean = row.locator('[data-metric="leaveOneOut.mean"]');
      assert.equal(await mean.innerText(), meanLeaveOneOut.format(leaveOneOut.mean));
      assert.equal(await mean.getAttribute('data-value'), String(leaveOneOut.mean));
      assert.equal(await row.locator('.interval').innerText(), formatRange(leaveOneOut.interval));
      assert.equal(await row.locator('.verdict').innerText(), capital(verdicts[index]!.text));
      assert.equal(await row.locator('.pair-count').innerText(), `${concept.kept}/${concept.given}`);
      const look = lookAt(concept, concept.causal!);
      assert.equal(await row.locator('.look-at').innerText(), look?.text ?? '');
    }
    const row = page.locator('tr[data-concept="male ⇒ female"]');
    const { permutation, leaveOneOut, random } = concepts[0]!.causal!;
    assert.match(
      plain(await row.locator('.verdict').getAttribute('title')),
      /^Are these pairs more parallel than the same words paired at random\? 999 permutations of 11 pairs; smallest p possible \.001\. p = \.\d+, q = \.\d+ \(Benjamini–Hochberg/,
    );
    const title = plain(await row.locator('.spark-cell').getAttribute('title'));
    const { low, high } = leaveOneOut.interval!;
    assert.ok(title.includes(`95 % interval ${formatCosine(low)} to ${formatCosine(high)}`), title);
    assert.match(title, /2,000 resamples/);
    assert.ok(permutation!.q < 0.05);
    // The picture goes from −1 to 1.
    const place = (part: string) =>
      row.locator(part).evaluate((path) => {
        const { left, width } = path.closest('svg')!.getBoundingClientRect();
        const box = path.getBoundingClientRect();
        return [box.left, box.right].map((x) => ((x - left) / width) * 2 - 1);
      });
    const [from, to] = await place('.spark-interval');
    assert.ok(Math.abs(from! - low) < 0.03 && Math.abs(to! - high) < 0.03, `${from!} to ${to!}`);
    const { histogram } = random!.cosine;
    const [start, end] = await place('.spark-random');
    assert.ok(Math.abs(start! - histogram.from) < 0.03 && Math.abs(end! - histogram.to) < 0.03);
    assert.match(
      (await row.getByRole('img').getAttribute('aria-label'))!,
      /^11 pairs from 0\.\d+ to 0\.\d+; random pairs /,
    );
  });

  it('is shown in the figures of a concept', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { effectiveRank, leaveOneOut } = state.result!.concepts[0]!.causal!;
    const text = plain(await panel.page.getByTestId('figures').innerText()).replaceAll('\n', ' ');
    const { low, high } = leaveOneOut.interval!;
    assert.ok(text.includes(`95 % interval ${formatCosine(low)} to ${formatCosine(high)}`), text);
    assert.match(text, /\.001 +p against words paired at random +q = \.\d{3}/);
    assert.ok(
      text.includes(
        `${effectiveRank!.toFixed(1)} effective rank of 11, causal; 1 if all are parallel or one outweighs the rest`,
      ),
      text,
    );
    assert.match(text, /11 pairs kept of 12 pairs/);
  });

  it('has every metric of the figures, with its label, value and explanation', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const geometry = state.result!.concepts[0]!.causal!;
    for (const selfPairs of [false, true]) {
      const figures = page.getByTestId('figures').locator('.figure');
      const metrics = metricsOf('figure', selfPairs);
      assert.equal(await figures.count(), metrics.length + 1, 'and the pairs kept');
      for (const [index, { value, format, label, details, explain }] of metrics.entries()) {
        const text = await figures.nth(index).locator('span').allInnerTexts();
        assert.deepEqual(text.slice(0, 2), [format(value(geometry)), label]);
        assert.equal(
          await figures.nth(index).getAttribute('title'),
          details?.(geometry, state.result!) ?? explain,
        );
      }
      if (!selfPairs) await page.getByTestId('self-pairs').click();
    }
  });

  it('is a histogram with the pairs next to it, by cosine, by projection and matched in length', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { random, leaveOneOut } = state.result!.concepts[0]!.causal!;
    const expected = (spread: typeof random & object, values: Float64Array, kind: 'cosine' | 'projection') =>
      values.filter((value) => shareAtLeast(spread[kind].histogram, value).share <= 0.01).length;
    const summary = async () => plain(await page.getByTestId('chance-summary').innerText());
    const beyond = expected(random!, leaveOneOut.cosines, 'cosine');
    assert.match(
      await summary(),
      new RegExp(
        `^${beyond} of 11 pairs lies? beyond 99 % of 4,000 random pairs \\(drawn from 32,000 tokens\\); random mean −?0\\.0\\d ± 0\\.20\\.$`,
      ),
    );
    await page.getByTestId('chance').locator('probe-picture').focus();
    await page.keyboard.press('End');
    const best = leaveOneOut.cosines.indexOf(Math.max(...leaveOneOut.cosines));
    const pair = state.result!.concepts[0]!.pairs[best]!;
    const lines = (await tooltip(page, 'chance')).map(plain);
    assert.equal(lines[0], `${pair.base} → ${pair.target}`);
    assert.equal(lines[1], `leave-one-out cosine ${formatCosine(leaveOneOut.cosines[best]!)}, causal`);
    assert.match(lines[2]!, /of 4,000 random pairs are as large$/);
    await page.keyboard.press('Enter');
    const { base, target } = pair;
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'revealPair',
      concept: 'male ⇒ female',
      pair: { base, target },
    });
    await page.getByTestId('chance-kind').getByRole('radio', { name: 'Projection' }).check();
    assert.ok(
      (await summary()).startsWith(`${expected(random!, leaveOneOut.projections, 'projection')} of 11`),
    );
    await page.getByRole('radio', { name: 'Norm-matched' }).check();
    assert.match(await page.getByTestId('chance').innerText(), /random token pairs as long as the concept’s/);
    const table = await tableValues(page, 'chance');
    assert.equal(table.size, 22);
    assert.equal(table.get('king → queen | Leave-one-out projection'), String(leaveOneOut.projections[0]));
    const share = shareAtLeast(random!.normMatched!.histogram, leaveOneOut.projections[0]!).share;
    assert.equal(table.get('king → queen | Random pairs as large'), String(share));
  });

  it('finds the mark under the mouse', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    await page.getByTestId('chance').locator('probe-picture').focus();
    for (const key of ['Home', 'ArrowRight']) await page.keyboard.press(key);
    const name = (await tooltip(page, 'chance'))[0];
    const box = (await page.getByTestId('chance').locator('.chart-mark').boundingBox())!;
    await page.keyboard.press('Escape');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal((await tooltip(page, 'chance'))[0], name);
  });

  it('switches the bars to projections, and marks outliers', async () => {
    const [first, ...others] = sampleConcepts();
    const result = sampleResult([{ ...first!, turned: [3] }, ...others]);
    assert.deepEqual(result.concepts[0]!.causal!.leaveOneOut.outliers, [3]);
    panel = await openPanel(sampleState({ result }), { saved: { pairOrder: 'leave-one-out' } });
    const { page } = panel;
    assert.match(await page.getByTestId('outliers').innerText(), /1 pair stands apart from the others/);
    const bars = page.getByTestId('leave-one-out');
    await bars.locator('probe-picture').focus();
    await page.keyboard.press('End');
    const lines = await tooltip(page, 'leave-one-out');
    assert.deepEqual([lines[0], lines[2]], ['son → daughter', 'stands apart from the others']);
    await bars.getByRole('radio', { name: 'Projection' }).check();
    const { projections } = result.concepts[0]!.causal!.leaveOneOut;
    const values = await tableValues(page, 'leave-one-out');
    assert.equal(values.get('son → daughter | Leave-one-out projection'), String(projections[3]));
    assert.match(
      await bars.innerText(),
      /Projection of each difference on the direction of the others, causal/,
    );
  });

  it('places similar pairs next to each other', async () => {
    panel = await openPanel(sampleState(), { saved: { openTables: ['pairs', 'leave-one-out'] } });
    const { page } = panel;
    await page.getByTestId('pair-order').selectOption('clustered');
    await settled(page);
    const names = (id: string) => page.getByTestId(id).locator('tbody th').allInnerTexts();
    const clustered = await names('pairs-map');
    assert.notDeepEqual(
      clustered,
      sampleConcepts()[0]!.pairs.map((pair) => pair.join(' → ')),
    );
    assert.deepEqual(await names('leave-one-out'), clustered, 'all charts keep one order');
  });

  it('is explained as missing if it was not requested', async () => {
    const result = sampleResult(sampleConcepts(), { statistics: false, causal: false });
    panel = await openPanel(sampleState({ result }));
    const { page } = panel;
    assert.match(await page.getByTestId('chance').innerText(), /No random pairs were requested/);
    assert.match(await page.getByTestId('figures').innerText(), /no test was requested/);
    const row = page.locator('tr[data-concept="male ⇒ female"]');
    assert.equal(await row.locator('.verdict').innerText(), 'No test was requested');
    assert.match((await row.locator('.verdict').getAttribute('title'))!, /No permutation test was requested/);
    assert.equal(await page.locator('.spark-interval, .spark-random').count(), 0);
  });
});
