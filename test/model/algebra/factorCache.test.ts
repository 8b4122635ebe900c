import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CausalFactor } from '../../../src/model/algebra/causalFactor';
import { FactorCache } from '../../../src/model/algebra/factorCache';
import { headFingerprint } from '../../../src/model/algebra/headFingerprint';
import { panelShapes } from '../../../src/model/algebra/columnPanels';
import { everyRow } from '../../../src/model/head/rowSet';
import { Model } from '../../../src/model/model';
import { withFolder } from '../support/fixtures';
import { numbers } from '../support/headForms';
import { writeSmallModel } from '../support/smallModel';
import { someHead } from '../support/someHead';

/** The form of real keys: a fingerprint and the ridge. */
function keyOf(name: string | number): string {
  return `${createHash('sha256').update(String(name)).digest('hex')}-auto`;
}

/** More than one panel; the numbers have no meaning. */
function factorOf(size: number, ridge = 0): CausalFactor {
  const shapes = panelShapes(size);
  const some = (count: number): Float32Array => Float32Array.from(numbers(count, count));
  return {
    factor: {
      ...{ size, width: 256 },
      below: shapes.map(({ rows, columns }) => some((rows - columns) * columns)),
      inverses: shapes.map(({ columns }) => some(columns * columns)),
    },
    mean: Float64Array.from(numbers(size, 1)),
    vocabSize: 1234,
    ridge,
    ridgeReason: ridge === 0 ? null : 'Because “ß”.',
    condition: 5678.5,
  };
}

function onlyFile(folder: string): string {
  const [name, ...others] = readdirSync(folder);
  assert.deepEqual(others, []);
  return join(folder, name!);
}

describe('the cache of covariances', () => {
  it('returns what was stored', () => {
    withFolder((folder) => {
      const cache = new FactorCache(join(folder, 'made', 'when needed'));
      for (const factor of [factorOf(1), factorOf(300, 1e-5), factorOf(256)]) {
        assert.equal(cache.get(keyOf(factor.factor.size)), undefined);
        cache.set(keyOf(factor.factor.size), factor);
        assert.deepEqual(cache.get(keyOf(factor.factor.size)), factor);
      }
      cache.set(keyOf(1), factorOf(2));
      assert.equal(cache.get(keyOf(1))!.factor.size, 2);
    });
  });

  const damages: Readonly<Record<string, (path: string, bytes: Buffer) => void>> = {
    'a flipped bit among the numbers': (path, bytes) => {
      bytes[bytes.length - 100]! ^= 1;
      writeFileSync(path, bytes);
    },
    'a flipped bit in the mean': (path, bytes) => {
      bytes[bytes.indexOf('\n', 30) + 3]! ^= 128;
      writeFileSync(path, bytes);
    },
    'a missing end': (path, bytes) => {
      truncateSync(path, bytes.length - 4);
    },
    'no end of its header': (path) => {
      truncateSync(path, 60);
    },
    'nothing in it': (path) => {
      truncateSync(path, 0);
    },
    'more than there was': (path, bytes) => {
      writeFileSync(path, Buffer.concat([bytes, Buffer.alloc(4)]));
    },
    'another format': (path, bytes) => {
      writeFileSync(path, bytes.toString('latin1').replace('covariance 2\n', 'covariance 1\n'), 'latin1');
    },
    'another key': (path, bytes) => {
      writeFileSync(
        path,
        bytes.toString('latin1').replace(`"key":"${keyOf('a')}"`, `"key":"${keyOf('b')}"`),
        'latin1',
      );
    },
    'a header that is no JSON': (path, bytes) => {
      writeFileSync(path, bytes.toString('latin1').replace('{', '['), 'latin1');
    },
    'another condition number': (path, bytes) => {
      writeFileSync(path, bytes.toString('latin1').replace('5678.5', '5679.5'), 'latin1');
    },
    'another ridge': (path, bytes) => {
      writeFileSync(path, bytes.toString('latin1').replace('"ridge":0', '"ridge":1'), 'latin1');
    },
    'a size that the numbers are too few for': (path, bytes) => {
      writeFileSync(path, bytes.toString('latin1').replace('"size":300', '"size":900'), 'latin1');
    },
  };
  for (const [what, damage] of Object.entries(damages)) {
    it(`ignores and removes a file with ${what}`, () => {
      withFolder((folder) => {
        const cache = new FactorCache(folder);
        cache.set(keyOf('a'), factorOf(300));
        const path = onlyFile(folder);
        damage(path, readFileSync(path));
        assert.equal(cache.get(keyOf('a')), undefined);
        assert.equal(existsSync(path), false);
      });
    });
  }

  it('stays within its limit: the least recently used go first', () => {
    withFolder((folder) => {
      const big = new FactorCache(folder);
      for (const [i, key] of ['a', 'b', 'c'].entries()) {
        big.set(keyOf(key), factorOf(100));
        utimesSync(
          join(
            folder,
            readdirSync(folder).find((name) => name.startsWith(keyOf(key)))!,
          ),
          1000 + i,
          1000 + i,
        );
      }
      const { bytes, files } = big.info();
      assert.equal(files, 3);
      // Just used, so it is kept although it is the oldest.
      assert.ok(big.get(keyOf('a')));
      const small = new FactorCache(folder, (bytes / 3) * 2.5);
      small.set(keyOf('d'), factorOf(100));
      assert.deepEqual(
        ['a', 'b', 'c', 'd'].filter((key) => small.get(keyOf(key))),
        ['a', 'd'],
      );
      assert.ok(small.info().bytes <= small.info().limit);
      new FactorCache(folder, 10).set(keyOf('e'), factorOf(100));
      assert.equal(big.info().files, 0);
    });
  });

  it('reports its contents, and clears them', () => {
    withFolder((folder) => {
      const cache = new FactorCache(folder, 1e6);
      assert.deepEqual(cache.info(), { folder, files: 0, bytes: 0, limit: 1e6 });
      writeFileSync(join(folder, 'mine.txt'), 'mine');
      cache.set(keyOf('a'), factorOf(20));
      cache.set(keyOf('b'), factorOf(30));
      const info = cache.info();
      assert.equal(info.files, 2);
      assert.ok(info.bytes > (20 * 20 + 30 * 30) * 4);
      assert.deepEqual(cache.clear(), { ...info, left: 0 });
      assert.deepEqual([cache.info().files, cache.get(keyOf('a'))], [0, undefined]);
      assert.deepEqual(readdirSync(folder), ['mine.txt'], 'what is not ours stays');
    });
  });

  it('does not touch, count or replace other files', () => {
    withFolder((folder) => {
      const cache = new FactorCache(folder, 1);
      const elsewhere = join(folder, 'elsewhere');
      cache.set(keyOf('linked'), factorOf(20));
      assert.equal(cache.info().files, 0, 'beyond its limit everything of its own goes');
      const roomy = new FactorCache(folder);
      roomy.set(keyOf('linked'), factorOf(20));
      const name = readdirSync(folder)[0]!;
      const bytes = readFileSync(join(folder, name));
      renameSync(join(folder, name), elsewhere);

      const own = `${keyOf('a')}.covariance`;
      const others: Readonly<Record<string, string | Buffer>> = {
        'data.covariance.npy': 'mine',
        'data.covariance': bytes,
        'a.covariance.123': bytes,
        [`${own}.npy`]: bytes,
        [`${own}.123.bak`]: bytes,
        [`copy of ${own}`]: bytes,
        [own]: 'mine, with your name',
        [`${keyOf('b')}.covariance.77`]: 'mine too',
      };
      for (const [file, content] of Object.entries(others)) writeFileSync(join(folder, file), content);
      const deep = join(folder, `${keyOf('deep')}.covariance`);
      mkdirSync(deep);
      writeFileSync(join(deep, 'mine'), 'mine');
      symlinkSync(elsewhere, join(folder, name));
      symlinkSync(deep, join(folder, `${keyOf('link to a folder')}.covariance`));
      symlinkSync(join(folder, 'nowhere'), join(folder, `${keyOf('nowhere')}.covariance`));
      execFileSync('mkfifo', [join(folder, `${keyOf('pipe')}.covariance`)]);
      const before = readdirSync(folder).sort();

      for (const what of ['a', 'deep', 'linked', 'nowhere', 'pipe', 'link to a folder']) {
        assert.equal(cache.get(keyOf(what)), undefined, what);
        cache.set(keyOf(what), factorOf(20));
      }
      assert.deepEqual(cache.info(), { folder, files: 0, bytes: 0, limit: 1 });
      assert.deepEqual(cache.clear(), { folder, files: 0, bytes: 0, limit: 1, left: 0 });
      assert.deepEqual(readdirSync(folder).sort(), before);
      for (const [file, content] of Object.entries(others))
        assert.ok(readFileSync(join(folder, file)).equals(Buffer.from(content)), file);
      assert.ok(readFileSync(elsewhere).equals(bytes));
      assert.equal(readFileSync(join(deep, 'mine'), 'utf8'), 'mine');
    });
  });

  it('removes files of killed writers, and older formats', () => {
    withFolder((folder) => {
      const cache = new FactorCache(folder);
      cache.set(keyOf('a'), factorOf(20));
      const bytes = readFileSync(onlyFile(folder));
      const left = [Buffer.alloc(0), bytes.subarray(0, 10), bytes.subarray(0, 500)];
      left.forEach((part, i) => {
        writeFileSync(join(folder, `${keyOf('b')}.covariance.${i}`), part);
      });
      const old = Buffer.from('Concept Probe covariance 1\nwhatever');
      writeFileSync(join(folder, `${keyOf('c')}.covariance`), old);
      const total = [bytes, old, ...left].reduce((sum, part) => sum + part.length, 0);
      assert.deepEqual(cache.clear(), { folder, files: 5, bytes: total, limit: 2 ** 30, left: 0 });
      assert.deepEqual(readdirSync(folder), []);
    });
  });

  it('does no harm if its folder cannot be created', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'file'), '');
      for (const place of [join(folder, 'file'), join(folder, 'file', 'below')]) {
        const cache = new FactorCache(place);
        cache.set(keyOf('a'), factorOf(3));
        assert.equal(cache.get(keyOf('a')), undefined);
        assert.deepEqual([cache.info().files, cache.clear().files], [0, 0]);
      }
    });
  });

  it('does no harm if something else is in its place', () => {
    withFolder((folder) => {
      const cache = new FactorCache(folder);
      cache.set(keyOf('a'), factorOf(3));
      const name = readdirSync(folder)[0]!;
      cache.clear();
      mkdirSync(join(folder, name));
      assert.equal(cache.get(keyOf('a')), undefined);
      cache.set(keyOf('a'), factorOf(3));
      cache.clear();
    });
  });
});

describe('the fingerprint of a head', () => {
  const fingerprint = (folder: string): string => {
    const model = new Model(folder);
    const result = headFingerprint(model.unembedding, everyRow(model.unembedding.head.vocabSize));
    model.close();
    return result;
  };
  const onnxOf = (folder: string): string => join(folder, 'onnx', 'model.onnx');

  it('is stable while nothing changes, and is valid as a file name', () => {
    withFolder((folder) => {
      writeSmallModel(folder, someHead(50, 8));
      assert.equal(fingerprint(folder), fingerprint(folder));
      assert.match(fingerprint(folder), /^[0-9a-f]{64}$/u);
    });
  });

  it('changes with a byte of the weights, and with the file’s time, size and path', () => {
    withFolder((folder) => {
      const [one, other] = [join(folder, 'one'), join(folder, 'other')];
      const head = someHead(50, 8);
      const time = new Date(1e12);
      const written = (place: string, rows: SmallRows): string => {
        writeSmallModel(place, { ...head, rows });
        utimesSync(onnxOf(place), time, time);
        return fingerprint(place);
      };
      type SmallRows = typeof head.rows;
      const first = written(one, head.rows);
      assert.notEqual(written(one, Array.from(head.rows).with(123, 5)), first);
      assert.equal(written(one, head.rows), first);
      utimesSync(onnxOf(one), time, new Date(1e12 + 1000));
      assert.notEqual(fingerprint(one), first);
      assert.equal(written(one, head.rows), first);
      writeFileSync(onnxOf(one), Buffer.concat([readFileSync(onnxOf(one)), Buffer.of(0x3a, 0)]));
      utimesSync(onnxOf(one), time, time);
      assert.notEqual(fingerprint(one), first);
      assert.notEqual(written(other, head.rows), first);
    });
  });

  it('distinguishes the layouts of the same bytes', () => {
    withFolder((folder) => {
      const rows = Array.from({ length: 64 }, () => 1);
      const found = (['[vocab, hidden]', '[hidden, vocab]'] as const).map((layout) => {
        writeSmallModel(folder, { vocab: 8, hidden: 8, rows }, { layout, type: 'float32' });
        return fingerprint(folder);
      });
      assert.notEqual(found[0], found[1]);
    });
  });
});
