import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { vsixPath } from '../../scripts/package';
import { openWorkbench } from '../../scripts/workbench';
import type { Workbench } from '../../scripts/workbench/workbench';
import type { Concept } from '../../src/concepts/concept';
import { serializeConceptFile } from '../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { EngineClient } from '../../src/engine/engineClient';
import type { Matrix } from '../../src/geometry/matrix';
import { meanLeaveOneOut } from '../../src/format/conceptMetrics';
import { verdictOf } from '../../src/format/conceptVerdict';
import { formatCosine } from '../../src/format/numbers';
import { isolated, isolatedPairLabel } from '../../src/format/isolated';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import { defaultProbeSettings, keptPairs, type ProbeResult } from '../../src/protocol/probeResult';
import { difficultNames, wordConcepts } from '../support/wordConcepts';
import { tableValues, tooltip } from '../webview/support/chartDriver';
import { root } from '../support/places';

const file = 'many.concepts.json';

/** A realistic number of concepts in a real VS Code: every number in the panel is the engine's. */
describe('many concepts in VS Code', function () {
  let workbench: Workbench;
  let folder: string;
  let panel: Frame;
  const engine = new EngineClient(join(root, 'dist', 'engine.js'), () => undefined);

  before('VS Code starts', async () => {
    folder = await mkdtemp(join(tmpdir(), 'many-concepts-'));
    await write(folder, wordConcepts(40));
    workbench = await openWorkbench({ vsix: vsixPath, folder });
    await workbench.openFile(file);
    await workbench.runCommand('Concept Probe: Show Geometry');
    panel = await workbench.webview('overview');
  });

  after(async () => {
    engine.dispose();
    await workbench.close();
    await rm(folder, { recursive: true, force: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await workbench.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
  });

  const write = (into: string, concepts: readonly Concept[]): Promise<void> =>
    writeFile(join(into, file), serializeConceptFile({ version: 1, concepts }));

  const probe = (concepts: readonly Concept[]): Promise<ProbeResult> =>
    engine.call('probe', {
      ...{ model: null, concepts, seed: 0 },
      ...{ tokens: defaultTokenRule, settings: defaultProbeSettings },
    });

  const rows = () => panel.locator('[data-testid=overview] tbody tr');

  /** Waits for the result of this many concepts, with no computation running. */
  const shows = (count: number) =>
    workbench.waitFor(
      `${count} concepts`,
      async () => {
        const isBusy = await panel.locator('.results').getAttribute('aria-busy');
        return isBusy === 'false' && (await rows().count()) === count;
      },
      120,
    );

  const choose = async (index: number, name: string): Promise<void> => {
    await rows().nth(index).locator('button').click();
    await workbench.waitFor(`the details of ${name}`, async () => {
      const title = await panel.getByTestId('concept-title').locator('.name').textContent();
      return title === isolated(name);
    });
  };

  const chooseProduct = (label: string) => panel.getByRole('radio', { name: label }).check();

  const compareDirections = async (result: ProbeResult, product: InnerProduct): Promise<void> => {
    const { concepts, cosine, offDiagonal } = result.directions[product]!;
    assert.deepEqual(await tableValues(panel, 'directions-map'), squareOf(concepts.map(isolated), cosine));
    const summary = await panel.getByTestId('directions-summary').innerText();
    assert.ok(summary.includes(formatCosine(offDiagonal!.mean)), summary);
    assert.ok(summary.includes(`largest ${formatCosine(offDiagonal!.largest)}`), summary);
  };

  const compareOverview = async (result: ProbeResult): Promise<void> => {
    const shown = await rows().evaluateAll((elements) =>
      elements.map((row) => ({
        name: (row as HTMLElement).dataset['concept'],
        kept: row.querySelector<HTMLElement>('[data-kept]')!.dataset['kept'],
        numbers: [...row.querySelectorAll<HTMLElement>('[data-value]')].map(
          ({ dataset }) => dataset['value'],
        ),
        verdict: row.querySelector<HTMLElement>('[data-verdict]')!.dataset['verdict'],
      })),
    );
    const expected = result.concepts.map(({ name, kept, causal }) => ({
      ...{ name, kept: String(kept) },
      numbers: [String(meanLeaveOneOut.value(causal!))],
      verdict: verdictOf(causal!, result).kind,
    }));
    assert.deepEqual(shown, expected);
  };

  /** Bars, pair × pair map and chance of a concept in the causal product. */
  const compareConcept = async (result: ProbeResult, index: number): Promise<void> => {
    const concept = result.concepts[index]!;
    const { leaveOneOut, pairwise } = concept.causal!;
    await choose(index, concept.name);
    const labels = keptPairs(concept).map(isolatedPairLabel);
    const bars = labels.map(
      (label, i) => [`${label} | Leave-one-out cosine`, String(leaveOneOut.cosines[i])] as const,
    );
    assert.deepEqual(await tableValues(panel, 'leave-one-out'), new Map(bars), concept.name);
    assert.deepEqual(await tableValues(panel, 'pairs-map'), squareOf(labels, pairwise), concept.name);
    const summary = await panel.getByTestId('chance-summary').innerText();
    assert.ok(summary.includes(` of ${labels.length} pairs `), summary);
    assert.equal(await panel.getByTestId('pairs-undefined').count(), 0);
    assert.equal(await panel.getByTestId('leave-one-out-undefined').count(), 0);
  };

  it('shows 40 concepts, one of 300 pairs, with the numbers of the engine', async () => {
    const result = await probe(wordConcepts(40));
    assert.ok(result.concepts[0]!.kept >= 300);
    await shows(40);
    await compareOverview(result);
    await compareDirections(result, 'causal');
    // Every fifth, because tables are read a screen at a time; of the 27 concepts below all are read.
    for (const index of result.concepts.keys()) if (index % 5 === 0) await compareConcept(result, index);
    await chooseProduct('Euclidean');
    await compareDirections(result, 'euclidean');
    await chooseProduct('Causal');
  });

  it('shows a heat map’s and a bar’s value under the cursor, with names in every script', async () => {
    const result = await probe(wordConcepts(40));
    await choose(0, result.concepts[0]!.name);
    const { cosine } = result.directions.causal!;
    await panel.getByTestId('directions-map').locator('probe-picture').focus();
    await workbench.press('Home');
    for (const row of difficultNames.keys()) {
      await workbench.press('ArrowDown');
      const [names, value] = await tooltip(panel, 'directions-map');
      assert.equal(names, `${isolated(difficultNames[row]!)} × lower → Capital`);
      const expected = formatCosine(cosine.data[(row + 1) * cosine.columns]!);
      assert.equal(value, `cosine of the directions ${expected}, causal`);
    }
    const { leaveOneOut } = result.concepts[0]!.causal!;
    await panel.getByTestId('leave-one-out').locator('probe-picture').focus();
    await workbench.press('End');
    const [, value] = await tooltip(panel, 'leave-one-out');
    assert.equal(
      value,
      `cosine with the direction of the others ${formatCosine(leaveOneOut.cosines.at(-1)!)}, causal`,
    );
  });

  it('compares 40 concepts with a second model, and projects the vocabulary on one of them', async () => {
    await workbench.runAndPick('Concept Probe: Compare with Another Model…', 'Built-in model');
    await panel.getByTestId('comparison-table').waitFor();
    const changes = await panel
      .locator('[data-testid=comparison-table] tbody .change')
      .evaluateAll((cells) => cells.map((cell) => (cell as HTMLElement).dataset['value']));
    assert.deepEqual(
      changes,
      Array.from({ length: 80 }, () => '0'),
    );
    await panel.getByTestId('close-comparison').click();
    await workbench.runAndPick('Concept Probe: Project Vocabulary…', difficultNames[2]!);
    await panel.getByTestId('vocabulary').waitFor();
    assert.match(await panel.getByTestId('vocabulary-summary').innerText(), /n\s=\s32,000 tokens/u);
    await panel.getByTestId('close-vocabulary').click();
  });

  it('follows the file to 27 concepts, with every number as computed by the engine', async () => {
    const concepts = wordConcepts(27, 60);
    await write(workbench.workspace, concepts);
    const result = await probe(concepts);
    await shows(27);
    await compareOverview(result);
    await compareDirections(result, 'causal');
    for (const index of result.concepts.keys()) await compareConcept(result, index);
  });
});

/** The table of a square map shows exactly its rows and its first 60 columns. */
function squareOf(names: readonly string[], { columns, data }: Matrix): Map<string, string> {
  return new Map(
    names.flatMap((row, i) =>
      names.slice(0, 60).map((column, j) => [`${row} | ${column}`, String(data[i * columns + j])] as const),
    ),
  );
}
