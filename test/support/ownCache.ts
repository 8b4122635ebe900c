import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Tests keep their covariances in a folder of their own, which goes with them: nobody's cache is read or filled.
 * Child processes inherit it.
 */
const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-cache-'));
process.env['CONCEPT_PROBE_CACHE'] = folder;
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
