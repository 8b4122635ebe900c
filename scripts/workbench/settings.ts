import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'jsonc-parser';

export type Settings = Readonly<Record<string, unknown>>;

/** A VS Code that shows only what tests request, and downloads nothing. */
export const quietSettings: Settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
  // If a test shortens a file that VS Code is copying into its history, libuv copies forever, and the save never ends.
  'workbench.localHistory.enabled': false,
  // Every few seconds VS Code would look through the open files of all processes for ports.
  'remote.autoForwardPorts': false,
  'window.confirmBeforeClose': 'never',
  // Menus and dialogs in HTML, which page objects can access, also on the desktop.
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'window.titleBarStyle': 'custom',
  'files.simpleDialog.enable': true,
  // Where the harness writes workspace settings.
  'files.exclude': { '**/.vscode': true },
  // Makes screenshots and measurements reproducible.
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
};

/** Writes user settings before VS Code starts: the version for the browser does not watch them. */
export async function writeUserSettings(userDataDirectory: string, settings: Settings): Promise<void> {
  await write(join(userDataDirectory, 'User', 'settings.json'), settings);
}

/** Changes the workspace settings, which override the user's; a running VS Code applies them within a moment. */
export async function changeWorkspaceSettings(workspace: string, changes: Settings): Promise<void> {
  const file = join(workspace, '.vscode', 'settings.json');
  const present = parse(await readFile(file, 'utf8').catch(() => '{}')) as Settings;
  await write(file, { ...present, ...changes });
}

/** Reverts all changes of {@link changeWorkspaceSettings}. */
export async function resetWorkspaceSettings(workspace: string): Promise<void> {
  await write(join(workspace, '.vscode', 'settings.json'), {});
}

async function write(file: string, settings: Settings): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Replaced atomically, because VS Code reads the file as soon as it changes and must not see half of it.
  await writeFile(`${file}.new`, `${JSON.stringify(settings, undefined, 2)}\n`);
  await rename(`${file}.new`, file);
}
