import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/**
 * Cache for large downloads that all clones share: the model checkpoint's tarball, VS Code for the browser. It is outside
 * the clone so that a fresh clone does not download them again.
 */
export function cacheDirectory(...segments: string[]): string {
  return join(cacheRoot(), 'concept-probe', ...segments);
}

function cacheRoot(): string {
  if (process.env['XDG_CACHE_HOME']) return process.env['XDG_CACHE_HOME'];
  if (platform() === 'win32') return process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  return platform() === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
