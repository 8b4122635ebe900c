import { spawn } from 'node:child_process';
import { inRoot } from '../../support/places';
import type { Run } from './cli';
import type { FakeHub } from './fakeHub';

/**
 * Runs the command line without blocking the Hub, which runs in this process.
 *
 * @param interrupt presses Ctrl+C
 */
export async function runAgainstHub(
  hub: Pick<FakeHub, 'endpoint'>,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  interrupt?: AbortSignal,
): Promise<Run> {
  const child = spawn(process.execPath, [inRoot('dist', 'cli.js'), ...args], {
    env: { ...process.env, HF_ENDPOINT: hub.endpoint, HF_TOKEN: '', ...environment },
  });
  interrupt?.addEventListener('abort', () => child.kill('SIGINT'));
  let [out, error] = ['', ''];
  child.stdout.on('data', (data) => (out += String(data)));
  child.stderr.on('data', (data) => (error += String(data)));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, out, error };
}
