import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Plain Node, because it runs before anything is installed. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const isWindows = process.platform === 'win32';

/** Installs the dependencies unless those of this lock file are there. */
export function installDependencies() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  )
    return;
  // onnxruntime-node carries its CPU libraries; its install script would only fetch CUDA ones.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  step(
    'Installing dependencies',
    isWindows ? 'npm.cmd' : 'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { env, shell: isWindows },
  );
}

/** Bundles the product and makes the embedded model, which is quick if it is there. */
export function build() {
  step('Bundling', process.execPath, ['esbuild.mjs', '--production']);
  runScript('Making the embedded model', 'buildModel.ts');
}

/** Runs a TypeScript file of scripts/. */
export function runScript(title, file, args = []) {
  step(title, process.execPath, ['--import', 'tsx', join('scripts', file), ...args]);
}

/** Runs a command with its output shown; a failure ends the process with one line. */
export function step(title, command, args, options = {}) {
  console.log(`• ${title}`);
  const { status } = run(command, args, options);
  if (status === 0) return;
  console.error(`${title} failed; the lines above say why.`);
  process.exit(1);
}

export function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
}
