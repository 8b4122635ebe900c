import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether this system's packages are Debian's, so that they can be asked for by name. */
export function hasDebianPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-query');
}

/**
 * Sees to it that these Debian packages are installed. Installs what is missing where it may (as root).
 *
 * @throws Error with the exact command to run, where it may not or where installing failed.
 */
export async function ensureSystemPackages(names: readonly string[]): Promise<void> {
  if (!hasDebianPackages()) {
    throw new Error(`Please install what Debian calls ${names.join(', ')}, then try again.`);
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
    throw new Error(`System packages could not be installed; see what this says: ${command}`, {
      cause: error,
    });
  }
}

async function isInstalled(name: string): Promise<boolean> {
  try {
    const { stdout } = await run('dpkg-query', ['--show', '--showformat=${db:Status-Status}', name]);
    return stdout.includes('installed') && !stdout.includes('not-installed');
  } catch {
    return false; // dpkg-query fails for a package that it has never heard of.
  }
}
