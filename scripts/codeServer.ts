import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cleanEnvironment } from './cleanEnvironment';
import { ensureCodeServer } from './ensureCodeServer';

export interface CodeServerOptions {
  /** The folder to open. */
  readonly folder: string;
  readonly extensionsDirectory: string;
  readonly userDataDirectory: string;
  /** Variables that differ from this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A free port by default. */
  readonly port?: number;
}

export interface RunningCodeServer {
  /** URL of the workbench with the folder open. */
  readonly url: string;
  /** Stops the server and waits until it has exited. */
  stop(): Promise<void>;
}

const startSeconds = 180;

/**
 * Starts VS Code for the browser on 127.0.0.1, after installing it if necessary, and waits until it responds. It exits with
 * this process at the latest.
 *
 * @throws Error if it cannot be installed, exits at once, or does not respond in time.
 */
export async function startCodeServer(options: CodeServerOptions): Promise<RunningCodeServer> {
  const { node, entry } = await ensureCodeServer();
  const server = spawn(
    node,
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port ?? 0}`],
      ...[
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-workspace-trust',
        '--disable-getting-started-override',
      ],
      ...directories(options.userDataDirectory, options.extensionsDirectory),
      options.folder,
    ],
    { env: { ...cleanEnvironment(), ...options.environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const endWithUs = (): void => void server.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    await end(server);
  };
  try {
    const origin = await listening(server);
    return { url: `${origin}/?folder=${encodeURIComponent(options.folder)}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Installs a packaged extension as a user would.
 *
 * @throws Error if VS Code does not accept the package; the message includes VS Code's last line.
 */
export async function installExtension(vsixPath: string, extensionsDirectory: string): Promise<void> {
  const { node, entry } = await ensureCodeServer();
  const scratch = await mkdtemp(join(tmpdir(), 'concept-probe-install-'));
  try {
    const options = [
      entry,
      ...directories(scratch, extensionsDirectory),
      '--install-extension',
      vsixPath,
      '--force',
    ];
    await promisify(execFile)(node, options, { env: cleanEnvironment() });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new Error(`VS Code could not install ${vsixPath}: ${stderr.trim().split('\n').at(-1) ?? ''}`, {
      cause: error,
    });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything it writes goes here. Without its own configuration file it would create one in the user's home directory. */
function directories(userDataDirectory: string, extensionsDirectory: string): string[] {
  const config = join(userDataDirectory, 'code-server.yaml');
  return ['--config', config, '--user-data-dir', userDataDirectory, '--extensions-dir', extensionsDirectory];
}

/** The origin that the server reports. Letting it choose the port avoids the race of finding a free one. */
function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => {
      reject(
        new Error(`VS Code for the browser did not respond within ${startSeconds} s: ${lastLine(output)}`),
      );
    }, startSeconds * 1000);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-4096);
      const origin = /HTTP server listening on (http:\/\/[\d.:]+)/.exec(output)?.[1];
      if (!origin) return;
      clearTimeout(timer);
      resolve(origin);
    };
    // Both streams are read to the end: a full pipe would block the server.
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', reject);
    server.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`VS Code for the browser exited at once: ${lastLine(output)}`));
    });
  });
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

/** Asks it to exit, which also ends its child processes, and kills it after three seconds. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const late = Symbol('late');
  if ((await Promise.race([gone, sleep(3000, late)])) === late) {
    server.kill('SIGKILL');
    await gone;
  }
}
