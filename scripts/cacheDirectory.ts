import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * Where things that are costly to fetch live between clones: the model checkpoint's tarball, the VS Code
 * for the browser. Outside the clone, so that a fresh clone does not fetch them again.
 */
export function cacheDirectory(...segments: string[]): string {
  return join(cacheRoot(), 'concept-probe', ...segments);
}

function cacheRoot(): string {
  if (process.env['XDG_CACHE_HOME']) return process.env['XDG_CACHE_HOME'];
  if (platform() === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return platform() === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
