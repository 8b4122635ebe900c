import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './cacheDirectory';
import { installExtension, startCodeServer } from './codeServer';
import { packExtension } from './package';
import { quietSettings, writeUserSettings } from './workbench/settings';

const root = join(__dirname, '..');
const examples = join(root, 'examples');
const guide = join(examples, 'README.md');

/** The last step of `npm start`: opens the desktop VS Code if there is one, otherwise one in the browser. */
async function openEditor(): Promise<void> {
  if (openDesktop()) return;
  const extensionsDirectory = cacheDirectory('extensions');
  mkdirSync(extensionsDirectory, { recursive: true });
  console.log('There is no “code” command, so VS Code opens in the browser.');
  await installExtension(await packExtension(), extensionsDirectory);
  const userDataDirectory = cacheDirectory('user-data');
  if (!existsSync(join(userDataDirectory, 'User', 'settings.json'))) {
    // Shows the guide in examples/ instead of VS Code's welcome page, in separate user data so that the user's own settings
    // stay unchanged.
    await writeUserSettings(userDataDirectory, { ...quietSettings, 'workbench.startupEditor': 'readme' });
  }
  const server = await startCodeServer({ folder: examples, extensionsDirectory, userDataDirectory });
  console.log(`\nOpen ${server.url}\nPress Ctrl+C to stop it.`);
  await new Promise((resolve) => process.once('SIGINT', resolve));
  await server.stop();
}

/** @returns whether a desktop VS Code was opened */
function openDesktop(): boolean {
  const args = ['--new-window', `--extensionDevelopmentPath=${root}`, examples, guide];
  // On Windows `code` is a .cmd file, which needs a shell, and the shell needs quotes.
  const shell = process.platform === 'win32';
  const quoted = shell ? args.map((arg) => `"${arg}"`) : args;
  const { error, status } = spawnSync('code', quoted, { stdio: 'inherit', shell });
  return !error && status === 0;
}

void openEditor();
