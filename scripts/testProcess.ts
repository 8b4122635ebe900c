import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Tests that passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Output of a test run without its last line, and the numbers of that line. */
export interface Run {
  readonly output: string;
  readonly counts: Counts;
}

/** Versions of Node that run the unit tier, in addition to the one that runs the tests. */
export const testedNodes: readonly number[] = [22, 24];

const root = join(__dirname, '..');
const isWindows = process.platform === 'win32';

/** A package.json script that must succeed. */
export interface Check {
  readonly title: string;
  readonly script: string;
}

/** Runs a check. Its output is a single line if it succeeds silently. */
export async function runCheck({ title, script }: Check): Promise<Run> {
  const npm = isWindows ? 'npm.cmd' : 'npm';
  const { output, code } = await outputOf(npm, ['run', '--silent', script], { shell: isWindows });
  const passed = code === 0 ? 1 : 0;
  const line = `${title}: ${passed ? 'passed' : 'failed'}\n`;
  return { output: `${output}${line}`, counts: { passed, failed: 1 - passed } };
}

/** Runs tiers in a separate process. A run that ends without its last line counts as one failure. */
export async function runTiers(executable: string, tiers: readonly string[]): Promise<Run> {
  const { output } = await outputOf(executable, [
    '--import',
    'tsx',
    join('scripts', 'runTests.ts'),
    ...tiers,
  ]);
  const [last, passed, failed] = /(\d+) passed, (\d+) failed\s*$/u.exec(output) ?? [];
  if (last === undefined) return { output, counts: { passed: 0, failed: 1 } };
  const counts = { passed: Number(passed), failed: Number(failed) };
  return { output: output.slice(0, -last.length), counts };
}

/** A command's output and exit code; no code if it cannot be started or is killed. */
async function outputOf(
  command: string,
  args: readonly string[],
  options: { readonly shell?: boolean } = {},
): Promise<{ readonly output: string; readonly code: number | null }> {
  const child = spawn(command, args, { ...options, cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  try {
    await once(child, 'close');
  } catch (error) {
    output += `${reasonOf(error)}\n`;
  }
  return { output, code: child.exitCode };
}

/**
 * Runs the unit tier under a major version of Node. Its output is one line unless a test fails.
 *
 * @param fetch returns the path of that Node's executable
 * @returns one failure if this version cannot be downloaded
 */
export async function runUnitTierUnder(major: number, fetch = fetchNode): Promise<Run> {
  let executable: string;
  try {
    executable = await fetch(major);
  } catch (error) {
    const output = `Node ${major} cannot be fetched: ${reasonOf(error)}\n`;
    return { output, counts: { passed: 0, failed: 1 } };
  }
  const { output, counts } = await runTiers(executable, ['unit']);
  const line = `Unit tests under Node ${major}: ${counts.passed} passed, ${counts.failed} failed\n`;
  return { output: counts.failed === 0 ? line : `${output}${line}`, counts };
}

/** The npm package `node` contains the executable, and npx caches it. */
async function fetchNode(major: number): Promise<string> {
  const script = isWindows ? '"process.execPath"' : 'process.execPath';
  const options = ['--yes', '--loglevel=error', '--package', `node@${major}`];
  const { stdout } = await promisify(execFile)(
    isWindows ? 'npx.cmd' : 'npx',
    [...options, '--', 'node', '--print', script],
    { cwd: root, shell: isWindows },
  );
  return stdout.trim();
}

/** The first line of a command's error output, or of the reason why it could not be started. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const complaint = 'stderr' in error ? String(error.stderr).trim() : '';
  return (complaint === '' ? error.message : complaint).split('\n')[0]!;
}
