import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that caches covariances between runs, shared by the editor and the command line. */
export function cacheFolder(): string {
  const ownFolder = process.env['CONCEPT_PROBE_CACHE'];
  if (ownFolder) return ownFolder;
  return join(userCache(), 'concept-probe', 'covariance');
}

/** The folder for what is read of models on the Hub. */
export function remoteCacheFolder(): string {
  const ownFolder = process.env['CONCEPT_PROBE_CACHE'];
  return ownFolder ? join(ownFolder, 'hub') : join(userCache(), 'concept-probe', 'hub');
}

function userCache(): string {
  const { env, platform } = process;
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  const folder = env['XDG_CACHE_HOME'];
  return folder?.startsWith('/') ? folder : join(homedir(), '.cache');
}
