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
    await panel.locator('[data-testid="directions-map"] canvas').first().waitFor();
    await workbench.expandTree('Concepts', 'male → female');
    for (const theme of ['Dark Modern', 'Light Modern']) {
      await workbench.setTheme(theme);
      await workbench.page.waitForTimeout(1000);
      await workbench.screenshot(join(folder, `${theme.split(' ')[0]!.toLowerCase()}.png`));
    }
    await workbench.hoverWord('queen');
    await workbench.screenshot(join(folder, 'hover.png'));
  } finally {
    await workbench.close();
  }
}

void takeScreenshots();
