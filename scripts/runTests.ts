import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { timeout } from '../.mocharc.json';
import { findChromium } from './chromium';
import { prepareHost } from './workbench/openHost';
// Covariances of tests do not belong into the user's cache.
import '../test/support/ownCache';

const allTiers = ['unit', 'model', 'webview', 'host'] as const;

/**
 * Runs test tiers in one mocha and closes with `N passed, N failed`, into which the checks that ran before are counted.
 */
async function runTests(tiers: readonly string[], checks: Counts): Promise<boolean> {
  const mocha = new Mocha({
    timeout,
    reporter: 'spec',
    color: process.stdout.isTTY,
    forbidOnly: true,
  });
  let unprepared = 0;
  for (const tier of tiers) {
    if (await prepare(tier)) for (const file of testFiles(tier)) mocha.addFile(file);
    else unprepared++;
  }
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats!);
    });
  });
  const failed = failures + checks.failed + unprepared;
  console.log(`${passes + checks.passed} passed, ${failed} failed`);
  return failed === 0;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Fetches what a tier needs here, where its progress is seen and no test's time runs. A tier without it has failed. */
async function prepare(tier: string): Promise<boolean> {
  try {
    if (tier === 'webview') await findChromium();
    if (tier === 'host') await prepareHost();
    return true;
  } catch (error) {
    console.error(`The tier ${tier} cannot run: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function testFiles(tier: string): string[] {
  const folder = join(__dirname, '..', 'test', tier);
  const names = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  return names.sort().map((name) => join(folder, name));
}

const { values, positionals } = parseArgs({
  options: { checks: { type: 'string', default: '0,0' } },
  allowPositionals: true,
});
const [passed = 0, failed = 0] = values.checks.split(',').map(Number);
void runTests(positionals.length > 0 ? positionals : allTiers, { passed, failed }).then((isGreen) => {
  process.exit(isGreen ? 0 : 1);
});
