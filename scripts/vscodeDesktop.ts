import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { _electron } from 'playwright-core';
import { cacheDirectory } from './cacheDirectory';
import { cleanEnvironment } from './cleanEnvironment';
import type { Host, HostOptions, Viewport } from './workbench/host';

const updateService = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * Whether the desktop VS Code can be downloaded and shown: there is a display, and an update service that responds quickly.
 */
export async function canUseDesktop(): Promise<boolean> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return false;
  try {
    return (await fetch(updateService, { signal: AbortSignal.timeout(3000) })).ok;
  } catch {
    return false;
  }
}

/**
 * The desktop VS Code, downloaded into the cache on first use, with the extension installed as a user would install it.
 *
 * @throws Error if it cannot be downloaded, does not accept the extension, or does not start.
 */
export async function openDesktopHost(options: HostOptions): Promise<Host> {
  const executablePath = await downloadDesktop();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const shared = [
    `--user-data-dir=${options.userDataDirectory}`,
    `--extensions-dir=${options.extensionsDirectory}`,
    ...asRoot,
  ];
  await install(executablePath, [...shared, '--install-extension', options.vsix, '--force']);

  const quiet = ['--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--disable-updates'];
  const application = await _electron.launch({
    executablePath,
    args: [...shared, ...quiet, '--disable-telemetry', '--disable-gpu', '--new-window', options.workspace],
    env: { ...definedOnly(cleanEnvironment()), ...options.environment },
  });
  try {
    const page = await application.firstWindow();
    await application.evaluate(resizeWindow, options.viewport);
    return { page, close: () => application.close() };
  } catch (error) {
    await application.close();
    throw error;
  }
}

/** @returns the path of its executable */
export function downloadDesktop(): Promise<string> {
  return downloadAndUnzipVSCode({ cachePath: cacheDirectory('vscode') });
}

async function install(executablePath: string, options: readonly string[]): Promise<void> {
  const [cli, ...rest] = resolveCliArgsFromVSCodeExecutablePath(executablePath, {
    reuseMachineInstall: true,
  });
  // On Windows the command-line program is a .cmd file, which needs a shell, and the shell needs quotes.
  const shell = process.platform === 'win32';
  const quoted = [cli!, ...rest, ...options].map((word) => (shell ? `"${word}"` : word));
  await promisify(execFile)(quoted[0]!, quoted.slice(1), { env: cleanEnvironment(), shell });
}

/** The part of Electron that `resizeWindow` uses. Runs in Electron's main process. */
interface ElectronWindows {
  readonly BrowserWindow: { getAllWindows(): { setContentSize(width: number, height: number): void }[] };
}

function resizeWindow(electron: ElectronWindows, { width, height }: Viewport): void {
  electron.BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
