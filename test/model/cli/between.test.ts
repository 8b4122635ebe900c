import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printed, refused, smallWorld } from '../support/cli';
import { withFolder } from '../support/fixtures';
import { someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

const { model, file } = smallWorld(someHead(300, 20), someConcepts(300, [6, 5], 7));
const args = ['between', file, '--model', model, '--concept', 'concept 0', '--against', 'concept 1'];

interface Between {
  readonly a: { readonly pairs: readonly object[] };
  readonly products: readonly { product: string; mean: number; cosine: number[][] }[];
}

describe('concept-probe between', () => {
  it('has a mean that probe gives for the two concepts, in both inner products, in every format', () => {
    withFolder((folder) => {
      const [npy, csv] = [join(folder, 'cosines.npy'), join(folder, 'cosines.csv')];
      const { a, products } = JSON.parse(printed(...args, '--json', '--npy', npy, '--csv', csv)) as Between;
      const probed = JSON.parse(
        printed('probe', file, '--model', model, '--json', '--random-pairs', '0'),
      ) as {
        directions: Record<string, { differenceCosine: number[][] }>;
      };
      assert.deepEqual(
        products.map(({ product }) => product),
        ['euclidean', 'causal'],
      );
      assert.equal(a.pairs.length, 6);
      for (const { product, mean, cosine } of products) {
        assert.deepEqual([cosine.length, cosine[0]!.length], [6, 5]);
        const all = cosine.flat();
        assert.ok(Math.abs(all.reduce((sum, value) => sum + value, 0) / 30 - mean) < 1e-6);
        assert.ok(Math.abs(probed.directions[product]!.differenceCosine[0]![1]! - mean) < 1e-6);
      }
      const bytes = readFileSync(npy);
      const data = Array.from({ length: 30 }, (_, i) => bytes.readDoubleLE(bytes.length - 8 * (30 - i)));
      assert.deepEqual(data, products[1]!.cosine.flat());
      const lines = readFileSync(csv, 'utf8').trim().split(/\r?\n/u);
      assert.equal(lines.length, 31);
      assert.match(lines[0]!, /concept 0,concept 1,"?cosine, euclidean"?,"?cosine, causal"?/u);
    });
    assert.match(
      printed(...args, '--product', 'causal'),
      /^Cosines between the pairs of concept 0 \(rows, n/u,
    );
  });

  it('names a concept that does not exist', () => {
    refused(
      1,
      /There is no concept “concept 7”; there are concept 0, concept 1/u,
      ...args.slice(0, -1),
      'concept 7',
    );
  });
});
