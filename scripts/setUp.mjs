import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Plain Node, because it runs before anything is installed. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const isWindows = process.platform === 'win32';
const npm = isWindows ? 'npm.cmd' : 'npm';

/** Installs the dependencies unless those of the current lock file are installed. */
export function installDependencies() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs
  )
    return;
  // onnxruntime-node contains its CPU libraries; its install script would only download the CUDA ones.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' };
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  step('Installing dependencies', npm, args, { env, shell: isWindows });
}

/** Bundles the product and builds the built-in model, which is quick if it already exists. */
export function build() {
  step('Bundling', process.execPath, ['esbuild.mjs', '--production']);
  runScript('Building the built-in model', 'buildModel.ts');
}

/** Runs a TypeScript file of scripts/. */
export function runScript(title, file, args = []) {
  step(title, process.execPath, ['--import', 'tsx', join('scripts', file), ...args]);
}

/** Runs a command and shows its output; if it fails, prints one line and exits. */
export function step(title, command, args, options = {}) {
  console.log(`• ${title}`);
  const { status } = run(command, args, options);
  if (status === 0) return;
  console.error(`${title} failed; see the lines above.`);
  process.exit(1);
}

export function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
}
