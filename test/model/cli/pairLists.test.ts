import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConceptFile } from '../../../src/concepts/conceptFile';
import { refused, run } from '../support/cli';
import { withFolder } from '../support/fixtures';
import { inRoot } from '../../support/places';

const field = inRoot('..', 'shared', 'fixtures', 'field');
const quick = ['--permutations', '0', '--bootstrap', '0', '--random-pairs', '0', '--json'];

interface Document {
  readonly tokens: unknown;
  readonly concepts: readonly {
    readonly name: string;
    readonly given: number;
    readonly kept: number;
    readonly pairs: readonly { readonly base: string; readonly target: string; readonly reason?: string }[];
    readonly causal: { readonly leaveOneOut: { readonly mean: number | null } };
  }[];
}

function probed(...args: readonly string[]): { document: Document; error: string } {
  const { status, out, error } = run('probe', ...args, ...quick);
  assert.equal(status, 0, error);
  return { document: JSON.parse(out) as Document, error };
}

/** "6/6 .534": pairs kept and given, and the causal leave-one-out mean. */
function figures(...args: readonly string[]): string {
  const [concept] = probed(...args).document.concepts;
  const { kept, given, causal } = concept!;
  return `${kept}/${given} ${causal.leaveOneOut.mean?.toFixed(3).slice(1) ?? '–'}`;
}

describe('concept-probe on published lists', () => {
  const cases: [string, string][] = [
    ['alternatives/E10.txt', '6/6 .534'],
    ['alternatives/first-answers.txt', '6/6 .534'],
    ['csv-shapes/header.csv', '5/5 .517'],
    ['csv-shapes/no-header.csv', '5/5 .517'],
    ['csv-shapes/three-columns.csv', '5/5 .517'],
    ['encodings/utf16.txt', '5/5 .517'],
    ['json-pairs/list-of-pairs.json', '6/6 .557'],
    ['json-pairs/list-of-pairs-in-a-txt.txt', '6/6 .557'],
    ['json-pairs/a-pair-a-line.txt', '6/6 .557'],
    ['json-pairs/the-same-plain.txt', '6/6 .557'],
  ];
  for (const [file, expected] of cases) {
    it(`reads ${file} as intended`, () => {
      assert.equal(figures(join(field, file)), expected);
    });
  }

  it('gives the same under other token rules', () => {
    const both = ['alternatives/E10.txt', 'alternatives/first-answers.txt'].map((file) => join(field, file));
    for (const policy of ['mean', 'last'])
      assert.equal(figures(both[0]!, '--tokens', policy), figures(both[1]!, '--tokens', policy));
    const json = ['json-pairs/a-pair-a-line.txt', 'json-pairs/the-same-plain.txt'];
    assert.deepEqual(
      json.map((file) => figures(join(field, file), '--tokens', 'mean')),
      ['6/6 .557', '6/6 .557'],
    );
  });

  it('notes which answers were used, and the content of a header', () => {
    assert.equal(
      probed(join(field, 'alternatives', 'E10.txt')).error,
      'concept-probe: E10: took the first counted of several answers: man → woman of woman/lady, boy → girl of girl/lass, father → mother of mother/mum.\n',
    );
    assert.match(
      probed(join(field, 'csv-shapes', 'header.csv')).error,
      /the first line \(male, female\) contains the column names/u,
    );
  });

  it('tokenizes words without a space on request, and suggests it', () => {
    const file = join(field, 'no-space-languages', 'zh.txt');
    const { out } = run('probe', file, '--product', 'euclidean', '--permutations', '0');
    assert.match(out, /zh +0\/4/u);
    assert.match(
      out,
      /A first token ▁ is the space before a word; --no-leading-space tokenizes words without it/u,
    );
    assert.match(out, /No pair of any concept counts; try --no-leading-space\./u);
    assert.doesNotMatch(out, /--tokens mean/u);
    const { document } = probed(file, '--no-leading-space');
    assert.deepEqual(document.tokens, { policy: 'single', leadingSpace: false });
    assert.deepEqual([document.concepts[0]!.kept, document.concepts[0]!.given], [2, 4]);
    assert.equal(
      figures(file, '--no-leading-space'),
      figures(join(field, 'no-space-languages', 'zh.concepts.json')),
    );
  });

  it('rejects text that is not UTF-8, in one sentence', () => {
    withFolder((folder) => {
      const file = join(folder, 'windows-1252.csv');
      writeFileSync(file, Buffer.from('père,mère\nroi,reine\n', 'latin1'));
      refused(
        1,
        /windows-1252\.csv is not valid UTF-8; save it as UTF-8/u,
        'probe',
        file,
        '--tokens',
        'mean',
      );
      writeFileSync(file, 'a,b,c\n');
      refused(1, /contains no pairs: 3 words instead of two \(line 1\)/u, 'probe', file);
    });
  });

  it('uses the named columns', () => {
    withFolder((folder) => {
      const file = join(field, 'csv-shapes', 'three-columns.csv');
      const { document } = probed(file, '--columns', 'female,male');
      assert.deepEqual(
        [document.concepts[0]!.pairs[0]!.base, document.concepts[0]!.pairs[0]!.target],
        ['queen', 'king'],
      );
      refused(2, /--columns needs two names or numbers/u, 'probe', file, '--columns', 'male');
      refused(1, /there is no column “wife”/u, 'probe', file, '--columns', 'male,wife');
      const { document: all } = probed(join(field, 'csv-shapes', 'header.csv'), '--no-header');
      assert.equal(all.concepts[0]!.given, 6);
      assert.ok(!existsSync(join(folder, 'anything')));
    });
  });

  it('says so if other capitalizations are one token', () => {
    withFolder((folder) => {
      const file = join(folder, 'a.csv');
      writeFileSync(file, 'france,paris\nking,queen\n');
      const { out } = run('probe', file, '--product', 'euclidean');
      assert.match(
        out,
        /france is 2 tokens \(▁fran \+ ce\), but France is one; paris is 2 tokens \(▁par \+ is\), but Paris is one/u,
      );
    });
  });
});

describe('concept-probe import', () => {
  const words = ['king\tqueen', 'man\twoman/lady', 'boy\tgirl'].join('\n');

  it('shows what would be imported and writes nothing', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'E10 [male - female].txt'), `${words}\nlonely\n`);
      const { status, out, error } = run('import', folder);
      assert.deepEqual([status, error], [0, '']);
      assert.match(out, /E10 male - female +3 +king → queen, man → woman, boy → girl/u);
      assert.match(out, /\[male - female\]\.txt:4: skipped: no second word/u);
      assert.match(out, /took the first counted of several answers: man → woman of woman\/lady/u);
      assert.match(
        out,
        /1 concept, 3 pairs; tokens: words of a single token, after a space\nNothing was written; use --save/u,
      );
    });
  });

  it('imports categories from tab files, and keeps those of concept files', () => {
    withFolder((folder) => {
      const list = join(folder, 'animals.tsv');
      writeFileSync(list, 'mammal\tdog\tanimal\nmammal\tcat\nbird\tduck\tanimal\nno tab\n');
      const file = join(folder, 'animals.concepts.json');
      const { status, out } = run('import', '--categories', list, '--save', file);
      assert.equal(status, 0);
      assert.match(out, /mammal +animal +2 +dog, cat\n/u);
      assert.match(out, /animals\.tsv: skipped a line; line 4 has no tab\.\n\n3 categories, 3 words/u);
      const saved = parseConceptFile(readFileSync(file, 'utf8'));
      assert.ok(saved.ok);
      const { categories } = saved.file;
      assert.deepEqual(
        categories?.map(({ name }) => name),
        ['mammal', 'animal', 'bird'],
      );
      const pairs = join(folder, 'pairs.txt');
      writeFileSync(pairs, words);
      const both = join(folder, 'both.concepts.json');
      assert.equal(run('import', pairs, file, '--save', both).status, 0);
      const again = parseConceptFile(readFileSync(both, 'utf8'));
      assert.ok(again.ok);
      assert.deepEqual(again.file.categories, categories);
      assert.equal(again.file.concepts.length, 1);
    });
  });

  it('imports the 27 files of P and the 40 of BATS with their folders in one step', () => {
    withFolder((folder) => {
      const kinds = ['1_Inflectional', '2_Derivational', '3_Encyclopedic', '4_Lexicographic'];
      for (let i = 0; i < 40; i++) {
        const place = join(folder, kinds[i % 4]!);
        mkdirSync(place, { recursive: true });
        writeFileSync(join(place, `X${i} [thing - part${i}].txt`), `${words}\nson\tdaughter\n`);
      }
      writeFileSync(join(folder, 'metadata.json'), '{"cite": {"year": 2016}}');
      const file = join(folder, 'bats.concepts.json');
      const { status, out } = run('import', folder, '--save', file, '--no-leading-space');
      assert.equal(status, 0);
      assert.match(out, /40 concepts, 160 pairs/u);
      assert.match(out, /metadata\.json contains no pairs/u);
      const saved = parseConceptFile(readFileSync(file, 'utf8'));
      assert.ok(saved.ok);
      assert.equal(saved.file.concepts.length, 40);
      assert.deepEqual(saved.file.tokens, { policy: 'single', leadingSpace: false });
      refused(1, /bats\.concepts\.json already exists/u, 'import', join(folder, kinds[0]!), '--save', file);
    });
  });

  it('rejects a broken concept file in a folder, and does not overwrite a list with a result', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'a.txt'), words);
      const list = join(folder, 'list.json');
      writeFileSync(list, '[["king", "queen"]]');
      refused(
        2,
        /--json would overwrite .*list\.json, which Concept Probe did not write/u,
        'probe',
        join(folder, 'a.txt'),
        '--json',
        list,
      );
      assert.equal(readFileSync(list, 'utf8'), '[["king", "queen"]]');
      writeFileSync(join(folder, 'b.concepts.json'), '{');
      refused(1, /b\.concepts\.json:1:2: /u, 'import', folder);
    });
  });

  it('needs something to read and a name for a concept file', () => {
    refused(2, /import needs a list of pairs/u, 'import');
    refused(2, /--save needs a name that ends in \.concepts\.json/u, 'import', 'a.txt', '--save', 'a.json');
  });
});
