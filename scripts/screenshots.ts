import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { packExtension } from './package';
import { openWorkbench } from './workbench';
import type { Workbench } from './workbench/workbench';

const folder = join(__dirname, '..', 'media', 'screenshots');

/** `npm run screenshots`: takes the README's screenshots of the packaged extension in a real VS Code, dark and light. */
async function takeScreenshots(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const vsix = await packExtension();
  const workbench = await openWorkbench({
    vsix,
    folder: join(__dirname, '..', 'examples'),
    viewport: { width: 1560, height: 940 },
    deviceScaleFactor: 2,
  });
  try {
    await workbench.openFile('the-two-thrones.md');
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('directions-map');
    await panel.getByTestId('directions-map').locator('canvas').first().waitFor();
    await workbench.expandTree('Concepts', 'male → female');
    const take = async (name: string): Promise<void> => {
      // Charts are drawn a few frames after their data has arrived.
      await workbench.page.waitForTimeout(1000);
      await workbench.screenshot(join(folder, `${name}.png`));
    };
    await take('dark');
    await workbench.setTheme('Light Modern');
    await take('light');
    await panel.getByTestId('concept-title').scrollIntoViewIfNeeded();
    await panel.getByTestId('leave-one-out').scrollIntoViewIfNeeded();
    await workbench.hoverWord('brother');
    await take('concept');
    await tint(workbench, take);
    await steer(workbench);
    await take('steering-light');
    await workbench.setTheme('Dark Modern');
    await take('steering-dark');
    await simulate(workbench);
    await take('simulator');
    await exportMap(workbench);
  } finally {
    await workbench.close();
  }
}

/** The map across concepts, as the panel exports it. */
async function exportMap(workbench: Workbench): Promise<void> {
  const target = join(folder, 'map.png');
  rmSync(target, { force: true });
  await workbench.runCommand('Concept Probe: Show Geometry');
  const panel = await workbench.webview('directions-map');
  const menu = panel.getByTestId('directions-map').locator('figure-menu');
  await menu.getByRole('button').click();
  await menu.getByRole('menuitem', { name: 'Save as PNG…' }).click();
  await workbench.typePath(target);
  await workbench.waitFor('the exported figure', () => existsSync(target));
}

/** The text alone, tinted, with the hover of “and a”, in three themes; then by two concepts, with the legend. */
async function tint(workbench: Workbench, take: (name: string) => Promise<void>): Promise<void> {
  const status = workbench.page.locator('[id$="conceptProbe.tint"]');
  const tintBy = async (second: string): Promise<void> => {
    await workbench.runAndPick('Concept Probe: Tint Document by Concept…', 'male → female');
    await workbench.pickQuickItem(second);
    await workbench.waitFor('the tint', async () => /[a-z]$/u.test(await status.innerText()));
  };
  await workbench.focusEditor('the-two-thrones.md');
  await workbench.runCommand('View: Toggle Maximize Editor Group');
  await tintBy('None');
  for (const [theme, name] of [
    ['Light Modern', 'tint-light'],
    ['Dark Modern', 'tint-dark'],
    ['Default High Contrast', 'tint-high-contrast'],
  ] as const) {
    await workbench.setTheme(theme);
    await workbench.hoverWord('a', { occurrence: 3 });
    await take(name);
  }
  await workbench.setTheme('Light Modern');
  await tintBy('singular → plural');
  await status.hover();
  await take('tint-two-concepts');
  await workbench.runCommand('Concept Probe: Clear Tint');
  await workbench.runCommand('View: Toggle Maximize Editor Group');
}

/** A sentence of the example along a concept, with the panel at the arrows. */
async function steer(workbench: Workbench): Promise<void> {
  await workbench.openFile('the-two-thrones.md');
  await workbench.placeCaret(3, 'Once there was a king who ruled beside a'.length + 1);
  await workbench.runAndPick('Concept Probe: Steer This Context…', 'male → female');
  const panel = await workbench.webview('steering', 60);
  await panel.getByTestId('steering-alpha').fill('0.3');
  await panel.getByTestId('steering').evaluate((view) => {
    view.scrollIntoView({ block: 'start' });
  });
}

/** A run of four concepts, as wide as the window. */
async function simulate(workbench: Workbench): Promise<void> {
  await workbench.runCommand('Concept Probe: Show Simulator');
  await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
  await workbench.page.locator('.tab', { hasText: 'Concept Probe' }).click();
  await workbench.runCommand('View: Toggle Maximize Editor Group');
  const panel = await workbench.webview('run-controls');
  await panel.getByTestId('concepts').fill('4');
  await panel.getByTestId('run').click();
  await panel.getByTestId('pause').waitFor();
  await panel.getByTestId('run').waitFor();
  await panel.getByTestId('tab-simulator').scrollIntoViewIfNeeded();
}

void takeScreenshots();
