import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { runCheck, runTiers, runUnitTierUnder } from '../../../scripts/testProcess';

const oneFailure = { passed: 0, failed: 1 };

describe('the unit tier under another Node', () => {
  it('is one failure, reported in one line, if that Node cannot be downloaded', async () => {
    const script = 'console.error("npm error code ENOTFOUND\\nmore"); process.exit(1)';
    const run = await runUnitTierUnder(22, async () => {
      await promisify(execFile)(process.execPath, ['-e', script]);
      return '';
    });
    const output = 'Node 22 cannot be fetched: npm error code ENOTFOUND\n';
    assert.deepEqual(run, { output, counts: oneFailure });
  });

  it('is one failure, reported in one line, if npx is missing', async () => {
    const { output, counts } = await runUnitTierUnder(22, async () => {
      await promisify(execFile)('no-such-npx');
      return '';
    });
    assert.match(output, /^Node 22 cannot be fetched: .*ENOENT.*\n$/u);
    assert.deepEqual(counts, oneFailure);
  });

  it('is one failure if that Node cannot be started', async () => {
    const { output, counts } = await runUnitTierUnder(22, () => Promise.resolve('no-such-node'));
    assert.match(output, /ENOENT[^]*Unit tests under Node 22: 0 passed, 1 failed\n$/u);
    assert.deepEqual(counts, oneFailure);
  });
});

describe('a check', () => {
  it('is one failure if its script fails', async () => {
    const run = await runCheck({ title: 'Types', script: 'no-such-script' });
    assert.deepEqual(run, { output: 'Types: failed\n', counts: oneFailure });
  });
});

describe('tests in another process', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tests-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** A fake Node that prints this and exits. */
  function executable(output: string): string {
    const path = join(folder, 'node');
    writeFileSync(path, `#!/bin/sh\nprintf '${output}'\n`, { mode: 0o755 });
    return path;
  }

  it('are counted from the last line', async function () {
    if (process.platform === 'win32') this.skip();
    assert.deepEqual(await runTiers(executable('3 passed, 1 failed\\n12 passed, 2 failed\\n'), ['unit']), {
      output: '3 passed, 1 failed\n',
      counts: { passed: 12, failed: 2 },
    });
  });

  it('are one failure if they end before their last line', async function () {
    if (process.platform === 'win32') this.skip();
    const run = await runTiers(executable('1 passing\\n'), ['unit']);
    assert.deepEqual(run, { output: '1 passing\n', counts: oneFailure });
  });
});
