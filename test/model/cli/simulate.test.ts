import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSimulation } from '../../../src/protocol/simulationFile';
import { printed, refused } from '../support/cli';
import { inRoot } from '../../support/places';

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

  it('shows progress in a terminal, and keeps what it has on Ctrl+C', async function () {
    // The one of other systems has other options.
    if (process.platform !== 'linux') this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-simulate-'));
    const kept = join(folder, 'kept.simulation.json');
    const steps = '100000000';
    const command = `"${process.execPath}" "${inRoot('dist', 'cli.js')}" simulate --concepts 3 --steps ${steps} --save "${kept}"`;
    const terminal = spawn('script', ['-qefc', command, '/dev/null']);
    let out = '';
    let isPressed = false;
    terminal.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      // With the first report the run has begun. A second Ctrl+C would end the command.
      if (isPressed || !/Training, \d+ %/u.test(out)) return;
      isPressed = true;
      terminal.stdin.write('\u0003');
    });
    const code = await new Promise((resolve) => terminal.once('close', resolve));
    assert.equal(code, 130, out);
    assert.match(out, /The simulation was stopped at step [\d,]+ of 100,000,000\.\r\n/u);
    const { outcome } = parseSimulation(readFileSync(kept, 'utf8'), kept);
    assert.ok(outcome.kind === 'simulation' && outcome.result.planned?.steps === Number(steps));
    rmSync(folder, { recursive: true });
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
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('"version": 1', '"version": 9'));
    refused(1, /kept\.simulation\.json has version 9/u, 'simulate', '--file', kept);
    rmSync(folder, { recursive: true });
  });

  it('lists experiments, and answers one', () => {
    assert.match(
      printed('simulate', '--experiment', 'list'),
      /^ {2}dimension {2,}With how few dimensions k/mu,
    );
    const asked = ['simulate', '--experiment', 'dimension', '--runs', '2', '--steps', '2', '--seed', '1'];
    const { points, finding } = JSON.parse(printed(...asked, '--json')) as {
      points: { line: string; x: number; u: { mean: number; standardError: number } }[];
      finding: { verdict: string; sentence: string };
    };
    const text = printed(...asked);
    const [first] = points;
    assert.ok(
      text.includes(`${first!.u.mean.toFixed(3).replace('-', '−')} ± ${first!.u.standardError.toFixed(3)}`),
    );
    assert.ok(text.endsWith(`Finding: ${finding.sentence}\n`), text);
    assert.equal(points.length, 32);
  });

  it('rejects what cannot be simulated', () => {
    refused(1, /from 1 to 14, not 15/u, 'simulate', '--concepts', '15');
    refused(1, /from 1 to 100000, not 0/u, 'simulate', '--runs', '0');
    refused(1, /cycle: 0 → 1 → 0/u, 'simulate', '--edges', '0-1,1-0');
    refused(1, /--npy writes the tables f and g/u, 'simulate', '--preset', 'fig2', '--npy', tmpdir());
    refused(2, /--mask-rate needs a number/u, 'simulate', '--mask-rate', 'NaN');
  });
});
