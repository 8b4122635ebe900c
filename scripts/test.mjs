import { build, installDependencies, run, runNpmScript, runScript } from './setUp.mjs';

/** `npm test [-- tier…]`: sets itself up, runs the checks and the tiers, and ends with `N passed, N failed`. */
const tiers = process.argv.slice(2);
let hasRun = false;
process.on('exit', (code) => {
  if (code !== 0 && !hasRun) console.log('0 passed, 1 failed');
});
installDependencies();
build();
runScript('Packing the extension', 'package.ts');

const checks = [
  { title: 'Types', script: 'types' },
  { title: 'Lint', script: 'lint' },
  { title: 'Format', script: 'format:check' },
];
const wanted = tiers.length > 0 ? [] : checks;
const failed = wanted.filter(({ title, script }) => !runNpmScript(title, script));
for (const { title } of failed) console.error(`Failed: ${title}`);

hasRun = true;
const counts = ['--checks', `${wanted.length - failed.length},${failed.length}`];
process.exitCode =
  run(process.execPath, ['--import', 'tsx', 'scripts/runTests.ts', ...counts, ...tiers]).status ?? 1;
