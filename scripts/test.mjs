import { build, installDependencies, root, run, runScript } from './setUp.mjs';
import { join } from 'node:path';

/** `npm test [-- tier…]`: sets itself up, runs the checks and the tiers, and ends with `N passed, N failed`. */
const tiers = process.argv.slice(2);
let hasRun = false;
process.on('exit', (code) => {
  if (code !== 0 && !hasRun) console.log('0 passed, 1 failed');
});
installDependencies();
build();
runScript('Packing the extension', 'package.ts');

const tool = (name) => ({
  command: process.execPath,
  args: [join(root, 'node_modules', ...name.split('/'))],
});
const projects = ['src/tsconfig.pure.json', 'src', 'webview', 'test'];
const checks = [
  ...projects.map((project) => ({
    title: `Types of ${project}`,
    ...tool('typescript/bin/tsc'),
    more: ['-p', project],
  })),
  { title: 'Lint', ...tool('eslint/bin/eslint.js'), more: ['--max-warnings', '0', '.'] },
  { title: 'Format', ...tool('prettier/bin/prettier.cjs'), more: ['--check', '--log-level', 'warn', '.'] },
];
const failedChecks = (tiers.length > 0 ? [] : checks).filter(({ title, command, args, more }) => {
  console.log(`• ${title}`);
  return run(command, [...args, ...more]).status !== 0;
});
const passedChecks = (tiers.length > 0 ? 0 : checks.length) - failedChecks.length;
for (const { title } of failedChecks) console.error(`Failed: ${title}`);

hasRun = true;
const counts = ['--checks', `${passedChecks},${failedChecks.length}`];
process.exitCode =
  run(process.execPath, ['--import', 'tsx', 'scripts/runTests.ts', ...counts, ...tiers]).status ?? 1;
