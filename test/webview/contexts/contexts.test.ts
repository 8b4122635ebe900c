import assert from 'node:assert/strict';
import { row } from '../../../src/geometry/matrix';
import { separation } from '../../../src/geometry/separation';
import { formatCosine } from '../../../src/format/numbers';
import { cellCenter, tableValues, tooltip } from '../support/chartDriver';
import { watchRedraws } from '../support/redraws';
import { sampleAlignment, sampleMeasurement } from '../support/sampleContexts';
import { manyConcepts, sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

const [male, past] = ['male ⇒ female', 'present ⇒ past'];

describe('contexts in the panel', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  for (const count of [27, 40])
    it(`shows the alignment of sets of 150 pairs with ${count} concepts`, async () => {
      const result = manyConcepts(count);
      const alignment = [
        sampleAlignment(result, { count: 150 }),
        sampleAlignment(result, { count: 150, product: 'euclidean' }),
      ];
      const [causal, euclidean] = alignment;
      panel = await openPanel(sampleState({ result, alignment }));
      const { page } = panel;
      const map = await tableValues(page, 'alignment-map');
      assert.equal(map.size, 2 * count);
      causal!.sets.forEach(({ name }, set) => {
        causal!.concepts.forEach((concept, c) => {
          assert.equal(map.get(`${name} | ${concept}`), String(row(causal!.cosine, set)[c]!));
        });
      });
      const bars = await tableValues(page, 'alignment-bars');
      assert.equal(bars.size, 4 * count);
      causal!.concepts.forEach((concept, c) => {
        assert.equal(bars.get(`${concept} | Cosine`), String(row(causal!.cosine, 0)[c]!));
        assert.equal(bars.get(`${concept} | q`), String(row(causal!.q, 0)[c]!));
        assert.equal(bars.get(`${concept} | Random 95\u00a0%`), String(causal!.random95[c]!));
      });
      const { x, y } = await cellCenter(page, 'alignment-map', 0, 0);
      await page.mouse.move(x, y);
      const lines = await tooltip(page, 'alignment-map');
      assert.deepEqual(lines.slice(0, 3), [
        `${male} × ${male}`,
        'cosine 0.43, causal',
        'p < .001, q = .004 (sign flips of the pairs)',
      ]);
      assert.match(lines[3]!, /^95\u00a0% of random concepts lie below \|0\.1\d\|$/u);
      assert.match(
        await page.getByTestId('alignment-summary').innerText(),
        /^male ⇒ female aligns most with male ⇒ female \(cosine 0\.43; q = \.004; 95.% of random concepts below 0\.1/u,
      );
      // The largest bar is first, and marked as the concept of the set's name.
      await page.getByTestId('alignment-bars').locator('probe-picture').focus();
      await page.keyboard.press('Home');
      const first = await tooltip(page, 'alignment-bars');
      assert.deepEqual([first[0], first.at(-1)], [male, 'the concept of this name']);
      await page.keyboard.press('Escape');
      const parallel = page.locator(`[data-testid="parallelism"] tr[data-set="${male}"] td[data-value]`);
      const { leaveOneOut, permutation } = causal!.sets[0]!.geometry;
      assert.deepEqual(
        await parallel.evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset['value'])),
        [leaveOneOut.mean, permutation!.p, permutation!.q].map(String),
      );
      assert.match(await page.getByTestId('alignment-product').innerText(), /mapped by Cov\(γ\)/u);
      await page.getByRole('radio', { name: 'Euclidean' }).check();
      assert.match(await page.getByTestId('alignment-product').innerText(), /plain cosines, Euclidean/u);
      const other = await tableValues(page, 'alignment-map');
      assert.equal(other.get(`${male} | ${past}`), String(row(euclidean!.cosine, 0)[1]!));
    });

  it('shows one set in detail, finds its pairs in the file, and says what was dropped', async () => {
    const state = sampleState();
    panel = await openPanel({ ...state, alignment: [sampleAlignment(state.result!)] });
    const { page } = panel;
    assert.match(
      await page.getByTestId('dropped-contexts').innerText(),
      /1 dropped pair\s+One day\. → One day\.\s+the model reads both contexts as the same tokens/u,
    );
    assert.match(await page.getByTestId('contexts-windowed').innerText(), /^1 pair with a context longer/u);
    await page.getByTestId('context-leave-one-out').locator('probe-picture').focus();
    await page.keyboard.press('Home');
    const [name] = await tooltip(page, 'context-leave-one-out');
    assert.match(name!, /little boy named Tim 0 .*→ .*little girl named Sue 0/u);
    await page.keyboard.press('Enter');
    const [pair] = sampleAlignment(state.result!).sets[0]!.pairs;
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'revealContexts',
      set: male,
      pair: { base: pair!.base, target: pair!.target },
    });
    await page.keyboard.press('Escape');
    const redrawn = await watchRedraws(page, '.contexts');
    await page.getByTestId('pair-order').selectOption('name');
    assert.equal(await redrawn(), false, 'by a choice that does not concern it');
    await page.getByTestId('context-set').selectOption('English → French');
    assert.equal(await redrawn(), true);
    assert.match(await page.getByTestId('context-set-summary').innerText(), /of English → French with/u);
    assert.equal(await page.getByTestId('dropped-contexts').count(), 0);
    assert.match(await page.getByTestId('alignment-bars').innerText(), /No concept has this name\./u);
    await page.getByTestId('close-alignment').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'alignment' });
  });

  for (const count of [27, 40])
    it(`shows ${count} concepts measured in 600 texts`, async () => {
      const result = manyConcepts(count);
      const measurement = [sampleMeasurement(result, { count: 300, empty: 2 })];
      const [causal] = measurement;
      panel = await openPanel(sampleState({ result, measurement }));
      const { page } = panel;
      assert.equal(await page.locator('.multiple').count(), count - 1);
      assert.equal(await page.locator('.multiple canvas').count(), count - 1);
      const numbers = await tableValues(page, 'measurement-numbers');
      for (const { name, separation: expected } of causal!.concepts) {
        const { auc, dPrime } = expected!;
        const shown = ['AUC', 'AUC low', 'AUC high', 'd′', 'd′ low', 'd′ high'].map((column) =>
          numbers.get(`${name} | ${column}`),
        );
        const wanted = [auc, dPrime!].flatMap(({ value, low, high }) => [value, low, high]);
        assert.deepEqual(shown, wanted.map(String), name);
      }
      assert.equal(numbers.get(`${male} | n boys`), '298');
      assert.equal(
        await page.getByTestId('measurement-unread').innerText(),
        'boys: 2 contexts without a word. girls: 1 context longer than the model’s window, of which the end was read.',
      );
      const target = page.getByTestId('measurement-target');
      const { auc } = causal!.concepts[0]!.separation!;
      const text = (await target.innerText()).replaceAll('\u00a0', ' ');
      assert.ok(text.includes(`95 % interval ${formatCosine(auc.low)} to ${formatCosine(auc.high)}`));
      // Every value is in a bin of its set.
      await target.locator('probe-picture').focus();
      await page.keyboard.press('Home');
      const seen = [0, 0];
      for (let last = ''; ;) {
        const lines = await tooltip(page, 'measurement-target');
        if (lines.join() === last) break;
        last = lines.join();
        lines.slice(1).forEach((line, set) => {
          seen[set]! += Number(/: (\d+) of/u.exec(line)![1]);
        });
        await page.keyboard.press('ArrowRight');
      }
      assert.deepEqual(seen, [298, 300]);
      await page.keyboard.press('Escape');
      const order = () =>
        page.locator('.multiple').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['auc']));
      await page.getByRole('radio', { name: 'AUC' }).check();
      const sorted = causal!.concepts
        .slice(1)
        .map((concept) => concept.separation!.auc.value)
        .sort((a, b) => b - a);
      assert.deepEqual(await order(), sorted.map(String));
      await page.locator('.multiple button', { hasText: past }).first().click();
      assert.ok((await target.innerText()).startsWith(past));
    });

  it('compares any two of several labels', async () => {
    const state = sampleState();
    const result = sampleMeasurement(state.result!, { labels: ['boys', 'girls', 'dogs'] });
    panel = await openPanel({ ...state, measurement: [result] });
    const { page } = panel;
    await page.getByTestId('second-label').selectOption('dogs');
    const [first, , third] = result.concepts[0]!.sets;
    const expected = separation(first!.values, third!.values)!;
    const numbers = await tableValues(page, 'measurement-numbers');
    assert.equal(numbers.get(`${male} | AUC`), String(expected.auc.value));
    await page.getByTestId('first-label').selectOption('dogs');
    await settled(page);
    const swapped = await tableValues(page, 'measurement-numbers');
    assert.equal(swapped.get(`${male} | AUC`), String(separation(third!.values, first!.values)!.auc.value));
  });

  it('shows one label without comparing it', async () => {
    const state = sampleState();
    panel = await openPanel({
      ...state,
      measurement: [sampleMeasurement(state.result!, { labels: ['boys'] })],
    });
    const { page } = panel;
    assert.match(
      await page.getByTestId('measurement-summary').innerText(),
      /AUC and d′ need contexts with a second label\.$/u,
    );
    assert.doesNotMatch(await page.getByTestId('measurement-target').innerText(), /AUC/u);
  });

  it('says so when contexts arrive damaged', async () => {
    const state = sampleState();
    const whole = sampleMeasurement(state.result!);
    const [first, ...rest] = whole.concepts;
    const short = { ...first!, sets: first!.sets.map((set) => ({ ...set, values: new Float64Array(1) })) };
    panel = await openPanel({ ...state, measurement: [{ ...whole, concepts: [short, ...rest] }] });
    await panel.page.getByText('The measurement of contexts arrived damaged and is not shown').waitFor();
    assert.equal(await panel.page.getByTestId('measurement').count(), 0);
    assert.equal((await panel.posted()).at(-1)?.type, 'damaged');
  });
});
