import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vsixPath } from '../../../scripts/package';
import { openWorkbench } from '../../../scripts/workbench';
import { changeWorkspaceSettings } from '../../../scripts/workbench/settings';
import type { Workbench } from '../../../scripts/workbench/workbench';
import { builtInModel } from '../../model/support/builtInModel';
import { FakeHub } from '../../model/support/fakeHub';
import { root } from '../../support/places';

/** A Hub on 127.0.0.1, and a VS Code of its own whose settings name it. */
export interface HubWindow {
  readonly hub: FakeHub;
  readonly workbench: Workbench;
}

/**
 * For use in a describe: the packaged extension in a real VS Code on a copy of examples/, with a Hub that has some files.
 *
 * @param filesOf the Hub's files, from the folder of the built-in model
 * @param onStart receives both
 */
export function hubWindow(
  filesOf: (model: string) => Map<string, Buffer>,
  onStart: (window: HubWindow) => void,
): void {
  let hub: FakeHub;
  let workspace: string;
  let workbench: Workbench | undefined;

  before('VS Code starts', async () => {
    hub = await FakeHub.start(filesOf(await builtInModel()));
    workspace = await mkdtemp(join(tmpdir(), 'concept-probe-hub-'));
    await cp(join(root, 'examples'), workspace, { recursive: true });
    // Set from the start; VS Code for the browser reads machine settings only from the workspace.
    await changeWorkspaceSettings(workspace, { 'conceptProbe.hubEndpoint': hub.endpoint });
    workbench = await openWorkbench({ vsix: vsixPath, folder: workspace });
    await workbench.openFile('the-two-thrones.md');
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
    onStart({ hub, workbench });
  });

  after(async () => {
    await workbench?.close();
    await hub.close();
    await rm(workspace, { recursive: true });
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await workbench?.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
  });
}

/** Waits for a notification that contains this text. @returns its whole text */
export function notified(workbench: Workbench, part: string): Promise<string> {
  return workbench.waitFor(`a notification with “${part}”`, async () =>
    (await workbench.notifications()).find((message) => message.includes(part)),
  );
}

/** Presses a button of a notification. */
export async function pressInNotification(workbench: Workbench, button: string): Promise<void> {
  await workbench.page.locator('.notification-toast').getByRole('button', { name: button }).first().click();
}
