import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import type { Viewport } from './workbench/host';
import { openHost } from './workbench/openHost';
import { quietSettings, writeUserSettings, type Settings } from './workbench/settings';
import { Workbench } from './workbench/workbench';

export interface WorkbenchOptions {
  /** Path of the packaged extension. */
  readonly vsix: string;
  /** Folder to open. VS Code opens a copy, so that the original cannot change. */
  readonly folder: string;
  readonly settings?: Settings;
  /** Variables of VS Code that differ from this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Name of the theme, as in `workbench.colorTheme`. */
  readonly theme?: string;
  readonly viewport?: Viewport;
  readonly deviceScaleFactor?: number;
}

/**
 * Starts a real VS Code with the packaged extension on a copy of a folder, and waits until it is ready.
 *
 * @throws Error if VS Code is not available, does not accept the extension, or does not start in time.
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  // Short names: VS Code creates a socket in its user data folder, and some systems limit its path to about 100 characters.
  const root = await realpath(await mkdtemp(join(tmpdir(), 'probe-')));
  const workspace = join(root, basename(resolve(options.folder)));
  const [userDataDirectory, extensionsDirectory] = [join(root, '.user'), join(root, '.extensions')];
  const theme = options.theme ?? 'Dark Modern';
  try {
    await cp(options.folder, workspace, { recursive: true });
    await mkdir(extensionsDirectory);
    await writeUserSettings(userDataDirectory, {
      ...quietSettings,
      'workbench.colorTheme': theme,
      ...options.settings,
    });
    const {
      vsix,
      environment = {},
      viewport = { width: 1440, height: 900 },
      deviceScaleFactor = 1,
    } = options;
    const host = await openHost({
      vsix,
      workspace,
      environment,
      userDataDirectory,
      extensionsDirectory,
      viewport,
      deviceScaleFactor,
    });
    const close = async (): Promise<void> => {
      await host.close();
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    };
    const workbench = new Workbench({ ...host, close }, workspace, theme);
    await workbench.ready().catch(async (error: unknown) => {
      await host.close();
      throw error;
    });
    return workbench;
  } catch (error) {
    await rm(root, { recursive: true, force: true });
    throw error;
  }
}
