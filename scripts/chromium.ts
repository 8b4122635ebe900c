import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheDirectory } from './cacheDirectory';
import { withProcessLock } from './processLock';
import { ensureSystemPackages, hasDebianPackages } from './systemPackages';

/** Flags for a Chromium that makes no background requests, works as root, and may connect to a server on this machine. */
export const chromiumArguments: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=LocalNetworkAccessChecks',
];

/** Chromium without a window, which takes half the processor time of one with a hidden window. */
const shellName = 'chromium-headless-shell';

const commandNames = [shellName, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => {
    const root = process.env[name];
    if (!root) return [];
    return [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ];
  }),
];

/**
 * The path of Chromium or a related browser: the one in `CHROMIUM_PATH`, Debian's without a window, which is installed if
 * that is possible, or another installed one.
 *
 * @throws Error if there is none and it cannot be installed; the message says what to do.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH is not an executable file: ${named}`);
    return named;
  }
  const shell = onPath(shellName);
  if (shell) return shell;
  // Tried once in a process: where the package does not exist, that takes long.
  const problem = await (installing ??= hasDebianPackages() ? installShell() : Promise.resolve(undefined));
  const found = findInstalled();
  if (found) return found;
  throw problem ?? new Error('Install Chrome or Chromium, or set CHROMIUM_PATH to its path.');
}

let installing: Promise<Error | undefined> | undefined;

/** @returns why it cannot be installed */
async function installShell(): Promise<Error | undefined> {
  try {
    // Debian's own lock would make all processes but one fail.
    await withProcessLock(cacheDirectory('system-packages.lock'), () => ensureSystemPackages([shellName]));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

function findInstalled(): string | undefined {
  return commandNames.map(onPath).find((path) => path !== undefined) ?? usualPlaces.find(isExecutable);
}

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
