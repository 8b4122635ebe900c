import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseConceptFile } from '../../src/concepts/conceptFile';
import { Model } from '../../src/model/model';
import { builtInModel } from '../model/support/builtInModel';
import type { FakeHub } from '../model/support/fakeHub';
import { safetensorsBytes } from '../model/support/writeSafetensors';
import { root } from '../support/places';
import { assertMapOf } from './support/directionsMap';
import { hubWindow, notified, pressInNotification } from './support/hubWindow';
import { detailsShow } from './support/modelDetails';

const weights = 'model.safetensors';

/** Opens a model of a Hub (here on 127.0.0.1) in a real VS Code without downloading it. */
describe('a model of the Hub in VS Code, without downloading it', function () {
  let hub: FakeHub;
  let workbench: Workbench;
  let headBytes: number;
  hubWindow(
    (model) => {
      const { unembedding } = new Model(model);
      const { vocabSize, hiddenSize } = unembedding.head;
      const { data } = unembedding.rows([...Array(vocabSize).keys()]);
      headBytes = data.byteLength;
      const tensor = { dtype: 'F32', shape: [vocabSize, hiddenSize], data: new Uint8Array(data.buffer) };
      const paths = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
      return new Map([
        ...paths.map((path) => [path, readFileSync(join(model, path))] as const),
        [weights, safetensorsBytes({ 'lm_head.weight': tensor })],
      ]);
    },
    (opened) => {
      ({ hub, workbench } = opened);
      hub.found.push({
        ...{ id: 'meta/tiny-gated', downloads: 1_234_567, gated: 'manual', license: 'llama2' },
        files: ['model.safetensors'],
      });
    },
  );

  const sent = () => hub.sent.get(weights) ?? 0;
  const listed = (what: string, passes: (text: string) => boolean) =>
    workbench.waitFor(what, async () => {
      const items = (await workbench.quickItems()).map(
        ({ label, description }) => `${label}: ${description}`,
      );
      return items.some(passes) && items;
    });

  it('starts with models that work well, and finds others as the user types', async () => {
    await workbench.runCommand('Concept Probe: Open from the Hub without Downloading…');
    const starters = await listed('the starters', (text) => text.includes('SmolLM2-135M'));
    assert.ok(starters.some((text) => text.includes('Llama-2-7B-GGUF: 7B · about 4.1 GB')));
    await workbench.screenshot(join(root, 'dist', 'hub-starters.png'));
    await workbench.page.locator('.quick-input-box input').fill('tiny');
    const found = await listed('what the search finds', (text) => text.startsWith('meta/tiny-gated'));
    assert.deepEqual(found, [
      'tiny-org/tiny-model: safetensors · 12,345 downloads · mit',
      'meta/tiny-gated: safetensors · 1,234,567 downloads · llama2 · terms must be accepted',
    ]);
    await workbench.screenshot(join(root, 'dist', 'hub-search.png'));
  });

  it('reads some rows of the file that is chosen', async () => {
    await workbench.pickQuickItem('tiny-org/tiny-model');
    await workbench.typeQuickInput('main');
    await workbench.pickQuickItem(weights);
    await notified(workbench, 'need its whole head, ');
    await workbench.waitFor('the model in the status bar', async () => {
      const items = await workbench.statusBarItems();
      return items.some(({ text }) => text.includes('tiny-model · float32'));
    });
    assert.ok(sent() < headBytes / 2, `${sent()} of ${headBytes}`);
  });

  it('reads the whole head when asked to, and then has the causal product', async () => {
    await pressInNotification(workbench, 'Read Whole Head');
    await workbench.waitFor('the whole head', () => sent() >= headBytes, 60);
    const path = join(root, 'examples', 'royalty.concepts.json');
    const parsed = parseConceptFile(readFileSync(path, 'utf8'));
    assert.ok(parsed.ok);
    await workbench.runCommand('Concept Probe: Show Geometry');
    await assertMapOf(
      await workbench.webview('overview'),
      'tiny-model',
      await builtInModel(),
      parsed.file.concepts,
    );
  });

  it('says in the details where the model is, and how much was read', async () => {
    await workbench.runCommand('Concept Probe: Show Model Details');
    await detailsShow(
      workbench,
      `hub:tiny-org/tiny-model@main/${weights}`,
      hub.commit.slice(0, 7),
      'lm_head.weight',
      'safetensors',
    );
    await workbench.screenshot(join(root, 'dist', 'hub-details.png'));
  });
});
