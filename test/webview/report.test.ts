import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { cellCenter, tableValues, tooltip } from './support/chartDriver';
import { manyConcepts, sampleConcepts, sampleResult, sampleState } from './support/sampleState';
import { spoiltText } from './support/textBoxes';
import { openReport, type WebviewPage } from './support/webviewPage';

describe('an exported report', () => {
  let report: WebviewPage | undefined;
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

  it('opens with 500 concepts', async () => {
    const concepts = Array.from({ length: 500 }, (_, at) => ({
      name: `concept ${at}`,
      pairs: [0, 1].map((pair) => [`base ${at} ${pair}`, `target ${at} ${pair}`] as const),
    }));
    report = await openReport(sampleState({ result: sampleResult(concepts, { statistics: false }) }));
    const { page } = report;
    // Only the rows in sight are in the document.
    await page.locator('tr[data-concept="concept 0"] button').focus();
    await page.keyboard.press('End');
    await page.locator('tr[data-concept="concept 499"]').click();
    assert.equal(await page.getByTestId('concept-title').innerText(), 'concept 499');
    await page.getByTestId('directions-map').locator('canvas').waitFor();
  });

  it('prints its figures as vectors in black on white, each in its own place and on no blank page', async () => {
    report = await openReport(sampleState({ result: manyConcepts(27) }), {
      colorScheme: 'dark',
      width: 1400,
    });
    const { page } = report;
    const pages = pdfPages(await page.pdf({ format: 'A4' }));
    assert.ok(pages.length > 1);
    for (const [at, content] of pages.entries())
      assert.match(content, /\bT[jJ]\b/u, `page ${at + 1} of ${pages.length} has text`);
    assert.equal(await page.locator('.print-figure').count(), 0, 'the screen is as it was');
    // An A4 page within its margins.
    await page.setViewportSize({ width: 690, height: 1000 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.locator('.print-figure').nth(3).waitFor();
    // Turned names of columns have boxes that overlap.
    await page.addStyleTag({ content: '.print-figure text { visibility: hidden }' });
    assert.deepEqual(await spoiltText(page), []);
    const seen = await page.evaluate(() => ({
      canvases: [...document.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility()).length,
      controls: [...document.querySelectorAll('.segments, details, figure-menu')].filter((one) =>
        one.checkVisibility(),
      ).length,
      ground: getComputedStyle(document.body).backgroundColor,
      wide: [...document.querySelectorAll('.print-figure')].filter(
        (figure) => figure.getBoundingClientRect().right > innerWidth,
      ).length,
      legends: [...document.querySelectorAll('.legend-scale')].map(
        (scale) => getComputedStyle(scale).backgroundImage,
      ),
    }));
    const { canvases, controls, ground, wide, legends } = seen;
    assert.deepEqual(
      { canvases, controls, ground, wide },
      { canvases: 0, controls: 0, ground: 'rgb(255, 255, 255)', wide: 0 },
    );
    assert.ok(legends.length > 0 && legends.every((image) => image.startsWith('linear-gradient')));
  });
});

/** The drawing commands of every page of a PDF. */
function pdfPages(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const contents = [...text.matchAll(/\/Type \/Page\b(?!s)[\s\S]*?\/Contents (\d+) 0 R/gu)];
  return contents.map(([, id]) => {
    const object = text.indexOf(`\n${id!} 0 obj`);
    const start = text.indexOf('stream\n', object) + 'stream\n'.length;
    const end = text.indexOf('\nendstream', start);
    return inflateSync(pdf.subarray(start, end)).toString('latin1');
  });
}
