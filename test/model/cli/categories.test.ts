import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../../support/places';
import { refused, run } from '../support/cli';
import { withFolder } from '../support/fixtures';

interface Document {
  readonly product: string;
  readonly tokens: { readonly policy: string };
  readonly categories: readonly {
    readonly name: string;
    readonly kept: number;
    readonly toParent: { readonly cosine: number } | null;
  }[];
  readonly cosine: readonly (readonly (number | null)[])[];
}

const kinds = inRoot('examples', 'categories', 'kinds.tsv');

describe('concept-probe categories', () => {
  it('prints tables, and writes the same numbers as JSON, CSV and NPY', () => {
    withFolder((folder) => {
      const [table, npy] = [join(folder, 'a.csv'), join(folder, 'a.npy')];
      const { status, out } = run('categories', kinds, '--csv', table, '--npy', npy, '--permutations', '9');
      assert.equal(status, 0);
      assert.match(out, /^Vectors of categories, causal inner product\n {2}Category +Words +Norm/u);
      assert.match(out, /\n {2}person → relative +\S+ +\S+ … \S+ +\.\d{3} +\S+\n/u);
      assert.match(out, /\n {2}\(none\) +9 +\d+\.\d\d … \d+\.\d\d +\d+ %\n/u);
      const json = run('categories', kinds, '--json', '--permutations', '9');
      const { product, categories, cosine } = JSON.parse(json.out) as Document;
      assert.equal(product, 'causal');
      const lines = readFileSync(table, 'utf8').trimEnd().split('\n');
      assert.equal(lines.length, categories.length + 1);
      categories.forEach(({ name, kept, toParent }, i) => {
        const cells = lines[i + 1]!.split(',');
        assert.deepEqual([cells[0], cells[3]], [name, String(kept)]);
        assert.equal(cells[12], toParent === null ? '' : String(toParent.cosine));
      });
      const numbers = readFileSync(npy).subarray(-8 * categories.length ** 2);
      assert.equal(numbers.readDoubleLE(8), cosine[0]![1]);
    });
  });

  it('reads concept files with their token rule, and says what it cannot use', () => {
    withFolder((folder) => {
      const file = join(folder, 'a.concepts.json');
      const text = '{ "version": 4, "tokens": { "policy": "mean" }, "concepts": [], "categories": [LIST] }';
      const pets = '{ "name": "pet", "words": ["dog", "cat", "hamster", "goldfish"] }';
      writeFileSync(file, text.replace('LIST', pets));
      const { tokens, categories } = JSON.parse(run('categories', file, '--json').out) as Document;
      assert.deepEqual([tokens.policy, categories[0]!.kept], ['mean', 4]);
      const single = run('categories', file, '--tokens', 'single').out;
      assert.match(single, /pet: 2 words of several tokens \(hamster, goldfish\)/u);
      assert.match(single, /pet: no vector from 2 words; at least three are needed/u);
      writeFileSync(file, text.replace('LIST', pets.replace('"words"', '"parent": "beast", "words"')));
      refused(
        1,
        /a\.concepts\.json:1:\d+: the parent “beast” of the category “pet” is no category/u,
        'categories',
        file,
      );
      writeFileSync(file, text.replace('LIST', ''));
      refused(1, /a\.concepts\.json contains no categories; add some/u, 'categories', file);
      refused(1, /does not exist|cannot be read|no such file/u, 'categories', join(folder, 'none.tsv'));
    });
  });
});
