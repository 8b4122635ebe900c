import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, smallWorld } from '../support/cli';
import { readNpy, withFolder } from '../support/fixtures';
import { someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';
import { inRoot } from '../../support/places';

const cli = inRoot('dist', 'cli.js');
const example = inRoot('examples', 'royalty.concepts.json');
const { model, file } = smallWorld(someHead(300, 20), someConcepts(300, [6, 5], 7));
const probe = ['probe', file, '--model', model, '--random-pairs', '50'];
const rows = ['unembedding', '--model', model, '--all', '--npy'];

/** Runs a line of bash in which `"$@"` is the command under test. */
function inShell(line: string, folder: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line, 'bash', process.execPath, cli, ...args], {
    cwd: folder,
  });
  return { status, out: stdout, error: stderr.toString() };
}

/** At most 4 KB each, as if the disk were full at that point. */
const smallFiles = 'ulimit -f 4; "$@"';

describe('results on disk and on standard output', () => {
  it('are incomplete on a full disk, which is reported with exit code 1', () => {
    withFolder((folder) => {
      for (const args of [[...probe, '--json'], probe, ['--help'], ['--version'], ['cache', 'info']]) {
        const { status, error } = inShell('"$@" > /dev/full', folder, ...args);
        assert.equal(status, 1, args.join(' '));
        assert.match(
          error,
          /^concept-probe: Standard output is incomplete, because the disk is full \(ENOSPC\);.*\n$/u,
        );
      }
      // The disk accepts the beginning; the loss of the rest must be reported.
      const { status, error } = inShell(`${smallFiles} > out.json`, folder, ...probe, '--json');
      assert.equal(statSync(join(folder, 'out.json')).size, 4096);
      assert.equal(status, 1);
      assert.match(error, /^concept-probe: Standard output is incomplete \(EFBIG\);.*\n$/u);
    });
  });

  it('are complete in a file, a pipe and a device', () => {
    withFolder((folder) => {
      const whole = run(...probe, '--json').out.replace(/"cached": \w+/u, '');
      assert.equal(inShell('"$@" > out.json', folder, ...probe, '--json').status, 0);
      assert.equal(readFileSync(join(folder, 'out.json'), 'utf8').replace(/"cached": \w+/u, ''), whole);
      assert.equal(inShell('"$@" > /dev/null', folder, ...probe, '--json').status, 0);
    });
  });

  it('show escape sequences in names and paths, and keep them in JSON', () => {
    withFolder((folder) => {
      const name = 'clip\u001b]52;c;cm0=\u0007board\u202e\u009b2J';
      const [hostile, written] = [join(folder, `${name}.json`), join(folder, `${name}.csv`)];
      const { concepts } = JSON.parse(readFileSync(file, 'utf8')) as {
        concepts: { name: string; pairs: unknown }[];
      };
      writeFileSync(
        hostile,
        JSON.stringify({
          version: 1,
          concepts: concepts.map((one, i) => ({ ...one, name: `${name} ${i}` })),
        }),
      );
      const options = [hostile, ...probe.slice(2)];
      const text = run('probe', ...options, '--csv', written);
      assert.equal(text.status, 0, text.error);
      const missing = run('probe', `${hostile}.gone`, ...probe.slice(2));
      assert.equal(missing.status, 1);
      for (const shown of [text.out, missing.error]) {
        assert.match(shown, /clip\\u001b\]52;c;cm0=\\u0007board\\u202e\\u009b2J/u);
        assert.doesNotMatch(shown, /(?![\t\n])\p{Cc}|\u202e/u);
      }
      const json = run('probe', ...options, '--json').out;
      assert.doesNotMatch(json, /\u202e/u);
      const document = JSON.parse(json) as { concepts: { name: string }[] };
      assert.deepEqual(
        document.concepts.map((one) => one.name),
        [`${name} 0`, `${name} 1`],
      );
    });
  });

  it('are not a failure for a reader that closes the pipe early', () => {
    withFolder((folder) => {
      const { out, error } = inShell(
        '"$@" | head -c 5; echo ":${PIPESTATUS[0]}"',
        folder,
        ...['probe', example, '--product', 'euclidean', '--json'],
      );
      assert.deepEqual([out.toString(), error], ['{\n  ":0\n', '']);
    });
  });

  it('leave the old file unchanged, and nothing else, if a new one cannot be written', () => {
    withFolder((folder) => {
      const commands: readonly (readonly string[])[] = [
        [...probe, '--json', 'old.json'],
        [...probe, '--html', 'old.json'],
        [...rows, 'old.json'],
      ];
      const old = '{"schema":1}';
      writeFileSync(join(folder, 'old.json'), old);
      for (const args of commands) {
        const { status, out, error } = inShell(smallFiles, folder, ...args);
        assert.equal(status, 1, args.join(' '));
        assert.equal(out.toString(), '');
        assert.match(error, /^concept-probe: old\.json cannot be written \(EFBIG\); .*\.\n$/u);
        assert.equal(readFileSync(join(folder, 'old.json'), 'utf8'), old);
        assert.deepEqual(readdirSync(folder), ['old.json']);
      }
    });
  });

  it('leave the old file unchanged if the work fails or is stopped', async () => {
    await withFolder(async (folder) => {
      const old = join(folder, 'states.npy');
      writeFileSync(old, 'old');
      const texts = join(folder, 'texts.txt');
      writeFileSync(texts, 'Once upon a time there was a king who had a daughter.\n'.repeat(4000));
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        const child = spawn(process.execPath, [cli, 'embed', '--file', texts, '--npy', old], {
          stdio: 'ignore',
        });
        const ended = new Promise((resolve) =>
          child.once('exit', (code, by) => {
            resolve(by ?? code);
          }),
        );
        while (!readdirSync(folder).some((name) => name.endsWith('.partial')) && child.exitCode === null)
          await sleep(20);
        assert.equal(readFileSync(old, 'utf8'), 'old');
        child.kill(signal);
        assert.equal(await ended, signal);
        assert.equal(readFileSync(old, 'utf8'), 'old');
        assert.deepEqual(readdirSync(folder).sort(), ['states.npy', 'texts.txt']);
      }
    });
  });

  it('keep links and permissions, and create folders', () => {
    withFolder((folder) => {
      mkdirSync(join(folder, 'elsewhere'));
      const target = join(folder, 'elsewhere', 'rows.npy');
      writeFileSync(target, 'old');
      chmodSync(target, 0o640);
      const link = join(folder, 'link.npy');
      symlinkSync(join('elsewhere', 'rows.npy'), link);
      assert.equal(run(...rows, link).status, 0);
      assert.equal(readlinkSync(link), join('elsewhere', 'rows.npy'));
      assert.ok(!lstatSync(target).isSymbolicLink());
      assert.equal(statSync(target).mode & 0o777, 0o640);
      assert.equal(readNpy(target).rows, 300);
      symlinkSync('later.npy', join(folder, 'dangling.npy'));
      assert.equal(run(...rows, join(folder, 'dangling.npy')).status, 0);
      assert.equal(readNpy(join(folder, 'later.npy')).rows, 300);
      assert.equal(run(...rows, join(folder, 'a', 'b', 'rows.npy')).status, 0);
      assert.deepEqual(readdirSync(join(folder, 'a', 'b')), ['rows.npy']);
      assert.deepEqual(readdirSync(join(folder, 'elsewhere')), ['rows.npy']);
    });
  });

  it('go through pipes and devices', () => {
    withFolder((folder) => {
      assert.equal(run(...rows, join(folder, 'rows.npy')).status, 0);
      const whole = readFileSync(join(folder, 'rows.npy'));
      const pipe = inShell('mkfifo p; cat p > copy.npy & "$@" && wait', folder, ...rows, 'p');
      assert.equal(pipe.status, 0, pipe.error);
      assert.ok(readFileSync(join(folder, 'copy.npy')).equals(whole));
      assert.ok(lstatSync(join(folder, 'p')).isFIFO());
      const stdout = inShell('"$@" | cat', folder, ...rows, '/dev/stdout');
      assert.ok(stdout.out.subarray(0, whole.length).equals(whole));
      assert.ok(existsSync('/dev/stdout'));
      assert.equal(inShell('"$@"', folder, ...rows, '/dev/null').status, 0);
      assert.ok(lstatSync('/dev/null').isCharacterDevice());
      const full = inShell('"$@"', folder, ...rows, '/dev/full');
      assert.equal(full.status, 1);
      assert.match(full.error, /\/dev\/full cannot be written, because the disk is full \(ENOSPC\)/u);
    });
  });

  it('contain the number of rows even if the file is not seekable', () => {
    withFolder((folder) => {
      const states = ['embed', '--text', 'Once upon a time', '--all-positions', '--npy'];
      assert.equal(run(...states, join(folder, 'states.npy')).status, 0);
      const whole = readFileSync(join(folder, 'states.npy'));
      const { out } = inShell('"$@" | cat', folder, ...states, '/dev/stdout');
      assert.ok(out.subarray(0, whole.length).equals(whole));
    });
  });
});
