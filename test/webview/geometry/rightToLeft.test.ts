import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sampleComparison } from '../../support/sampleComparison';
import { cellCenter } from '../support/chartDriver';
import { paintedAt } from '../support/chartPixels';
import { sampleConcepts, sampleResult, sampleState, severalTokens } from '../support/sampleState';
import { sampleVocabulary } from '../support/sampleVocabulary';
import { missingViews } from '../support/walkWidths';
import { openPanel, type WebviewPage } from '../support/webviewPage';

const hebrew = 'זכר ⇒ נקבה';
const arabic = 'مفرد ⇒ جمع';
const shownHebrew = '\u2068זכר\u2069 ⇒ \u2068נקבה\u2069';
const shownArabic = '\u2068مفرد\u2069 ⇒ \u2068جمع\u2069';
const [king, queen] = ['ملك', 'ملكة'];

function rightToLeft() {
  const [first, second] = sampleConcepts();
  return [
    {
      name: hebrew,
      pairs: [[king, queen] as const, ['רופא', 'רופאה'] as const, ...first!.pairs],
      dropped: [severalTokens('נסיך', 'נסיכה', ['▁נסי', 'כה'])],
    },
    { ...second!, name: arabic },
    // Marks that would reverse all following text.
    { ...second!, name: '\u202eevil\u2066' },
  ];
}

/** Positions at which Latin letters, digits and signs are to the left of those they follow, line by line. */
function turnedRound(text: Locator): Promise<string[]> {
  return text.evaluateAll((elements) =>
    elements.flatMap((element) => {
      const found: string[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const content = node.textContent ?? '';
        let before = { left: -Infinity, top: NaN };
        for (let at = 0; at < content.length; at++) {
          if (!/[!-~−×]/u.test(content[at]!)) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const { left, top } = range.getBoundingClientRect();
          if (top === before.top && left < before.left) found.push(`${content.slice(at)} in ${content}`);
          before = { left, top };
        }
      }
      return found;
    }),
  );
}

describe('right-to-left names', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('do not change the order of words and numbers around them', async () => {
    const result = sampleResult(rightToLeft());
    const vocabulary = sampleVocabulary(result, hebrew, arabic, { tokens: 500 });
    const comparison = sampleComparison(result, sampleResult(rightToLeft(), { seed: 8 }));
    const state = sampleState({ result, vocabulary, comparison, conceptFile: 'נסיון.concepts.json' });
    panel = await openPanel(state, {
      saved: { openTables: ['directions', 'pairs', 'leave-one-out', 'chance', 'vocabulary'] },
    });
    assert.deepEqual(await missingViews(panel, state), []);
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'directions-map', 0, 1);
    await page.mouse.move(x, y);
    assert.match(
      (await page.getByTestId('directions-map').locator('.chart-tooltip').innerText()).replaceAll(
        '\u00a0',
        ' ',
      ),
      new RegExp(`${shownHebrew} × ${shownArabic}`),
    );
    for (const sentences of ['p', 'li', 'caption', 'h2', 'h3', 'th', '.chart-tooltip div', '.file'])
      assert.deepEqual(await turnedRound(page.locator(sentences)), [], sentences);
    assert.match(
      await page.getByTestId('directions-summary').innerText(),
      new RegExp(`[${hebrew}${arabic}]`),
    );
  });

  it('keep base before target in lists, tables and on canvases', async () => {
    const result = sampleResult(rightToLeft());
    panel = await openPanel(sampleState({ result }), { saved: { openTables: ['pairs'] }, width: 900 });
    const { page } = panel;
    const left = (text: string) =>
      page
        .getByTestId('pairs-map')
        .locator('tbody th')
        .first()
        .evaluate((cell, word) => {
          const node = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          for (let part = node.nextNode(); part; part = node.nextNode()) {
            const at = part.textContent?.indexOf(word) ?? -1;
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(part, at);
            range.setEnd(part, at + word.length);
            return range.getBoundingClientRect().left;
          }
          return NaN;
        }, text);
    assert.ok((await left(king)) < (await left('→')) && (await left('→')) < (await left(queen)));
    for (const chart of ['pairs-map', 'leave-one-out']) {
      const painted = await paintedAt(page, chart === 'pairs-map' ? 1000 : 1100, chart);
      assert.ok(painted.includes(`\u2068${king}\u2069 → \u2068${queen}\u2069`), chart);
    }
    const map = await paintedAt(page, 900, 'directions-map');
    assert.ok(map.includes(shownHebrew) && map.includes('evil'));
  });

  it('are selected and requested by their original text', async () => {
    panel = await openPanel(sampleState({ result: sampleResult(rightToLeft()) }));
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'directions-map', 1, 1);
    await page.mouse.click(x, y);
    assert.equal(await page.getByTestId('concept-title').innerText(), shownArabic);
    await page.getByTestId('project-vocabulary').click();
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'vocabulary',
      product: 'causal',
      x: arabic,
      y: null,
    });
  });
});
