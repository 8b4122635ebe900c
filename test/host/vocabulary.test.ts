import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseConceptFile } from '../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods } from '../../src/engine/engineMethods';
import { root } from '../support/places';
import { exampleWindow } from './support/exampleInVsCode';

/** Features beyond the user's own pairs: both inner products, the vocabulary, another model. */
describe('the vocabulary, the inner products and a second model in VS Code', function () {
  let workbench: Workbench;

  exampleWindow(async (started) => {
    workbench = started;
    await workbench.openFile('the-two-thrones.md');
    await workbench.runCommand('Concept Probe: Show Geometry');
    await workbench.webview('overview');
  });

  afterEach(() => workbench.press('Escape'));

  const verbPairs = async (): Promise<string[]> => {
    const parsed = parseConceptFile(
      await readFile(join(workbench.workspace, 'royalty.concepts.json'), 'utf8'),
    );
    const pairs = parsed.ok ? parsed.file.concepts.find(({ name }) => name === 'verb → past')!.pairs : [];
    return pairs.map(({ base, target }) => `${base} → ${target}`);
  };

  it('shows the causal product first, and the Euclidean one after a click', async () => {
    const panel = await workbench.webview('overview');
    const value = () =>
      panel
        .locator('[data-testid="overview"] [data-concept="male → female"] [data-value]')
        .first()
        .getAttribute('data-value');
    const causal = Number(await value());
    await panel.getByRole('radio', { name: 'Euclidean' }).check();
    await workbench.waitFor('another number', async () => Number(await value()) !== causal);
    await panel.getByTestId('details').locator('summary').click();
    await panel.getByTestId('product-facts').getByText('uᵀv').waitFor();
    await panel.getByRole('radio', { name: 'Causal' }).check();
    await panel.getByText('Cov(γ) over 32,000 tokens').waitFor();
    assert.equal(Number(await value()), causal);
  });

  it('answers analogies with the numbers of the engine', async () => {
    await workbench.runCommand('Concept Probe: Show Analogy Accuracy');
    const panel = await workbench.webview('analogies');
    const cells = panel.locator('[data-testid="analogies-table"] tr[data-concept] td[data-value]');
    const shown = await workbench.waitFor('the table', async () => {
      const found = await cells.evaluateAll((all) =>
        all.map((cell) => (cell as HTMLElement).dataset['value']),
      );
      return found.length === 8 * 10 && found;
    });
    const parsed = parseConceptFile(
      await readFile(join(workbench.workspace, 'royalty.concepts.json'), 'utf8'),
    );
    assert.ok(parsed.ok);
    const { concepts } = parsed.file;
    const request = { model: null, concepts, tokens: defaultTokenRule, seed: 0, product: 'causal' } as const;
    const { concepts: expected } = await createEngineMethods(join(root, 'dist', 'models')).analogies(
      { ...request, settings: { direction: 'mean', ridge: null, allRows: false } },
      () => undefined,
    );
    const numbers = expected.flatMap(({ questions, skipped, add, multiply }) => [
      ...[questions, skipped],
      ...[add!, multiply!].flatMap((score) => [
        ...[score.accuracy, score.inFirstFive, score.reciprocalRank, score.accuracyWithGiven],
      ]),
    ]);
    assert.deepEqual(shown.map(Number), numbers);
    await panel.getByTestId('close-analogies').click();
  });

  it('exports a direction for steering', async () => {
    await workbench.runAndPick('Concept Probe: Export Direction…', 'male → female');
    await workbench.pickQuickItem('GGUF control vector');
    const target = join(workbench.workspace, 'gender.gguf');
    await workbench.typePath(target);
    const bytes = await workbench.waitFor('the file', () => existsSync(target) && readFileSync(target));
    assert.equal(bytes.toString('latin1', 0, 4), 'GGUF');
    assert.ok(bytes.includes('male → female') && bytes.includes('direction.5'));
    assert.deepEqual(
      readdirSync(workbench.workspace).filter((name) => name.includes('partial')),
      [],
    );
  });

  it('finds more pairs, and adds the chosen ones', async () => {
    const before = await verbPairs();
    await workbench.runAndPick('Concept Probe: Find More Pairs…', 'verb → past');
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'take → took' });
    await row.click();
    await workbench.press('Enter');
    await workbench.waitFor('the new pair', async () => (await verbPairs()).length === before.length + 1);
    assert.equal((await verbPairs()).at(-1), 'take → took');
  });

  it('lists the tokens nearest to a word and a direction', async () => {
    await workbench.runAndPick('Concept Probe: Show Nearest Tokens…', 'male → female');
    await workbench.typeQuickInput('king');
    const panel = await workbench.webview('nearest');
    const pieces = panel.getByTestId('nearest-table').locator('[data-token]');
    await pieces.first().waitFor();
    assert.ok((await pieces.allInnerTexts()).slice(0, 3).includes('▁queen'));
    await panel.getByTestId('close-nearest').click();
    await panel.getByTestId('nearest').waitFor({ state: 'detached' });
  });

  it('projects the vocabulary in the panel, until it is closed', async () => {
    await workbench.runAndPick('Concept Probe: Project Vocabulary…', 'male → female');
    const panel = await workbench.webview('vocabulary');
    await panel.getByTestId('vocabulary-ends').first().getByText('▁she', { exact: true }).waitFor();
    await panel.getByTestId('close-vocabulary').click();
    await panel.getByTestId('vocabulary').waitFor({ state: 'detached' });
  });

  it('compares with a second model: with itself nothing differs', async () => {
    await workbench.runAndPick('Concept Probe: Compare with Another Model…', 'Built-in model');
    const panel = await workbench.webview('comparison');
    const text = await panel.getByTestId('comparison-table').innerText();
    assert.match(text, /male → female\s+12\s+12\s+0\.45\s+0\.45\s+0\.000/u);
    await panel.getByTestId('close-comparison').click();
    await panel.getByTestId('comparison').waitFor({ state: 'detached' });
  });

  it('clears the covariances on disk and reports how much was removed', async () => {
    await workbench.runCommand('Concept Probe: Clear Covariance Cache');
    await workbench.waitFor('how much was removed', async () =>
      (await workbench.statusBarItems()).some(({ text }) => /Removed [1-9]\d* covariances? \(/u.test(text)),
    );
  });
});
