import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { put, putInCache, putInOllama } from '../model/support/fakeHome';
import { ggufSentencePiece, type TokenizerJson } from '../model/support/tokenizerForms';
import { ggufBytes, type MetadataValue } from '../model/support/writeGguf';
import { safetensorsBytes } from '../model/support/writeSafetensors';
import { root } from '../support/places';
import { assertMapOf } from './support/directionsMap';
import { exampleInVsCode } from './support/exampleInVsCode';
import { hostHome } from './support/hostHome';
import { detailsShow } from './support/modelDetails';

const [vocab, hidden] = [32_000, 8];

/** What a user does with models that other tools have put on the machine. */
describe('models of other tools in VS Code', function () {
  let workbench: Workbench;
  const { readFileNow, statusBecomes } = exampleInVsCode((started) => {
    workbench = started;
  });

  /** The list once it shows these models with their descriptions. */
  const listed = async (
    ...labels: readonly string[]
  ): Promise<readonly { label: string; description: string }[]> => {
    await workbench.openList('Concept Probe: Select Model…');
    return workbench.waitFor(`${labels.join(' and ')} in the list`, async () => {
      // An icon leaves a space before the label.
      const shown = await workbench.quickItems();
      const items = shown.map((item) => ({ ...item, label: item.label.trim() }));
      const isShown = (label: string): boolean =>
        items.some((item) => item.label === label && item.description !== '');
      return labels.every(isShown) && items;
    });
  };

  after(async () => {
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
  });

  it('lists them with size, format and precision, marks the one in use, and opens each with the right map', async () => {
    const studio = join(hostHome, '.lmstudio', 'models', 'publisher', 'small-GGUF');
    for (const name of ['tokenizer.json', 'config.json']) put(join(studio, name), ofBuiltIn(name));
    put(join(studio, 'other-F32.gguf'), ggufOf(3), 500);
    const gguf = put(join(studio, 'small-F32.gguf'), ggufOf(1), 2000);
    const snapshot = putInCache(
      join(hostHome, '.cache', 'huggingface', 'hub'),
      'organization/small-hf',
      { 'model.safetensors': checkpointOf(2), 'tokenizer.json': ofBuiltIn('tokenizer.json') },
      { seconds: 1000 },
    );
    const blob = putInOllama(
      join(hostHome, '.ollama', 'models'),
      'registry.ollama.ai/library/small/8b',
      ggufOf(4, ggufSentencePiece(JSON.parse(ofBuiltIn('tokenizer.json').toString()) as TokenizerJson)),
      { fileType: 'F32', seconds: 1500 },
    );
    const items = await listed('small:8b', 'Built-in model');
    const names = ['organization/small-hf', 'small:8b', 'small-F32'];
    const found = items.filter(({ label }) => names.includes(label));
    assert.deepEqual(
      found.map(({ label, description }) => `${label}: ${description}`),
      [
        'organization/small-hf: 1.0 MB · safetensors · F32',
        'small:8b: 1.7 MB · GGUF · F32',
        'small-F32: 1.0 MB · GGUF · F32',
      ],
    );
    assert.equal(items.find(({ label }) => label === 'Built-in model')?.description, 'in use');
    await workbench.pickQuickItem('organization/small-hf');
    await statusBecomes('small-hf · float32');
    const { concepts } = await readFileNow();
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    await assertMapOf(panel, 'small-hf', snapshot, concepts);

    assert.match(
      (await listed('small-F32')).find(({ label }) => label === 'organization/small-hf')!.description,
      /in use$/u,
    );
    await workbench.pickQuickItem('small-F32');
    await statusBecomes('small-GGUF · float32');
    await assertMapOf(panel, 'small-GGUF', gguf, concepts);
    await workbench.runCommand('Concept Probe: Show Model Details');
    const reference = 'lmstudio:publisher/small-GGUF/small-F32.gguf';
    await detailsShow(workbench, `LM Studio (${reference})`, 'small-F32.gguf', 'GGUF', 'output.weight');

    await workbench.runAndPick('Concept Probe: Select Model…', 'small:8b');
    await statusBecomes('small:8b · float32');
    await assertMapOf(panel, 'small:8b', blob, concepts);
    await detailsShow(workbench, 'Ollama (ollama:small:8b)', 'output.weight');
    await workbench.runAndPick('Concept Probe: Select Model…', 'small-F32');
    await statusBecomes('small-GGUF · float32');

    // Another file in the same folder.
    await workbench.runAndPick('Concept Probe: Select Precision…', 'other-F32.gguf');
    await detailsShow(workbench, reference.replace('small-F32', 'other-F32'));
    await workbench.press('ControlOrMeta+W');
    await workbench.runAndPick('Concept Probe: Select Model…', 'Built-in model');
    await statusBecomes('stories15M · float32');
  });
});

function ofBuiltIn(name: string): Buffer {
  return readFileSync(join(root, 'dist', 'models', 'stories15M', name));
}

function rowsOf(seed: number): Uint8Array {
  const rows = Float32Array.from(
    { length: vocab * hidden },
    (_, i) => (Math.sin((i + 1) * 12.9898 * seed) * 43_758.5453) % 1,
  );
  return new Uint8Array(rows.buffer);
}

function ggufOf(seed: number, metadata: Readonly<Record<string, MetadataValue>> = {}): Buffer {
  const tensor = { name: 'output.weight', dimensions: [hidden, vocab], type: 0, data: rowsOf(seed) };
  return ggufBytes({ metadata: { 'general.architecture': 'llama', ...metadata }, tensors: [tensor] });
}

function checkpointOf(seed: number): Buffer {
  return safetensorsBytes({ 'lm_head.weight': { dtype: 'F32', shape: [vocab, hidden], data: rowsOf(seed) } });
}
