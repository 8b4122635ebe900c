import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { actUntil } from '../../scripts/workbench/waitUntil';
import type { Workbench } from '../../scripts/workbench/workbench';
import { pairLabel } from '../../src/concepts/concept';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { row } from '../../src/geometry/matrix';
import { formatCosine } from '../../src/format/numbers';
import { defaultProbeSettings, keptPairs } from '../../src/protocol/probeResult';
import { root } from '../support/places';
import { concepts, exampleInVsCode } from './support/exampleInVsCode';

/** What a user does with pairs in the text, the tree and the panel. */
describe('the extension in VS Code', function () {
  let workbench: Workbench;
  const example = exampleInVsCode((started) => {
    workbench = started;
  });
  const { readFileNow, pairsOf, pairsBecome, conceptLabels, described, computed, statusBecomes, notified } =
    example;

  it('shows concepts, how many pairs count, and why one does not', async () => {
    await described('male → female', /^12\/14 · 0\.45$/u);
    await workbench.expandTree('Concepts', 'male → female');
    await described('king → queen', /^0\.56$/u);
    await described('men → women', /^−0\.03$/u);
    await described('prince → princess', /^2 tokens: princess, not used$/u);
  });

  it('decorates the words of pairs and describes them on hover', async () => {
    const styles = await workbench.waitFor('the decoration', async () => {
      const found = await workbench.decorationsOf('queen');
      return found.length > 0 && found;
    });
    assert.ok(styles.length > 0);
    assert.deepEqual(await workbench.decorationsOf('ruled'), []);
    const stylesOf = async (word: string) =>
      (await workbench.decorationsOf(word)).map(({ border }) => border).join();
    assert.match(await stylesOf('queen'), /2px solid/u);
    assert.match(await stylesOf('princess'), /2px dashed/u, 'its pair does not count');
    const hover = await workbench.hoverWord('queen');
    assert.match(hover, /king → queen · male → female/u);
    assert.match(hover, /▁king \(6989\) → ▁queen \(26624\)/u);
    assert.match(hover, /Leave-one-out cosine 0\.56, with the direction of the other 11 pairs \(causal\)/u);
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
    const concept = result.concepts.find(({ name }) => name === 'male → female')!;
    const { cosines } = concept.causal!.leaveOneOut;
    await workbench.expandTree('Concepts', concept.name);
    for (const [i, pair] of keptPairs(concept).entries()) {
      const shown = formatCosine(cosines[i]!);
      await described(pairLabel(pair), new RegExp(`^${shown}$`, 'u'));
    }
    const overview = panel.locator('[data-testid="overview"] [data-concept="male → female"] .pair-count');
    assert.ok((await overview.allInnerTexts()).includes('12/14'));
  });

  it('adds a pair from two selected words to a concept, and updates everything', async () => {
    await workbench.selectWord('king');
    await workbench.selectWord('man', { add: true });
    await workbench.runAndPick('Concept Probe: Add Pair from Selection', 'positive → negative');
    await pairsBecome('positive → negative', (pairs) => pairs.at(-1) === 'king/man');
    await described('positive → negative', /^12\/13/u);
    const panel = await workbench.webview('overview');
    await workbench.waitFor('the panel to follow', async () => {
      const cells = panel.locator(
        '[data-testid="overview"] [data-concept="positive → negative"] .pair-count',
      );
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
    assert.deepEqual(items[0]?.description, '12 pairs, used last');
    assert.deepEqual(
      items.slice(0, 2).map(({ label }) => label.trim()),
      ['positive → negative', 'New Concept…'],
    );
    await workbench.press('Escape');
  });

  it('says in the status bar when a pair that was added does not count', async () => {
    await workbench.runAndPick('Concept Probe: Add Pair…', 'male → female');
    await workbench.typeQuickInput('duke -> duchess');
    await pairsBecome('male → female', (pairs) => pairs.at(-1) === 'duke/duchess');
    await statusBecomes('duke → duchess is not used: ');
    await described('duke → duchess', /^2 tokens: duke, duchess, not used$/u);
  });

  it('creates a concept by typing its name, from the context menu; undo removes it', async () => {
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

  it('marks one word as the base and clears the mark with Escape or with the same word', async () => {
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
    // VS Code ends its save after the file has changed. If the file were reset in between, this concept would come back.
    await described('of all kinds', /^5\/5 · /u);
  });

  it('renames, swaps, moves and deletes from the tree', async () => {
    await workbench.expandTree('Concepts', 'male → female');
    await workbench.treeAction('Concepts', 'king → queen', 'Swap Base and Target');
    await pairsBecome('male → female', (pairs) => pairs[0] === 'queen/king');
    // The tree is rebuilt when the file changes and when a result arrives, first an early one: its items respond only after that.
    await described('queen → king', /^−0\.\d\d$/u);
    await computed();
    await workbench.treeAction('Concepts', 'man → woman', 'Delete Pair');
    await pairsBecome('male → female', (pairs) => !pairs.includes('man/woman'));
    await described('male → female', /^11\/13/u);
    await computed();
    await workbench.treeAction('Concepts', 'men → women', 'Move Pair to Another Concept…');
    await workbench.pickQuickItem('verb → past');
    await pairsBecome('verb → past', (pairs) => pairs.at(-1) === 'men/women');
    assert.ok(!(await pairsOf('male → female')).includes('men/women'));
    await described('verb → past', /^15\/16/u);
    await computed();
    await workbench.treeAction('Concepts', 'verb → past', 'Rename Concept…');
    await workbench.typeQuickInput('then');
    await conceptLabels((labels) => labels.includes('then'));
    await described('then', /^15\/16/u);
    await computed();
    await workbench.treeAction('Concepts', 'French → German', 'Delete Concept');
    await conceptLabels((labels) => labels.length === 7);
  });

  it('rejects a name that is already used, and says so', async () => {
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
    await workbench.clickTreeItem('Concepts', 'singular → plural');
    const title = panel.getByTestId('concept-title');
    await workbench.waitFor('the concept clicked in the tree', async () =>
      (await title.innerText()).includes('singular → plural'),
    );
    await workbench.clickTreeItem('Concepts', 'male → female');
    await workbench.waitFor('the concept again', async () =>
      (await title.innerText()).includes('male → female'),
    );
    await map.scrollIntoViewIfNeeded();
    // The second diagonal cell of twelve is in the upper left part of any layout: search along the diagonal.
    for (let step = 0.05; step < 0.9; step += 0.02) {
      await map.click({
        position: { x: size.width * step + size.width * 0.1, y: size.height * step },
        force: true,
      });
      // The focus stays in the panel, so the status bar shows nothing.
      if ((await workbench.page.locator('.editor-instance .selected-text').count()) >= 2) return;
    }
    assert.fail('no click on the map selected a pair in the text');
  });

  it('says in the concept file how concepts do and how words are cut, and completes words', async () => {
    const { page } = workbench;
    await workbench.openFile(concepts);
    const lens = page.locator('.codelens-decoration a', { hasText: '12 of 14 pairs, 0.45 · Show' });
    await workbench.waitFor('the lens', async () => (await lens.count()) > 0);
    await workbench.changeSettings({ 'conceptProbe.tokenHints': true });
    await workbench.waitFor('the tokens', async () => (await workbench.editorText()).includes('▁king 6989'));
    await workbench.changeSettings({ 'conceptProbe.tokenHints': false });
    // After the first two letters of "king".
    const text = await readFile(join(workbench.workspace, concepts), 'utf8');
    const line = text.split('\n').findIndex((one) => one.includes('["king", "queen"]'));
    await workbench.placeCaret(line + 1, text.split('\n')[line]!.indexOf('king') + 3);
    const offered = page.locator('.suggest-widget.visible .monaco-list-row');
    await actUntil(
      'completions that are single tokens',
      async () => (await offered.allInnerTexts()).some((row) => row.startsWith('kind')),
      () => workbench.press('Control+Space'),
    );
    await workbench.press('Escape');
    await lens.first().click();
    const panel = await workbench.webview('concept-title');
    await workbench.waitFor(
      'the concept in the panel',
      async () => (await panel.getByTestId('concept-title').innerText()).trim() === 'male → female',
    );
  });

  it('offers fixes for a pair that does not count', async () => {
    const { page } = workbench;
    await workbench.openFile(concepts);
    const text = await readFile(join(workbench.workspace, concepts), 'utf8');
    const line = text.split('\n').findIndex((one) => one.includes('["prince", "princess"]'));
    await workbench.placeCaret(line + 1, text.split('\n')[line]!.indexOf('prince') + 2);
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Delete prince → princess' });
    await actUntil(
      'the quick fixes',
      async () => (await fix.count()) > 0,
      () => workbench.press('ControlOrMeta+.'),
    );
    await fix.click();
    await pairsBecome('male → female', (pairs) => !pairs.includes('prince/princess'));
  });

  it('copies a link to a concept, and follows it', async () => {
    const { page } = workbench;
    await workbench.runAndPick('Concept Probe: Copy Link to Concept…', 'verb → past');
    await statusBecomes('Copied a link to verb → past');
    const follow = async (link: string): Promise<void> => {
      await workbench.runCommand('Developer: Open URL');
      await workbench.typeQuickInput(link);
      await page.getByRole('button', { name: 'Open', exact: true }).click();
    };
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /:\/\/concept-probe\.concept-probe\/concept\?file/u);
    await follow(link);
    const panel = await workbench.webview('concept-title');
    await workbench.waitFor(
      'the concept in the panel',
      async () => (await panel.getByTestId('concept-title').innerText()).trim() === 'verb → past',
    );
    await follow(link.replace('royalty', '..%2Froyalty'));
    await notified('does not name a concept file of the workspace');
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('moves the panel to a side bar and back', async () => {
    const { page } = workbench;
    await workbench.runCommand('Concept Probe: Show Geometry');
    await workbench.webview('overview');
    const tab = page.locator('.tabs-container .tab', { hasText: 'Concept Probe' });
    await workbench.runCommand('Concept Probe: Move Panel to Side Bar');
    await workbench.waitFor('the editor to close', async () => (await tab.count()) === 0);
    const inSideBar = await workbench.webview('overview');
    await inSideBar.locator('[data-testid="overview"] [data-concept="verb → past"]').click();
    assert.equal((await inSideBar.getByTestId('concept-title').innerText()).trim(), 'verb → past');
    await workbench.runCommand('Concept Probe: Open Panel in Editor');
    await workbench.waitFor('the editor', async () => (await tab.count()) === 1);
    await workbench.webview('overview');
  });

  it('follows edits by hand, reports an invalid file by line, and never overwrites it', async () => {
    const shipped = await readFile(join(root, 'examples', concepts), 'utf8');
    const broken = shipped.replace('"version": 1', '"version": 1,,');
    await writeFile(join(workbench.workspace, concepts), broken);
    await workbench.waitFor('the reason', async () =>
      (await workbench.page.locator('.pane-body .message').allInnerTexts()).some((message) =>
        message.includes(`${concepts}, line 2: a key in double quotes is missing after the comma.`),
      ),
    );
    await workbench.selectWord('king');
    await workbench.selectWord('man', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await notified(`Fix ${concepts} first. Line 2`);
    assert.equal(await readFile(join(workbench.workspace, concepts), 'utf8'), broken);
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  it('does not turn a concept’s name into a link or icon, in notifications, input boxes and lists', async () => {
    const name = '[Open $(trash)](command:workbench.action.openSettings)';
    const seen = (text: string): string => text.replaceAll('\u200B', '');
    await workbench.placeCaret(15, 1);
    await workbench.selectWord('prince');
    await workbench.selectWord('princess', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput(name);
    await pairsBecome(name, (pairs) => pairs.join() === 'prince/princess');
    await workbench.runCommand('Concept Probe: Find More Pairs…');
    const items = await workbench.waitFor('the concepts', async () => {
      const found = (await workbench.quickItems()).map(({ label }) => seen(label));
      return found.length > 0 && found;
    });
    assert.ok(items.includes(name), items.join());
    assert.equal(await workbench.page.locator('.quick-input-list .codicon-trash').count(), 0);
    await workbench.typeQuickInput('[Open');
    const message = workbench.page.locator('.notification-list-item-message:visible', {
      hasText: 'has no direction',
    });
    await message.waitFor();
    assert.match(
      seen(await message.innerText()),
      /“\[Open \$\(trash\)\]\(command:workbench\.action\.openSettings\)”/u,
    );
    assert.equal(await message.locator('a').count(), 0);
    await workbench.runCommand('Notifications: Clear All Notifications');

    await workbench.runCommand('Concept Probe: Rename Concept…');
    await workbench.typeQuickInput('male → female');
    const box = workbench.page.locator('.quick-input-widget:visible');
    await workbench.waitFor(
      'the name to be changed',
      async () => (await box.locator('input').inputValue()) === 'male → female',
    );
    await box.locator('input').fill(name);
    const problem = box.locator('.quick-input-message', { hasText: 'There is already a concept' });
    await problem.waitFor();
    assert.match(seen(await problem.innerText()), /\(command:workbench\.action\.openSettings\)/u);
    assert.equal(await problem.locator('a').count(), 0);
    await workbench.press('Escape');
  });

  it('imports files of pairs and exports results', async () => {
    const pairs = join(workbench.workspace, '[day - night].txt');
    await writeFile(pairs, 'day\tnight\nsun\tmoon\n');
    await workbench.runAndPick('Concept Probe: Import Pairs…', 'Files…');
    await workbench.typePath(pairs);
    await workbench.waitFor('the preview', async () =>
      (await workbench.quickItems()).some(({ label }) => label === 'day - night'),
    );
    await workbench.press('Enter');
    await pairsBecome('day - night', (found) => found.join() === 'day/night,sun/moon');
    await described('day - night', /^2\/2/u);
    await workbench.runAndPick('Concept Probe: Export Results…', 'JSON');
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
    await workbench.runAndPick('Concept Probe: Export Results…', 'CSV');
    await workbench.chooseFolder(folder, 'Export Here');
    await workbench.waitFor('the tables', () => existsSync(join(folder, 'geometry.concepts.csv')));
    await workbench.runAndPick('Concept Probe: Export Results…', 'NumPy');
    await workbench.chooseFolder(folder, 'Export Here');
    await workbench.waitFor('the matrices', () => existsSync(join(folder, 'geometry.directions.causal.npy')));
  });

  it('saves a figure and exports all of them', async () => {
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('directions-map');
    const menu = panel.getByTestId('directions-map').locator('figure-menu');
    await menu.getByRole('button').click();
    await menu.getByRole('menuitem', { name: 'Save as PNG…' }).click();
    const target = join(workbench.workspace, 'map.png');
    await workbench.typePath(target);
    await notified('Exported to map.png');
    assert.equal((await readFile(target)).subarray(1, 4).toString('latin1'), 'PNG');
    const folder = join(workbench.workspace, 'figures');
    await mkdir(folder);
    await workbench.runAndPick('Concept Probe: Export Figures…', 'Figures of All Concepts');
    await workbench.chooseFolder(folder, 'Export Here');
    await notified('Exported to figures');
    const files = await readdir(folder);
    const { concepts } = await readFileNow();
    for (const format of ['svg', 'png', 'csv', 'json', 'npy', 'txt'])
      assert.ok(files.filter((name) => name.endsWith(format)).length > concepts.length, format);
    assert.ok(files.includes('report.html'));
  });

  it('shows the panel again after a reload of the window', async () => {
    await workbench.runCommand('Concept Probe: Show Geometry');
    await workbench.webview('directions-map');
    await workbench.page.evaluate(() => {
      document.body.setAttribute('data-before', '');
    });
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.locator('body:not([data-before]) .monaco-workbench').waitFor();
    const panel = await workbench.webview('directions-map');
    await panel.getByTestId('directions-map').waitFor();
  });
});
