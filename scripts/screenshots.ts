import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packExtension } from './package';
import { openWorkbench } from './workbench';

const folder = join(__dirname, '..', 'media', 'screenshots');

/** `npm run screenshots`: the README's pictures, of the packaged extension in a real VS Code, dark and light. */
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
      // Charts are drawn a few frames after their data came.
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
  } finally {
    await workbench.close();
  }
}

void takeScreenshots();
