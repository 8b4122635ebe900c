import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * Tests keep covariances and downloads in a temporary folder that is removed afterwards, so that they neither read nor fill the
 * user's caches. Child processes inherit it.
 */
const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-cache-'));
process.env['CONCEPT_PROBE_CACHE'] = folder;
process.env['HF_HUB_CACHE'] = join(folder, 'huggingface');
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true });
});
