import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { sampleComparison } from '../../support/sampleComparison';
import { cellCenter } from './chartDriver';
import { manyConcepts, manyPairs, sampleConcepts, sampleResult, sampleState } from './sampleState';
import { sampleVocabulary } from './sampleVocabulary';
import { darkTheme, highContrastLightTheme, highContrastTheme, lightTheme } from './themes';
import { closeBrowser } from './browser';
import { openPanel, openReport, settled, type WebviewPage } from './webviewPage';

/* Screenshots of the panel for visual checks: `npx tsx test/webview/support/screenshots.ts FOLDER`. */

async function main(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const save = async (name: string, opened: Promise<WebviewPage>) => {
    const panel = await opened;
    const { page, errors } = panel;
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    for (const error of errors) console.error(`${name}: ${error}`);
    await panel.close();
  };
  const state = sampleState();
  const busy = sampleState({ progress: { message: 'Reading 118 rows of the unembedding', fraction: 0.4 } });
  const { result } = state;
  const full = sampleState({
    vocabulary: sampleVocabulary(result!, 'male ⇒ female', 'present ⇒ past'),
    comparison: sampleComparison(
      sampleResult(sampleConcepts()),
      sampleResult(sampleConcepts(), { seed: 8, model: { file: 'onnx/model_quantized.onnx' } }),
    ),
  });
  const strip = sampleState({ vocabulary: sampleVocabulary(result!, 'male ⇒ female', null) });
  const themes = { light: lightTheme, dark: darkTheme, contrast: highContrastTheme };
  for (const [name, theme] of Object.entries(themes)) {
    for (const width of [480, 1200]) await save(`full-${name}-${width}`, openPanel(full, { theme, width }));
  }
  for (const width of [320, 540, 900, 1900])
    for (const [name, theme] of [
      ['light', lightTheme],
      ['dark', darkTheme],
    ] as const) {
      const opened = (many: ProbeResult) => openPanel(sampleState({ result: many }), { theme, width });
      for (const count of [8, 40])
        await save(`concepts-${count}-${name}-${width}`, opened(manyConcepts(count)));
      await save(`pairs-300-${name}-${width}`, opened(manyPairs(300)));
    }
  await save('strip-light', openPanel(strip, { width: 700 }));
  await save(
    'absolute-clustered',
    openPanel(state, {
      saved: {
        sign: 'absolute',
        conceptOrder: 'clustered',
        map: 'differences',
        measure: 'projection',
        chance: 'norm-matched',
        pairOrder: 'clustered',
        product: 'euclidean',
      },
    }),
  );
  await save(
    'no-statistics',
    openPanel(sampleState({ result: sampleResult(sampleConcepts(), { causal: false, statistics: false }) })),
  );
  await save('blocks-light', openPanel(sampleState({ result: manyPairs(2500) }), { width: 1100 }));
  const none = { conceptFile: null, result: null };
  await save('light', openPanel(state, { theme: lightTheme, devicePixelRatio: 2 }));
  await save('dark', openPanel(state, { theme: darkTheme, devicePixelRatio: 2 }));
  await save('dark-wide', openPanel(state, { theme: darkTheme, width: 1400 }));
  await save('light-narrow', openPanel(busy, { width: 300, devicePixelRatio: 2 }));
  await save('high-contrast', openPanel(state, { theme: highContrastTheme }));
  await save('high-contrast-light', openPanel(busy, { theme: highContrastLightTheme }));
  await save('empty-dark', openPanel(sampleState(none), { theme: darkTheme, width: 500, height: 600 }));
  await save('first-light', openPanel(sampleState({ ...busy, result: null }), { width: 500, height: 600 }));
  await save(
    'problem-dark',
    openPanel(sampleState({ problem: 'Cancelled.' }), { theme: darkTheme, width: 500 }),
  );
  await save('report-light', openReport(state, { width: 1200 }));
  await save('report-dark', openReport(state, { width: 700, colorScheme: 'dark' }));
  await save('many-light', openPanel(sampleState({ result: manyPairs(200) }), { width: 1100 }));
  await save(
    'many-narrow-dark',
    openPanel(sampleState({ result: manyPairs(60) }), { theme: darkTheme, width: 340 }),
  );
  await save('hover-light', hovered(openPanel(state, { width: 700 })));
  await save('hover-dark', hovered(openPanel(state, { width: 1000, theme: darkTheme })));
  await closeBrowser();
}

async function hovered(opened: Promise<WebviewPage>): Promise<WebviewPage> {
  const panel = await opened;
  await panel.page.locator('details summary').first().click();
  const { x, y } = await cellCenter(panel.page, 'pairs-map', 3, 4);
  await panel.page.mouse.move(x, y);
  return panel;
}

main(process.argv[2] ?? 'dist/screenshots').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
