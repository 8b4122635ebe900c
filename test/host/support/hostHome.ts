import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentAt } from '../../model/support/fakeHome';

/** The home of the user of VS Code in tests, so that models of this machine do not appear. Removed when the process ends. */
export const hostHome = mkdtempSync(join(tmpdir(), 'concept-probe-home-'));
process.on('exit', () => {
  rmSync(hostHome, { recursive: true, force: true });
});

export const hostEnvironment = environmentAt(hostHome);
