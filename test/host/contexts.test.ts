import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../../scripts/workbench/workbench';
import { contextPairsOf, contextSetsOf } from '../../src/concepts/contextLists';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { defaultProbeSettings } from '../../src/protocol/probeResult';
import { row } from '../../src/geometry/matrix';
import { existsSync, readFileSync } from 'node:fs';
import { inRoot, root } from '../support/places';
import { exampleInVsCode } from './support/exampleInVsCode';

/** Contexts beside word pairs: from the text and from files, aligned with the concepts and measured. */
describe('contexts in VS Code', function () {
  let workbench: Workbench;
  const example = exampleInVsCode((started) => {
    workbench = started;
  });
  const { readFileNow, described, notified, statusBecomes } = example;

  const story = 'contexts-story.txt';
  const lines = ['Once there was a boy. He was', 'Once there was a girl. She was', 'The dog ran to'];

  /** Whole lines of the story, each a selection of its own. */
  const selectLines = async (...numbers: number[]): Promise<void> => {
    await writeFile(join(workbench.workspace, story), `${lines.join('\n')}\n`);
    await workbench.openFile(story);
    const [first] = numbers;
    await workbench.selectText(first!, 1, first!, lines[first! - 1]!.length + 1);
    // One selection per line of a selection that spans several.
    if (numbers.length > 1) {
      const last = numbers.at(-1)!;
      await workbench.selectText(first!, 1, last, lines[last - 1]!.length + 1);
      await workbench.runCommand('Add Cursors to Line Ends');
      await workbench.press('Shift+Home');
    }
  };

  const importContexts = async (path: string): Promise<void> => {
    await workbench.runCommand('Concept Probe: Import Contexts…');
    await workbench.typePath(path);
  };
  const titleBecomes = (expected: RegExp): Promise<string> =>
    workbench.waitFor(`the title ${String(expected)}`, async () => {
      const title = await workbench.page.locator('.quick-input-title').innerText();
      return expected.test(title) && title;
    });

  /** Values of a table of the panel, in the order of its cells. */
  const tableNumbers = async (panel: Frame, testId: string): Promise<Map<string, number>> => {
    const details = panel.getByTestId(testId).locator('details');
    if (!(await details.evaluate((element: HTMLDetailsElement) => element.open)))
      await details.locator('summary').click();
    await details.locator('td').first().waitFor();
    const cells = await details.locator('td').evaluateAll((all) =>
      all.map((cell) => {
        const { row: name, column, value } = (cell as HTMLElement).dataset;
        return [`${name ?? ''} | ${column ?? ''}`, value ?? ''] as const;
      }),
    );
    return new Map(cells.map(([key, value]) => [key, value === '' ? NaN : Number(value)]));
  };

  const request = async () => ({
    model: null,
    concepts: (await readFileNow()).concepts,
    tokens: defaultTokenRule,
    seed: 0,
    product: 'causal' as const,
    settings: defaultProbeSettings,
  });
  const engine = () => createEngineMethods(join(root, 'dist', 'models'));

  it('adds two selected sentences as a context pair, and texts to a set', async () => {
    await selectLines(1, 2);
    await workbench.runAndPick('Concept Probe: Add Context Pair from Selection', 'male → female');
    const file = await workbench.waitFor('the pair', async () => {
      const now = await readFileNow();
      return now.contextPairs && now;
    });
    assert.equal(file.version, 2);
    assert.deepEqual(file.contextPairs, [
      { name: 'male → female', pairs: [{ base: lines[0], target: lines[1] }] },
    ]);
    await statusBecomes('Added 1 context pair to male → female');
    await selectLines(3);
    await workbench.runCommand('Concept Probe: Add Context to Set…');
    await workbench.typeQuickInput('dogs');
    await workbench.waitFor('the text', async () => (await readFileNow()).contextSets);
    assert.deepEqual((await readFileNow()).contextSets, [{ label: 'dogs', texts: [lines[2]] }]);
    await described('dogs', /^1 text$/u);
    // A single text is no pair.
    await selectLines(1);
    await workbench.runCommand('Concept Probe: Add Context Pair from Selection');
    await notified('1 text is selected; select two for a pair of contexts');
  });

  it('renames and deletes contexts by the keys of the tree, and takes that back', async () => {
    await importContexts(join(workbench.workspace, 'contexts', 'girls-boys.tsv'));
    await workbench.pickQuickItem('Labelled contexts');
    await titleBecomes(/^Import 30 contexts in 2 sets\?$/u);
    await workbench.press('Enter');
    await described('girls', /^15 texts$/u);
    await workbench.clickTreeItem('Concepts', 'girls');
    await workbench.press('F2');
    await workbench.typeQuickInput('women');
    await described('women', /^15 texts$/u);
    await workbench.treeSelects('Concepts', 'women');
    await workbench.clickTreeItem('Concepts', 'boys');
    await workbench.press('Delete');
    await workbench.waitFor('one set', async () => (await readFileNow()).contextSets?.length === 1);
    await notified('Deleted boys.');
    await workbench.press('ControlOrMeta+Z');
    await workbench.waitFor('both sets', async () => (await readFileNow()).contextSets?.length === 2);
    await workbench.expandTree('Concepts', 'women');
    const first = await workbench.waitFor('the first text', async () => {
      const items = await workbench.treeItems('Concepts');
      const after = items[items.findIndex(({ label }) => label === 'women') + 1];
      return after?.level === 3 && after;
    });
    assert.match(first.label, /went to the park with$/u);
    await workbench.clickTreeItem('Concepts', first.label);
    await workbench.press('Delete');
    await described('women', /^14 texts$/u);
  });

  it('measures imported texts, with the numbers of the engine', async () => {
    const path = join('contexts', 'girls-boys.tsv');
    await importContexts(join(workbench.workspace, path));
    await workbench.pickQuickItem('Labelled contexts');
    await titleBecomes(/^Import 30 contexts/u);
    await workbench.press('Enter');
    await described('boys', /^15 texts$/u);
    await workbench.runCommand('Concept Probe: Measure Contexts');
    const panel = await workbench.webview('measurement');
    const shown = await tableNumbers(panel, 'measurement-numbers');
    const { sets } = contextSetsOf({ path, text: readFileSync(inRoot('examples', path), 'utf8') });
    const expected = await engine().measure({ ...(await request()), sets }, () => undefined);
    assert.equal(expected.concepts.length, 8);
    for (const { name, separation } of expected.concepts) {
      const { auc, dPrime } = separation!;
      for (const [column, value] of Object.entries({
        AUC: auc.value,
        'AUC low': auc.low,
        'd′': dPrime!.value,
        'd′ high': dPrime!.high,
      }))
        assert.ok(Math.abs(shown.get(`${name} | ${column}`)! - value) < 1e-9, `${name}, ${column}`);
    }
    assert.ok(shown.get('male → female | AUC')! > 0.9);
    // The numbers follow the file.
    await selectLines(3);
    await workbench.runAndPick('Concept Probe: Add Context to Set…', 'boys');
    await panel.getByText('boys, n = 16').waitFor();
    await panel.getByTestId('close-measurement').click();
    await panel.getByTestId('measurement').waitFor({ state: 'detached' });
  });

  it('adds selected words to a new category, and shows categories with the numbers of the engine', async () => {
    const animals = ['dog', 'cat', 'horse', 'cow', 'bear'];
    await writeFile(join(workbench.workspace, story), `${animals.join('\n')}\n`);
    await workbench.openFile(story);
    await workbench.selectText(1, 1, 5, 5);
    await workbench.runCommand('Concept Probe: Add Words to Category…');
    await titleBecomes(/^Add 5 words to a Category$/u);
    await workbench.typeQuickInput('animal');
    const { categories = [] } = await workbench.waitFor('the category', async () => {
      const file = await readFileNow();
      return file.categories && file;
    });
    assert.deepEqual(categories, [{ name: 'animal', words: animals }]);
    await workbench.runCommand('Concept Probe: Show Categories');
    const panel = await workbench.webview('categories');
    const shown = await tableNumbers(panel, 'category-numbers');
    const settings = { ...defaultProbeSettings, permutations: 0 };
    const expected = await engine().categories(
      { ...(await request()), categories, settings },
      () => undefined,
    );
    assert.ok(Math.abs(shown.get('animal | Norm')! - expected.categories[0]!.norm!) < 1e-9);
    const { value } = expected.categories[0]!.heldOut!.separation.auc;
    assert.ok(Math.abs(shown.get('animal | AUC')! - value) < 1e-9);
    await panel.getByTestId('close-categories').click();
    await panel.getByTestId('categories').waitFor({ state: 'detached' });
  });

  it('aligns imported pairs, with the numbers of the engine', async () => {
    const path = join('contexts', 'pairs.tsv');
    await importContexts(join(workbench.workspace, path));
    await workbench.pickQuickItem('Pairs of contexts');
    await titleBecomes(/^Import 25 context pairs in 2 sets\?$/u);
    await workbench.press('Enter');
    await workbench.waitFor('the pairs', async () => (await readFileNow()).contextPairs?.length === 2);
    await workbench.runCommand('Concept Probe: Align Contexts with Concepts');
    const panel = await workbench.webview('alignment');
    const shown = await tableNumbers(panel, 'alignment-map');
    const { sets } = contextPairsOf({ path, text: readFileSync(inRoot('examples', path), 'utf8') });
    const expected = await engine().align({ ...(await request()), sets }, () => undefined);
    expected.sets.forEach(({ name }, set) => {
      expected.concepts.forEach((concept, c) => {
        const value = row(expected.cosine, set)[c]!;
        assert.ok(Math.abs(shown.get(`${name} | ${concept}`)! - value) < 1e-6, `${name} × ${concept}`);
      });
    });
    const mean = panel
      .locator('[data-testid="parallelism"] tr[data-set="male → female"] td[data-value]')
      .first();
    assert.ok(
      Math.abs(Number(await mean.getAttribute('data-value')) - expected.sets[0]!.geometry.leaveOneOut.mean!) <
        1e-6,
    );
    await workbench.runAndPick('Concept Probe: Export Results…', 'JSON');
    const target = join(workbench.workspace, 'contexts.json');
    await workbench.typePath(target);
    const document = await workbench.waitFor('the exported file', () =>
      existsSync(target)
        ? (JSON.parse(readFileSync(target, 'utf8')) as {
            alignment: { product: string; cosine: number[][] }[];
          })
        : undefined,
    );
    const exported = document.alignment.find(({ product }) => product === expected.product)!;
    assert.deepEqual(
      exported.cosine,
      expected.sets.map((_, set) => [...row(expected.cosine, set)]),
    );
    await panel.getByTestId('close-alignment').click();
  });
});
