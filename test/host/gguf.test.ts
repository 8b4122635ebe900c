import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { topTokens } from '../../src/geometry/steering';
import { builtInGguf } from '../model/support/builtInGguf';
import { needsLlama } from '../model/support/llamaBuild';
import { root } from '../support/places';
import { exampleInVsCode } from './support/exampleInVsCode';

const story = 'story.txt';
const context = 'Once upon a time there was a little';
const concept = 'male → female';

/** A GGUF file in VS Code: llama.cpp in the package runs it. */
describe('a GGUF model in VS Code', function () {
  let workbench: Workbench;
  const { readFileNow, statusBecomes } = exampleInVsCode((started) => {
    workbench = started;
  });
  const engine = createEngineMethods(join(root, 'dist', 'models'));

  before(async function () {
    needsLlama(this);
    await writeFile(join(workbench.workspace, story), `${context} boy.\nThe king and the queen.\n`);
    const file = join(await builtInGguf(), 'stories.gguf');
    await workbench.changeSettings({ 'conceptProbe.modelFolder': file });
    await statusBecomes(' · float32');
  });
  after(async () => {
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await rm(join(workbench.workspace, story), { force: true });
  });

  it('says that it can compute hidden states', async () => {
    await workbench.runCommand('Concept Probe: Show Model Details');
    await workbench.waitFor('the details', async () => {
      const page = await workbench.webview('Preview Model Details.md', 1).catch(() => undefined);
      const text = (await page?.locator('body').innerText()) ?? '';
      return text.includes('stories.gguf') && text.includes('hidden states of texts') && (true as const);
    });
    await workbench.press('ControlOrMeta+W');
  });

  it('tints a text', async () => {
    await workbench.openFile(story);
    await workbench.selectWord('Once');
    await workbench.runAndPick('Concept Probe: Tint Document by Concept…', concept);
    await workbench.pickQuickItem('None');
    const tintOf = async (): Promise<string | undefined> =>
      (await workbench.statusBarItems()).find(({ id }) => id.endsWith('conceptProbe.tint'))?.text;
    await workbench.waitFor('the whole tint', async () => (await tintOf()) === concept, 60);
    const colors = async (word: string): Promise<string[]> =>
      (await workbench.decorationsOf(word))
        .map(({ backgroundColor }) => backgroundColor)
        .filter((color) => color !== 'rgba(0, 0, 0, 0)');
    await workbench.waitFor('two colors', async () => {
      const [king, queen] = [await colors('king'), await colors('queen')];
      return king.length > 0 && queen.length > 0 && king.join() !== queen.join();
    });
    await workbench.runCommand('Concept Probe: Clear Tint');
  });

  it('steers a context, with the numbers of its ONNX export', async () => {
    await workbench.openFile(story);
    await workbench.placeCaret(1, context.length + 1);
    await workbench.runAndPick('Concept Probe: Steer This Context…', concept);
    const panel = await workbench.webview('steering');
    const { concepts } = await readFileNow();
    const settings = { direction: 'mean', ridge: null, allRows: false } as const;
    const expected = await engine.steer(
      {
        ...{ model: null, concepts, tokens: defaultTokenRule, seed: 0, settings },
        ...{ product: 'causal', concept, text: context },
      },
      () => undefined,
    );
    const top = topTokens(expected, 0.2, 10);
    await workbench.waitFor('the next tokens', async () => {
      const cells = panel.locator('[data-testid="steering-tokens"] td[data-value]:nth-child(4)');
      const found = await cells.evaluateAll((all) =>
        all.map((element) => Number((element as HTMLElement).dataset['value'])),
      );
      return found.length === 10 && found.every((value, i) => Math.abs(value - top[i]!.probability) < 1e-4);
    });
    assert.match(await panel.getByTestId('steering-facts').innerText(), /^9 tokens read/u);
    // It would be computed for the models of other scenarios, too.
    await panel.getByTestId('close-steering').click();
    await panel.getByTestId('steering').waitFor({ state: 'detached' });
  });
});
