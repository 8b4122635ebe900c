import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseConceptFile, serializeConceptFile } from '../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { logNormalizer, logOdds, probabilityOf, topTokens } from '../../src/geometry/steering';
import type { SteerRequest, SteerResult } from '../../src/protocol/contextResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import { root } from '../support/places';
import { exampleWindow } from './support/exampleInVsCode';

const story = 'story.txt';
const context = 'Once upon a time there was a little';

/** *Steer This Context* in VS Code: every number in the panel is the engine's. */
describe('steering a context in VS Code', function () {
  let workbench: Workbench;
  let panel: Frame;
  const methods = createEngineMethods(join(root, 'dist', 'models'));

  exampleWindow(async (started) => {
    workbench = started;
    await writeFile(join(workbench.workspace, story), `${context} boy.\nThe end.\n`);
    await workbench.openFile('the-two-thrones.md');
    await workbench.runCommand('Concept Probe: Show Geometry');
    await workbench.webview('overview');
  });

  after(() => rm(join(workbench.workspace, story), { force: true }));

  const conceptFile = () => join(workbench.workspace, 'royalty.concepts.json');

  const request = async (concept: string, product: InnerProduct, text: string): Promise<SteerRequest> => {
    const parsed = parseConceptFile(await readFile(conceptFile(), 'utf8'));
    assert.ok(parsed.ok);
    const { concepts } = parsed.file;
    const settings = { direction: 'mean', ridge: null, allRows: false } as const;
    return { model: null, concepts, tokens: defaultTokenRule, seed: 0, settings, product, concept, text };
  };

  const steered = async (concept: string, product: InnerProduct = 'causal', text = context) =>
    methods.steer(await request(concept, product, text), () => undefined);

  const numbers = (selector: string): Promise<number[]> =>
    panel
      .locator(selector)
      .evaluateAll((all) => all.map((element) => Number((element as HTMLElement).dataset['value'])));

  /** The panel shows what the formulas give for this result and α. */
  const shows = async (expected: SteerResult, alpha: number): Promise<void> => {
    const top = topTokens(expected, alpha, 10);
    await workbench.waitFor('the engine’s next tokens', async () => {
      const found = await numbers('[data-testid="steering-tokens"] td[data-value]:nth-child(4)');
      return found.length === 10 && found.every((value, i) => Math.abs(value - top[i]!.probability) < 1e-6);
    });
    const rows = panel.locator('[data-testid="steering-tokens"] tr[data-token]');
    assert.deepEqual(
      await rows.evaluateAll((all) => all.map((row) => Number((row as HTMLElement).dataset['token']))),
      top.map(({ id }) => id),
    );
    const [pair] = expected.pairs.filter(({ concept }) => concept === expected.concept);
    const { baseId: base, targetId: target } = pair!;
    const normalizer = logNormalizer(expected, alpha);
    const [p0, p1, odds] = await numbers('[data-testid="steering-pair"] .figure-value');
    const near = (actual: number | undefined, wanted: number) => {
      assert.ok(Math.abs(actual! - wanted) < 1e-5, `${actual} is not ${wanted}`);
    };
    near(p0, probabilityOf(expected, alpha, base, normalizer));
    near(p1, probabilityOf(expected, alpha, target, normalizer));
    near(odds, logOdds(expected, alpha, { base, target }));
  };

  it('steers the text before the cursor along a concept', async () => {
    await workbench.openFile(story);
    await workbench.placeCaret(1, context.length + 1);
    await workbench.runAndPick('Concept Probe: Steer This Context…', 'male → female');
    panel = await workbench.webview('steering');
    assert.equal(await panel.getByTestId('steering-context').innerText(), context);
    assert.match(await panel.getByTestId('steering-facts').innerText(), /^9 tokens read/u);
    await shows(await steered('male → female'), 0.2);
  });

  it('follows the slider, by mouse and by keyboard', async () => {
    const result = await steered('male → female');
    const slider = panel.getByTestId('steering-slider');
    await slider.scrollIntoViewIfNeeded();
    const { width, height } = (await slider.boundingBox())!;
    await slider.click({ position: { x: 0.8 * width, y: height / 2 } });
    const dragged = Number(await slider.inputValue());
    assert.ok(dragged > 0.4 && dragged < 0.8);
    await shows(result, dragged);
    await slider.press('Home');
    await shows(result, -1);
    await panel.getByTestId('steering-alpha').fill('0.3');
    await shows(result, 0.3);
  });

  it('steers the same context along another concept, in the other inner product', async () => {
    await panel.getByTestId('steering-product').selectOption('Euclidean');
    await shows(await steered('male → female', 'euclidean'), 0.3);
    await panel.getByTestId('steering-concept').selectOption('singular → plural');
    await shows(await steered('singular → plural', 'euclidean'), 0.3);
    await panel.getByTestId('steering-concept').selectOption('male → female');
    await panel.getByTestId('steering-product').selectOption('Causal');
    await shows(await steered('male → female'), 0.3);
  });

  it('continues the context for several α, with the texts of the engine', async () => {
    await panel.getByTestId('steering-alphas').fill('0, 0.15, 0.3');
    await panel.getByTestId('steering-count').fill('12');
    await panel.getByTestId('steering-write').click();
    const { continuations } = await methods.continue(
      {
        ...(await request('male → female', 'causal', context)),
        ...{ alphas: [0, 0.15, 0.3], count: 12, temperature: 0 },
      },
      () => undefined,
    );
    const texts = panel.locator('[data-testid="continuations"] .steering-text');
    await workbench.waitFor('three texts', async () => (await texts.count()) === 3, 60);
    assert.deepEqual(
      await texts.allTextContents(),
      continuations.map(({ text }) => `…${text}`),
    );
    assert.notEqual(continuations[0]!.text, continuations[2]!.text);
    await panel.getByTestId('copy-continuations').click();
    await workbench.waitFor('a word in the status bar', async () =>
      (await workbench.statusBarItems()).some(({ text }) => text.includes('Copied 3 continuations')),
    );
  });

  it('follows edits of the concepts, and says that the texts are older', async () => {
    const original = await readFile(conceptFile(), 'utf8');
    const parsed = parseConceptFile(original);
    assert.ok(parsed.ok);
    const concepts = parsed.file.concepts.map((concept) =>
      concept.name === 'male → female' ? { ...concept, pairs: concept.pairs.slice(0, 5) } : concept,
    );
    await writeFile(conceptFile(), serializeConceptFile({ ...parsed.file, concepts }));
    await shows(await steered('male → female'), 0.3);
    await panel.getByTestId('continuation-outdated').waitFor();
    await writeFile(conceptFile(), original);
    await shows(await steered('male → female'), 0.3);
  });

  it('steers from the menu of a concept, along it', async () => {
    await workbench.openFile(story);
    await workbench.selectText(2, 1, 2, 8);
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
    await workbench.treeAction('Concepts', 'singular → plural', 'Steer This Context…');
    await workbench.waitFor('the selection', async () => {
      const text = await panel.getByTestId('steering-context').innerText();
      return text === 'The end';
    });
    await shows(await steered('singular → plural', 'causal', 'The end'), 0.3);
    assert.equal(await panel.getByTestId('continuation').count(), 0, 'of another context');
  });

  it('steers from the menu of the editor, up to the place of the click', async () => {
    await workbench.openFile(story);
    // A click inside a selection would keep it.
    await workbench.placeCaret(1, 1);
    await workbench.editorMenu('end', 'Steer This Context…');
    await workbench.pickQuickItem('verb → past');
    panel = await workbench.webview('steering');
    const text = await workbench.waitFor('the text before the click', async () => {
      const found = await panel.getByTestId('steering-context').innerText();
      return found.startsWith(`${context} boy.\nThe`) && found;
    });
    await workbench.waitFor('the concept', async () =>
      (await panel.getByTestId('steering').innerText()).startsWith('Steering along verb → past'),
    );
    const alpha = Number(await panel.getByTestId('steering-alpha').inputValue());
    await shows(await steered('verb → past', 'causal', text), alpha);
  });

  it('says in one sentence that there is no context, and closes', async () => {
    await workbench.placeCaret(1, 1);
    await workbench.runCommand('Concept Probe: Steer This Context…');
    await workbench.waitFor('a sentence', async () =>
      (await workbench.notifications()).some((text) => text.includes('There is no text before the cursor.')),
    );
    await panel.getByTestId('close-steering').click();
    await panel.getByTestId('steering').waitFor({ state: 'detached' });
  });
});
