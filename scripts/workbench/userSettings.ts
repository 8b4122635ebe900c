import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type UserSettings = Readonly<Record<string, unknown>>;

/** A VS Code that shows nothing but what it was asked for, and fetches nothing. */
export const quietSettings: UserSettings = {
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
  'window.confirmBeforeClose': 'never',
  // Menus and dialogs that a page object can see, on the desktop too.
  'window.menuStyle': 'custom',
  'window.dialogStyle': 'custom',
  'window.titleBarStyle': 'custom',
  'files.simpleDialog.enable': true,
  // Pictures and measurements that come out the same each time.
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
};

/** Writes the user's settings file; a running VS Code follows it within a moment. */
export async function writeUserSettings(userDataDirectory: string, settings: UserSettings): Promise<void> {
  const directory = join(userDataDirectory, 'User');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}
