import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureSystemPackages } from './systemPackages';

/** Flags for a Chromium that is quiet, works as root, and may talk to a server on this machine. */
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

const commandNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

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
 * The path of a Chromium or its kin: what `CHROMIUM_PATH` says, else one that is installed, else Debian's, installed now.
 *
 * @throws Error where there is none and it cannot be installed; the message says what to do.
 */
export async function findChromium(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (!isExecutable(named)) throw new Error(`CHROMIUM_PATH names no program that can be run: ${named}`);
    return named;
  }
  const found = findInstalled();
  if (found) return found;

  if (process.platform !== 'linux')
    throw new Error('Please install Chrome or Chromium, or name one in CHROMIUM_PATH.');
  await ensureSystemPackages(['chromium']);
  const installed = findInstalled();
  if (!installed)
    throw new Error('Chromium is installed but not on the PATH: please name it in CHROMIUM_PATH.');
  return installed;
}

function findInstalled(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => commandNames.map((name) => join(folder, name)));
  return [...onPath, ...usualPlaces].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
