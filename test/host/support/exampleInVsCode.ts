import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vsixPath } from '../../../scripts/package';
import { openWorkbench } from '../../../scripts/workbench';
import { resetWorkspaceSettings } from '../../../scripts/workbench/settings';
import { actUntil } from '../../../scripts/workbench/waitUntil';
import type { Workbench } from '../../../scripts/workbench/workbench';
import { parseConceptFile, type ConceptFile } from '../../../src/concepts/conceptFile';
import { root } from '../../support/places';
import { hostEnvironment } from './hostHome';

export const concepts = 'royalty.concepts.json';
const text = 'the-two-thrones.md';

let opened: Promise<Workbench> | undefined;
after(async () => {
  await (await opened)?.close();
});

/**
 * For use in a describe: the packaged extension in a real VS Code on a copy of examples/, without open editors or changed
 * settings. It is started once for all test files.
 *
 * @param onStart receives VS Code
 */
export function exampleWindow(onStart: (workbench: Workbench) => unknown): void {
  let workbench: Workbench;

  before('VS Code starts', async () => {
    opened ??= openWorkbench({
      vsix: vsixPath,
      folder: join(root, 'examples'),
      environment: hostEnvironment,
    });
    workbench = await opened;
    await resetWorkspaceSettings(workbench.workspace);
    await workbench.press('Escape');
    await closeEditors(workbench);
    await onStart(workbench);
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await workbench.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
  });
}

/** Discards unsaved changes of a scenario. */
async function closeEditors(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  const dontSave = page.getByRole('button', { name: /^Don.t Save$/u });
  await actUntil(
    'all editors to close',
    async () => {
      if (await dontSave.isVisible()) await dontSave.click();
      return (await page.locator('.editor-group-container .tab').count()) === 0;
    },
    () => workbench.runCommand('View: Close All Editors'),
    20,
  );
}

/**
 * Like {@link exampleWindow}, with the example reset to its shipped state before every scenario.
 *
 * @param onStart receives VS Code
 * @returns what scenarios repeatedly wait for
 */
export function exampleInVsCode(onStart: (workbench: Workbench) => void) {
  let workbench: Workbench;
  let original: string;
  let shipped: string[];

  exampleWindow(async (started) => {
    workbench = started;
    onStart(workbench);
    original = await readFile(join(root, 'examples', concepts), 'utf8');
    await writeFile(join(workbench.workspace, concepts), original);
    shipped = (await readFileNow()).concepts.map(({ name }) => name);
    await workbench.openFile(text);
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
    await conceptLabels((labels) => labels.join() === shipped.join());
  });

  /** Resets the example to its shipped state. */
  beforeEach(async () => {
    await workbench.press('Escape');
    await workbench.press('Escape');
    // A save from the previous scenario may finish only now, and the editor then shows the saved text, so the file is
    // written until its content is visible. The computation starts after a pause in editing without any indicator, and the
    // tree is rebuilt until its result arrives.
    await workbench.waitFor('the example as it is shipped', async () => {
      await writeFile(join(workbench.workspace, concepts), original);
      await workbench.page.waitForTimeout(700);
      const items = await workbench.treeItems('Concepts');
      const isComputed = items.some(({ description }) => description === '12/14 · 0.45');
      return isComputed && (await shownConcepts()).join() === shipped.join();
    });
    await computed();
    await workbench.openFile(text);
  });

  const spinner = () => workbench.page.locator('.statusbar .codicon-modifier-spin');

  /** Waits until no computation runs, and so the tree is not rebuilt again. */
  const computed = async (): Promise<void> => {
    await workbench.waitFor('the computation to end', async () => (await spinner().count()) === 0);
  };

  /** A file is invalid for a moment while it is being saved. */
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

  return { readFileNow, pairsOf, pairsBecome, conceptLabels, described, computed, statusBecomes, notified };
}
