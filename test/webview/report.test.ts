import assert from 'node:assert/strict';
import { cellCenter, tableValues, tooltip } from './support/chartDriver';
import { sampleConcepts, sampleResult, sampleState } from './support/sampleState';
import { closeBrowser, openReport, type WebviewPage } from './support/webviewPage';

describe('an exported report', () => {
  let report: WebviewPage | undefined;
  after(closeBrowser);
  afterEach(async () => {
    assert.deepEqual(report?.errors ?? [], [], 'the page has no errors and asks for nothing else');
    await report?.close();
  });

  it('shows the same charts and values without VS Code', async () => {
    const state = sampleState();
    report = await openReport(state);
    const { page } = report;
    const { pairwise } = state.result!.concepts[0]!.causal!;
    const pairs = await tableValues(page, 'pairs-map');
    assert.equal(pairs.get('king → queen | man → woman'), String(pairwise.data[1]));
    const { x, y } = await cellCenter(page, 'pairs-map', 0, 1);
    await page.mouse.move(x, y);
    assert.equal((await tooltip(page, 'pairs-map')).length, 2, 'nothing is said about clicking');
    await page.locator('tr[data-concept="small ⇒ big"]').click();
    assert.equal(await page.getByTestId('concept-title').innerText(), 'small ⇒ big');
  });

  it('has no buttons that need the extension', async () => {
    const result = sampleResult([{ name: 'royalty', pairs: [['king', 'queen']] }]);
    report = await openReport(sampleState({ result, problem: 'Cancelled.' }));
    assert.equal(await report.page.locator('vscode-button').count(), 0);
  });

  it('follows the system’s light or dark mode', async () => {
    report = await openReport(sampleState(), { colorScheme: 'light' });
    const { page } = report;
    const looks = (ground: string, checkbox: string) =>
      page.waitForFunction(
        (expected) => {
          const control = document.querySelector('vscode-checkbox')?.shadowRoot?.querySelector('.control');
          const seen = [document.body, control ?? document.body].map(
            (element) => getComputedStyle(element).backgroundColor,
          );
          return seen.join() === expected.join();
        },
        [ground, checkbox],
      );
    await looks('rgb(255, 255, 255)', 'rgb(248, 248, 248)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await looks('rgb(31, 31, 31)', 'rgb(49, 49, 49)');
  });

  it('defines every theme variable that the panel uses', async () => {
    report = await openReport(sampleState());
    const missing = await report.page.evaluate(() => {
      const rules = [...document.styleSheets].flatMap((sheet) =>
        [...sheet.cssRules].map((rule) => rule.cssText),
      );
      const used = new Set(
        [...rules.join('\n').matchAll(/var\((--vscode-[\w-]+)\)/g)].map((match) => match[1]!),
      );
      const style = getComputedStyle(document.documentElement);
      return [...used].filter((name) => style.getPropertyValue(name) === '');
    });
    assert.deepEqual(missing, []);
  });

  it('keeps markup in names as text', async () => {
    const [first] = sampleConcepts();
    report = await openReport(
      sampleState({ result: sampleResult([{ ...first!, name: '</script><img src=x>' }]) }),
    );
    assert.equal(await report.page.getByTestId('concept-title').innerText(), '</script><img src=x>');
    assert.equal(await report.page.locator('img').count(), 0);
  });
});
