import assert from 'node:assert/strict';
import type { PanelState } from '../../src/protocol/panelMessages';
import { sampleComparison } from '../support/sampleComparison';
import { sampleManyModels } from '../support/sampleManyModels';
import { sampleCategories } from './support/sampleCategories';
import { sampleAlignment, sampleMeasurement } from './support/sampleContexts';
import { savedPreset, savedSimulation, savedTheorems, liveRuns, running } from './support/sampleSimulations';
import {
  manyConcepts,
  manyPairs,
  sampleConcepts,
  sampleResult,
  sampleState,
  severalTokens,
} from './support/sampleState';
import { sampleContinuation, sampleSteering } from './support/sampleSteering';
import { sampleBetween } from './support/sampleBetween';
import { sampleNearest, sampleVocabulary } from './support/sampleVocabulary';
import { darkTheme, highContrastLightTheme, highContrastTheme, lightTheme } from './support/themes';
import { colorRules, violations } from './support/violations';
import { missingViews, walkWidths } from './support/walkWidths';
import { openPanel, openReport, type WebviewPage } from './support/webviewPage';

const themes = [lightTheme, darkTheme, highContrastTheme, highContrastLightTheme];
const tables = [
  ...['directions', 'between', 'pairs', 'leave-one-out', 'chance', 'vocabulary'],
  ...['many-models', 'models-agreement', 'models-trend'],
];
const categoryTables = ['categories', 'category-cosines'];
const contextTables = ['alignment', 'alignment-bars', 'context-leave-one-out', 'measurement'];

/** Everything that the *Geometry* page can show at the same time. */
function everything(): PanelState {
  const result = sampleResult(sampleConcepts());
  return sampleState({
    result,
    vocabulary: sampleVocabulary(result, 'male ⇒ female', 'present ⇒ past', { tokens: 2000 }),
    comparison: sampleComparison(result, sampleResult(sampleConcepts(), { seed: 8 })),
    manyModels: sampleManyModels(result, 5),
    between: sampleBetween(result),
    nearest: sampleNearest('male ⇒ female', 'king'),
  });
}

/** Three labels, a context without a word, and sets with dropped pairs. */
function contexts(): PanelState {
  const result = sampleResult(sampleConcepts());
  return sampleState({
    result,
    alignment: [sampleAlignment(result)],
    measurement: [sampleMeasurement(result, { labels: ['boys', 'girls', 'dogs'], empty: 2 })],
  });
}

function simulations() {
  return [
    savedSimulation('b', {}, 3, { file: 'cube.simulation.json' }),
    savedSimulation('a', { concepts: 4, steps: 2000 }),
  ];
}

/** Pages by name: the state, and the user's choices. */
const geometryPages: Readonly<Record<string, () => [state: PanelState, saved?: object]>> = {
  'all results, with their tables open': () => [
    everything(),
    { openTables: tables, conceptOrder: 'clustered', pairOrder: 'clustered' },
  ],
  'contexts, with their tables open': () => [contexts(), { openTables: contextTables }],
  'categories, with their tables open': () => [
    sampleState({ categories: sampleCategories() }),
    { openTables: categoryTables },
  ],
  'a single concept with a single pair': () => [
    sampleState({
      result: sampleResult([
        {
          name: 'royalty',
          pairs: [['king', 'queen']],
          dropped: [severalTokens('prince', 'princess', ['▁prin', 'cess'])],
        },
      ]),
    }),
  ],
  'no concept file': () => [sampleState({ conceptFile: null, result: null })],
  'no concepts': () => [sampleState({ result: sampleResult([]) })],
  'the first result on its way': () => [
    sampleState({ result: null, progress: { message: 'Opening the model', fraction: null } }),
  ],
  'a new result on its way': () => [
    sampleState({ progress: { message: 'Reading 118 rows of the unembedding', fraction: 0.4 } }),
  ],
  'a problem': () => [sampleState({ problem: 'Cancelled.' })],
  'no statistics and open details': () => [
    sampleState({ result: sampleResult(sampleConcepts(), { causal: false, statistics: false }) }),
    { map: 'all', isDetailed: true },
  ],
  'all three maps, with their table and the details open': () => [
    sampleState(),
    { map: 'all', sign: 'absolute', openTables: ['all-directions'], isDetailed: true },
  ],
  'a steered context, with its tables open': () => {
    const result = sampleResult(sampleConcepts());
    const concept = 'male ⇒ female';
    const steering = sampleSteering(result, concept, { tokens: 2000 });
    const openTables = ['steering-pairs', 'steering-arrows'];
    return [
      sampleState({ result, steering, continuation: sampleContinuation(concept) }),
      { openTables, steering: { alpha: 0.9 } },
    ];
  },
  'a continuation on its way': () => {
    const result = sampleResult(sampleConcepts());
    const concept = 'male ⇒ female';
    const progress = { message: 'Writing token 3 of 30', fraction: 0.1 };
    const continuation = sampleContinuation(concept, { progress, problem: 'Cancelled.', isOutdated: true });
    return [
      sampleState({ result, steering: sampleSteering(result, concept, { tokens: 2000 }), continuation }),
      { steering: { count: 0 } },
    ];
  },
  '40 concepts': () => [sampleState({ result: manyConcepts(40) })],
  '171 pairs': () => [sampleState({ result: manyPairs(171) })],
};

const simulatorPages: Readonly<Record<string, () => [state: PanelState, simulator?: object]>> = {
  'all settings': () => [sampleState({ result: null }), { isOpen: true, isMoral: true }],
  'a run': () => [sampleState({ simulator: running(liveRuns(2)[1]!), simulations: simulations() })],
  'saved runs': () => [sampleState({ simulations: simulations() })],
  'two runs compared': () => [sampleState({ simulations: simulations() }), { looked: 'b', compared: 'a' }],
  'a table of the paper': () => [sampleState({ simulations: [savedPreset('t', 'table1')] })],
  'a figure of the paper': () => [sampleState({ simulations: [savedPreset('t', 'fig7')] })],
  theorems: () => [sampleState({ simulations: [savedTheorems('t')] })],
};

describe('each page', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const holdsInEveryTheme = async (state: PanelState, saved?: object) => {
    panel = await openPanel(state, { width: 540, saved });
    const found = await missingViews(panel, state);
    for (const [index, theme] of themes.entries()) {
      await panel.setTheme(theme);
      // Themes differ only in their colours.
      const lines = await violations(panel.page, index === 0 ? undefined : colorRules);
      found.push(...lines.map((line) => `${theme.kind}: ${line}`));
      // Only borders, those of high contrast, take space.
      if (theme !== lightTheme && theme !== highContrastTheme) continue;
      const spoilt = await walkWidths(panel, theme === lightTheme);
      found.push(...spoilt.map((line) => `${theme.kind}: ${line}`));
      await panel.page.setViewportSize({ width: 540, height: 900 });
    }
    assert.deepEqual(found, []);
  };

  it('holds in all themes with the menu of a figure open', async () => {
    panel = await openPanel(sampleState(), { width: 540 });
    await panel.page.getByTestId('directions-map').locator('figure-menu button').click();
    const found: string[] = [];
    for (const [index, theme] of themes.entries()) {
      await panel.setTheme(theme);
      found.push(...(await violations(panel.page, index === 0 ? undefined : colorRules)));
    }
    assert.deepEqual(found, []);
    assert.equal(await panel.page.getByRole('menu').count(), 1);
  });

  for (const [name, page] of Object.entries(geometryPages))
    it(`passes axe-core and fits at all widths in all themes: Geometry with ${name}`, () =>
      holdsInEveryTheme(...page()));

  for (const [name, page] of Object.entries(simulatorPages))
    it(`passes axe-core and fits at all widths in all themes: Simulator with ${name}`, () => {
      const [state, simulator] = page();
      return holdsInEveryTheme(state, { page: 'simulator', simulator });
    });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`passes axe-core in a ${colorScheme} report`, async () => {
      panel = await openReport(everything(), { colorScheme });
      assert.deepEqual(await violations(panel.page), []);
    });
});
