import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { timeout } from '../.mocharc.json';
import { findChromium } from './chromium';
import {
  runCheck,
  runTiers,
  runUnitTierUnder,
  testedNodes,
  type Check,
  type Counts,
  type Run,
} from './testProcess';
import { prepareHost } from './workbench/openHost';
// Tests must not write covariances to the user's cache.
import '../test/support/ownCache';

const checks: readonly Check[] = [
  { title: 'Types', script: 'types' },
  { title: 'Lint', script: 'lint' },
  { title: 'Format', script: 'format:check' },
];

/**
 * Each group of tiers, or of halves of a tier's files, runs in order. The groups run in parallel and take about as long as
 * each other, so that no processor is idle. The last group with a tier to run uses this process, so that its progress is visible.
 */
const groups: readonly (readonly string[])[] = [
  ['model:1'],
  ['model:2', 'unit'],
  ['webview'],
  ['host:1'],
  ['host:2'],
];

/** `host` of `host:1`. */
function tierOf(part: string): string {
  return part.split(':')[0]!;
}

/** Runs these tiers, or the checks and all tiers if none is named, and ends with `N passed, N failed`. */
async function runTests(named: readonly string[]): Promise<boolean> {
  const parts = groups.flat();
  const tiers = [...new Set(parts.map(tierOf))];
  const unknown = named.find((name) => !tiers.includes(name) && !parts.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no tier ${unknown}; there are ${tiers.join(', ')}.`);
    return closing([{ passed: 0, failed: 1 }]);
  }
  const isWhole = named.length === 0;
  const wanted = groups
    .map((group) => group.filter((part) => isWhole || named.includes(part) || named.includes(tierOf(part))))
    .filter((group) => group.length > 0);
  const others = wanted.slice(0, -1).map((group) => runTiers(process.execPath, group));
  const further = isWhole ? runFurther(Promise.race(others)) : Promise.resolve([]);
  const own = await runMocha(wanted.at(-1)!);
  const runs = [...(await Promise.all(others)), ...(await further)];
  for (const { output } of runs) process.stdout.write(output);
  return closing([own, ...runs.map(({ counts }) => counts)]);
}

/** Prints the last line. */
function closing(all: readonly Counts[]): boolean {
  const sum = (key: keyof Counts): number => all.reduce((total, counts) => total + counts[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0;
}

/** Runs the checks, and the unit tier under each other version of Node, when another run is done. */
async function runFurther(before: Promise<Run>): Promise<Run[]> {
  await before;
  const runs: Run[] = [];
  for (const check of checks) runs.push(await runCheck(check));
  const running = Number(process.versions.node.split('.')[0]);
  for (const major of testedNodes) if (major !== running) runs.push(await runUnitTierUnder(major));
  return runs;
}

/** Runs test tiers in one mocha. */
async function runMocha(tiers: readonly string[]): Promise<Counts> {
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
  return { passed: passes, failed: failures + unprepared };
}

/**
 * Downloads what a tier needs in this process, where progress is visible and no test can time out. A tier whose download
 * fails counts as failed.
 */
async function prepare(tier: string): Promise<boolean> {
  try {
    if (tier === 'webview') await findChromium();
    if (tierOf(tier) === 'host') await prepareHost();
    return true;
  } catch (error) {
    console.error(`The tier ${tier} cannot run: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** The files of a tier, or of a half of it. */
function testFiles(part: string): string[] {
  const [tier, half] = part.split(':') as [string, string?];
  const folder = join(__dirname, '..', 'test', tier);
  const names = readdirSync(folder, { encoding: 'utf8', recursive: true }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  const all = names.sort().map((name) => join(folder, name));
  const middle = Math.ceil(all.length / 2);
  if (half === undefined) return all;
  return half === '1' ? all.slice(0, middle) : all.slice(middle);
}

void runTests(process.argv.slice(2)).then((isGreen) => {
  process.exit(isGreen ? 0 : 1);
});
