import assert from 'node:assert/strict';
import { pairLabel } from '../../../src/concepts/concept';
import type { SteerResult } from '../../../src/protocol/contextResult';
import type { SteeredContext } from '../../../src/protocol/steeringMessages';
import { tableValues, tooltip } from '../support/chartDriver';
import { plainSteering } from '../support/plainSteering';
import { sampleSteering } from '../support/sampleSteering';
import { manyConcepts, sampleState } from '../support/sampleState';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

const concept = 'male ⇒ female';

describe('a steered context', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const open = async (count = 27, change: Partial<SteeredContext> = {}, saved?: object) => {
    const result = manyConcepts(count);
    const steering = { ...sampleSteering(result, concept), ...change };
    const state = sampleState({ result, steering });
    panel = await openPanel(state, { saved });
    return { page: panel.page, steered: steering.result, state };
  };

  const values = (selector: string): Promise<number[]> =>
    panel!.page
      .locator(selector)
      .evaluateAll((all) => all.map((element) => Number((element as HTMLElement).dataset['value'])));

  /** Every number that follows α is that of plain loops. */
  const shows = async (steered: SteerResult, alpha: number, pairAt = 0): Promise<void> => {
    await settled(panel!.page);
    const now = plainSteering(steered, alpha);
    const before = plainSteering(steered, 0);
    const top = now.order.slice(0, 10);
    const rows = panel!.page.locator('[data-testid="steering-tokens"] tr[data-token]');
    const shown = await rows.evaluateAll((all) =>
      all.map((row) => {
        const cells = [...row.querySelectorAll<HTMLElement>('td')];
        const bar = row.querySelector<HTMLElement>('.steering-bar span')!;
        return {
          id: Number((row as HTMLElement).dataset['token']),
          piece: cells[0]!.textContent,
          width: Number(bar.style.width.replace('%', '')),
          numbers: cells.slice(2, 4).map((cell) => Number(cell.dataset['value'])),
          moved: cells[4]!.textContent,
        };
      }),
    );
    assert.deepEqual(
      shown.map(({ id }) => id),
      top,
    );
    top.forEach((id, index) => {
      const { numbers, piece, width, moved } = shown[index]!;
      const rankBefore = before.order.indexOf(id) + 1;
      near(numbers[0]!, now.probability(id));
      near(width, 100 * now.probability(id), 1e-3);
      assert.equal(numbers[1], rankBefore);
      const places = rankBefore - index - 1;
      const arrow = places > 0 ? '▲' : '▼';
      assert.equal(moved, places === 0 ? '' : `${arrow} ${Math.abs(places).toLocaleString('en')}`);
      assert.equal(piece, steered.pieces[id]);
    });
    const { baseId, targetId } = steered.pairs.filter((pair) => pair.concept === concept)[pairAt]!;
    const figures = await values('[data-testid="steering-pair"] .figure-value');
    near(figures[0]!, now.probability(baseId));
    near(figures[1]!, now.probability(targetId));
    near(figures[2]!, Math.log(now.probability(targetId) / now.probability(baseId)), 1e-5);
    const [share] = await values('[data-testid="steering-step"] strong');
    near(share!, (Math.abs(alpha) * steered.stepNorm) / steered.hiddenNorm);
    assert.equal(await panel!.page.getByTestId('steering-large').isVisible(), share! > 1);
  };

  it('says which context it is, and how much of it was read', async () => {
    const { page, steered } = await open();
    assert.equal(
      await page.getByTestId('steering-context').innerText(),
      '…Once upon a time there was a little',
    );
    assert.deepEqual(await page.getByTestId('steering-facts').locator('span').allInnerTexts(), [
      '132 tokens read',
      '‖λ‖ = 21.50',
      '‖v‖ = 33.25',
    ]);
    await shows(steered, 0.2);
    const cut = { ...sampleSteering(manyConcepts(2), concept), isCut: true, hasMore: false };
    await panel!.send({ steering: cut });
    assert.match(await page.getByTestId('steering-facts').innerText(), /only the end of the text/u);
  });

  for (const count of [27, 40])
    it(`follows the slider by mouse and keyboard, with ${count} concepts`, async () => {
      const { page, steered } = await open(count);
      const slider = page.getByTestId('steering-slider');
      await slider.scrollIntoViewIfNeeded();
      const { x, y, width, height } = (await slider.boundingBox())!;
      await page.mouse.move(x + 0.6 * width, y + height / 2);
      await page.mouse.down();
      for (const share of [0.65, 0.71, 0.78, 0.83]) {
        await page.mouse.move(x + share * width, y + height / 2);
        await shows(steered, Number(await slider.inputValue()));
      }
      await page.mouse.up();
      const dragged = Number(await slider.inputValue());
      assert.ok(dragged > 0.55 && dragged < 0.75);
      assert.equal(await page.getByTestId('steering-alpha').inputValue(), String(dragged));
      await slider.focus();
      await page.keyboard.press('ArrowLeft');
      const stepped = Number(await slider.inputValue());
      near(stepped, dragged - 0.01);
      await shows(steered, stepped);
      await page.keyboard.press('Home');
      await shows(steered, -1);
      await page.keyboard.press('End');
      await shows(steered, 1);
      await page.getByTestId('steering-zero').click();
      await shows(steered, 0);
      assert.equal(await slider.inputValue(), '0');
    });

  it('takes any α that is typed, and the ends of the slider follow', async () => {
    const { page, steered } = await open();
    const [slider, field] = [page.getByTestId('steering-slider'), page.getByTestId('steering-alpha')];
    await field.fill('-3.25');
    await shows(steered, -3.25);
    assert.equal(await slider.getAttribute('min'), '-5');
    assert.equal(await slider.inputValue(), '-3.25');
    await field.fill('');
    await shows(steered, -3.25);
    await field.pressSequentially('0.125');
    await shows(steered, 0.125);
    assert.equal(await field.inputValue(), '0.125');
    assert.equal(await slider.getAttribute('max'), '1');
  });

  it('shows the chosen pair, and all pairs as a table', async () => {
    const { page, steered } = await open();
    const own = steered.pairs.filter((pair) => pair.concept === concept);
    await page.getByTestId('steering-pair-choice').selectOption(pairLabel(own[3]!));
    await shows(steered, 0.2, 3);
    const table = await tableValues(page, 'steering-pair');
    const now = plainSteering(steered, 0.2);
    for (const pair of own) {
      const at = (column: string) => Number(table.get(`${pairLabel(pair)} | ${column}`));
      near(at('P(base)'), now.probability(pair.baseId));
      near(at('P(target)'), now.probability(pair.targetId));
    }
    await page.getByTestId('steering-slider').press('ArrowRight');
    await shows(steered, 0.21, 3);
    const later = await tableValues(page, 'steering-pair');
    assert.notEqual(
      later.get(`${pairLabel(own[0]!)} | P(base)`),
      table.get(`${pairLabel(own[0]!)} | P(base)`),
    );
  });

  it('has an arrow for every concept, as long as α says', async () => {
    const { page, steered } = await open(40);
    const { concepts, pairs, moves } = steered;
    const other = pairs.filter((pair) => pair.concept === 'singular ⇒ plural')[2]!;
    await page.getByTestId('steering-other-concept').selectOption(other.concept);
    await page.getByTestId('steering-other-pair').selectOption(pairLabel(other));
    await page.getByTestId('steering-alpha').fill('-0.5');
    const columns = [pairs.find((pair) => pair.concept === concept)!, other].map((pair) =>
      pairs.indexOf(pair),
    );
    const move = (index: number, axis: number) => -0.5 * moves.data[index * moves.columns + columns[axis]!]!;
    const odds = columns.map((column) => `log P(${pairs[column]!.target})/P(${pairs[column]!.base})`);
    const table = await tableValues(page, 'steering-arrows');
    assert.equal(table.size, 80);
    concepts.forEach((name, index) => {
      const row = name === concept ? `${name} (steered)` : name;
      for (const axis of [0, 1]) near(Number(table.get(`${row} | ${odds[axis]!}`)), move(index, axis));
    });
    const chart = page.getByTestId('steering-arrows').locator('probe-picture');
    await chart.focus();
    await page.keyboard.press('End');
    const last = concepts.length - 1;
    const sign = (value: number) => (value < 0 ? '−' : '') + Math.abs(value).toFixed(2);
    assert.deepEqual(await tooltip(page, 'steering-arrows'), [
      concepts[last],
      `${sign(move(last, 0))} to ${odds[0]!}`,
      `${sign(move(last, 1))} to ${odds[1]!}`,
    ]);
    const mark = (await chart.locator('.chart-mark').boundingBox())!;
    await page.keyboard.press('Home');
    assert.equal((await tooltip(page, 'steering-arrows'))[0], `${concept} (steered)`);
    const steeredMark = (await chart.locator('.chart-mark').boundingBox())!;
    await page.keyboard.press('Escape');
    await page.mouse.move(steeredMark.x + steeredMark.width / 2, steeredMark.y + steeredMark.height / 2);
    assert.equal((await tooltip(page, 'steering-arrows'))[0], `${concept} (steered)`);
    assert.notDeepEqual(mark, steeredMark);
  });

  it('renders nothing else while the slider moves, and keeps α', async () => {
    const { page, steered, state } = await open(40);
    await page.evaluate(() => {
      const observer = new MutationObserver((found) => {
        const others = found.filter(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement;
          return !element?.closest('probe-steering');
        });
        document.body.dataset['mutations'] = String(
          Number(document.body.dataset['mutations'] ?? 0) + others.length,
        );
      });
      observer.observe(document.getElementById('root')!, {
        ...{ subtree: true, childList: true, characterData: true, attributes: true },
      });
    });
    const slider = page.getByTestId('steering-slider');
    await slider.focus();
    for (let press = 0; press < 12; press++) await page.keyboard.press('ArrowRight');
    await shows(steered, 0.32);
    assert.ok(['', '0'].includes(await page.evaluate(() => document.body.dataset['mutations'] ?? '')));
    const saved = (await panel!.saved()) as { steering: { alpha: number } };
    assert.equal(saved.steering.alpha, 0.32);
    const next = sampleSteering(state.result!, concept, { result: { tokens: 7 } });
    await panel!.send({ steering: next });
    await shows(next.result, 0.32);
  });

  it('asks for another concept and the other inner product of the same context', async () => {
    const { page } = await open();
    await page.getByTestId('steering-concept').selectOption('present ⇒ past');
    await page.getByTestId('steering-product').selectOption('Euclidean');
    await page.getByTestId('close-steering').click();
    assert.deepEqual((await panel!.posted()).slice(1), [
      { type: 'steer', concept: 'present ⇒ past' },
      { type: 'steer', product: 'euclidean' },
      { type: 'close', view: 'steering' },
    ]);
    await panel!.send({ steering: null });
    assert.equal(await page.getByTestId('steering').count(), 0);
  });

  it('says what is missing where no pair is one token each, and which concepts have no direction', async () => {
    const result = manyConcepts(6);
    const { result: whole, ...about } = sampleSteering(result, concept);
    const reason = '“cold ⇒ hot” has no direction: it needs a pair that is kept and does not cancel out.';
    const bare = { ...whole, pairs: [], moves: { ...whole.moves, columns: 0, data: new Float64Array(0) } };
    const skipped = [{ name: 'cold ⇒ hot', reason }];
    panel = await openPanel(sampleState({ result, steering: { ...about, result: { ...bare, skipped } } }));
    const { page } = panel;
    assert.match(await page.getByTestId('steering-no-pair').innerText(), /^No kept pair of male ⇒ female/u);
    assert.equal(await page.getByTestId('steering-arrows').count(), 0);
    assert.equal(await page.getByTestId('steering-skipped').innerText(), reason);
    assert.equal(await page.locator('[data-testid="steering-tokens"] tr[data-token]').count(), 10);
  });

  it('is not shown if it arrives damaged', async () => {
    const { page, state } = await open(2);
    const { result, ...about } = state.steering!;
    for (const change of [
      { logits: result.logits.slice(1) },
      { shift: new Float32Array(0) },
      { ids: Int32Array.of(32_000) },
      { moves: { ...result.moves, rows: 1 } },
      { pairs: [{ ...result.pairs[0]!, baseId: -1 }, ...result.pairs.slice(1)] },
    ]) {
      await panel!.send({ steering: { ...about, result: { ...result, ...change } } });
      assert.equal(await page.getByTestId('steering').count(), 0);
      await page
        .getByText('The steered context arrived damaged and is not shown; retry, or see the log.')
        .waitFor();
      assert.match(JSON.stringify((await panel!.posted()).at(-1)), /"damaged","reason":"steering: /u);
    }
    await panel!.send({ steering: state.steering });
    await shows(result, 0.2);
  });

  it('works in a report too, where nothing can be asked for', async () => {
    const result = manyConcepts(6);
    const steering = sampleSteering(result, concept);
    panel = await openReport(sampleState({ result, steering }));
    const { page } = panel;
    await page.getByTestId('steering-slider').press('End');
    await shows(steering.result, 1);
    assert.equal(await page.getByTestId('steering-form').count(), 0);
    assert.equal(await page.getByTestId('steering-concept').count(), 0);
  });
});

function near(actual: number, expected: number, tolerance = 1e-9): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
}
