import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printed, refused } from '../support/cli';

const small = ['simulate', '--concepts', '3', '--runs', '5', '--steps', '200', '--seed', '1', '--json'];

describe('concept-probe simulate', () => {
  it('gives the same numbers on one thread and on several with more than one run each', () => {
    const alone = printed(...small, '--threads', '1');
    assert.equal(printed(...small, '--threads', '2'), alone);
    const { runs } = JSON.parse(alone) as { runs: { seed: number }[] };
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [1, 2, 3, 4, 5],
    );
  });

  it('saves a simulation in a file that reproduces it, with tables and matrices', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-simulate-'));
    const kept = join(folder, 'kept.simulation.json');
    const json = printed(...small, '--save', kept, '--csv', folder, '--npy', folder);
    assert.equal(printed('simulate', '--file', kept, '--json'), json);
    const files = readdirSync(folder);
    for (const name of ['simulation.curves.csv', 'f.npy', 'g.npy', 'map.cross.npy'])
      assert.ok(files.includes(name), `${name} of ${files.join()}`);
    refused(2, /--file has its own settings/u, 'simulate', '--file', kept, '--runs', '2');
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"version":1', '"version":9'));
    refused(1, /kept\.simulation\.json has version 9/u, 'simulate', '--file', kept);
    rmSync(folder, { recursive: true });
  });

  it('rejects what cannot be simulated', () => {
    refused(1, /from 1 to 14, not 15/u, 'simulate', '--concepts', '15');
    refused(1, /from 1 to 100000, not 0/u, 'simulate', '--runs', '0');
    refused(1, /cycle: 0 → 1 → 0/u, 'simulate', '--edges', '0-1,1-0');
    refused(1, /--npy writes the tables f and g/u, 'simulate', '--preset', 'fig2', '--npy', tmpdir());
    refused(2, /--mask-rate needs a number/u, 'simulate', '--mask-rate', 'NaN');
  });
});
