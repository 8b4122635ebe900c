import { build, installDependencies, run, runScript } from './setUp.mjs';

/**
 * `npm test [-- tier…]`: installs and builds what is missing, runs the checks and the tiers, and ends with `N passed, N
 * failed`.
 */
let hasRun = false;
process.on('exit', (code) => {
  if (code !== 0 && !hasRun) console.log('0 passed, 1 failed');
});
installDependencies();
build();
runScript('Packing the extension', 'package.ts');

hasRun = true;
const args = ['--import', 'tsx', 'scripts/runTests.ts', ...process.argv.slice(2)];
process.exitCode = run(process.execPath, args).status ?? 1;
