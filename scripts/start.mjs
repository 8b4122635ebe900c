import { join } from 'node:path';
import { build, installDependencies, root, runScript, step } from './setUp.mjs';

/**
 * `npm start`: installs and builds what is missing, probes examples/ without a UI, writes the report, and opens VS Code in
 * an interactive terminal.
 */
installDependencies();
build();
const report = join(root, 'dist', 'report.html');
step('Probing examples/ with the built-in model', process.execPath, [
  'dist/cli.js',
  'probe',
  'examples',
  '--html',
  report,
]);
console.log(`\nReport: ${report}`);

const isAttended = process.stdin.isTTY && process.stdout.isTTY && process.env.CI !== 'true';
if (isAttended && !process.argv.includes('--no-open'))
  runScript('Opening VS Code on examples/', 'openEditor.ts');
