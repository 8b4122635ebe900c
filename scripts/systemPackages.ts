import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether this system uses Debian packages, so that they can be installed by name. */
export function hasDebianPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query');
}

/**
 * Ensures that these Debian packages are installed. Installs missing ones if permitted (as root).
 *
 * @throws Error with the exact command to run, if installing is not permitted or failed.
 */
export async function ensureSystemPackages(names: readonly string[]): Promise<void> {
  if (!hasDebianPackages()) {
    throw new Error(`Install the equivalents of the Debian packages ${names.join(', ')}, then try again.`);
  }
  const installed = await Promise.all(names.map(isInstalled));
  const missing = names.filter((_, index) => !installed[index]);
  if (missing.length === 0) return;

  const command = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) throw new Error(`System packages are missing; run: sudo sh -c '${command}'`);

  console.error(`Installing system packages: ${missing.join(', ')}…`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('sh', ['-c', command], { env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`System packages could not be installed; run this command to see why: ${command}`, {
      cause: error,
    });
  }
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]);
    return stdout.includes('installed') && !stdout.includes('not-installed');
  } catch {
    return false; // dpkg-query fails for unknown packages.
  }
}
