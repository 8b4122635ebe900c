import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { categoriesOf } from '../../../src/concepts/categoryLists';
import { withInheritedWords, type Category } from '../../../src/concepts/categories';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { createEngineMethods, type EngineMethods } from '../../../src/engine/engineMethods';
import { row } from '../../../src/geometry/matrix';
import type { CategoriesResult } from '../../../src/protocol/categoriesResult';
import { inRoot } from '../../support/places';
import { near, plainCategoryVector, plainCosine, plainDot } from '../../unit/support/plainMath';
import { plainModel, type PlainModel } from '../support/plainModel';

const silent = (): undefined => undefined;
const path = inRoot('examples', 'categories', 'kinds.tsv');
const kinds = categoriesOf({ path, text: readFileSync(path, 'utf8') }).sets;

describe('categories of the built-in model', () => {
  let model: PlainModel;
  let methods: EngineMethods;
  let result: CategoriesResult;
  /** Rows of a category's words in coordinates in which the causal product is the dot product: those of Cholesky's L. */
  let whitened: (name: string) => number[][];
  const request = (categories: readonly Category[], seed = 0, permutations = 20) => ({
    ...{ model: model.folder, categories, tokens: defaultTokenRule, seed },
    settings: { ridge: null, allRows: false, permutations },
  });
  const of = (name: string) => result.categories.find((category) => category.name === name)!;

  before(async function () {
    model = await plainModel('stories15M');
    methods = createEngineMethods('no built-in models here');
    result = await methods.categories(request(kinds), silent);
    const factor = plainCholesky(model.covariance);
    whitened = (name) => {
      const words = of(name).words.filter(({ status }) => status === 'kept');
      const cuts = methods.tokens(
        { model: model.folder, words: words.map(({ word }) => word), leadingSpace: true },
        silent,
      );
      return cuts.map(({ ids }) => {
        const { hidden, rows, mean } = model;
        const centred = Array.from(mean, (value, j) => rows[ids[0]! * hidden + j]! - value);
        return plainForward(factor, centred);
      });
    };
  });

  it('have the vectors, shrinkage and cosines that plain loops give', () => {
    const names = ['person', 'relative', 'mammal', 'animal'];
    const plain = new Map(names.map((name) => [name, plainCategoryVector(whitened(name))]));
    for (const name of names) {
      const { vector, shrinkage } = plain.get(name)!;
      near(of(name).norm!, Math.sqrt(plainDot(vector, vector)), 2e-4);
      near(of(name).shrinkage!, shrinkage, 2e-4);
    }
    for (const [child, parent] of [
      ['relative', 'person'],
      ['mammal', 'animal'],
    ] as const) {
      const [own, above] = [plain.get(child)!.vector, plain.get(parent)!.vector];
      const difference = own.map((value, j) => value - above[j]!);
      near(of(child).toParent!.cosine, plainCosine(difference, above), 1e-3);
    }
    const place = (name: string): number => kinds.findIndex((category) => category.name === name);
    near(
      row(result.cosine, place('person'))[place('mammal')]!,
      plainCosine(plain.get('person')!.vector, plain.get('mammal')!.vector),
      1e-3,
    );
  });

  it('hold words out one by one in a small category', () => {
    const rows = whitened('bird');
    const { heldOut, kept } = of('bird');
    assert.equal(rows.length, kept);
    assert.ok(kept > 3 && kept <= 10);
    rows.forEach((own, i) => {
      const { vector } = plainCategoryVector(rows.filter((_, j) => j !== i));
      near(heldOut!.words[i]!, plainDot(own, vector) / plainDot(vector, vector), 2e-3);
    });
    const { words, others, separation } = heldOut!;
    let wins = 0;
    for (const word of words) for (const other of others) wins += word > other ? 1 : word === other ? 0.5 : 0;
    near(separation.auc.value, wins / words.length / others.length, 1e-12);
    assert.equal(others.length, result.randomTokens);
  });

  it('are compared with other parents, and with random tokens from a seed', async () => {
    const { toParent } = of('mammal');
    const kin = new Set(['animal', 'mammal']);
    const vectors = new Map(
      kinds.flatMap(({ name }) =>
        kin.has(name) || of(name).norm === null ? [] : [[name, plainCategoryVector(whitened(name)).vector]],
      ),
    );
    const own = plainCategoryVector(whitened('mammal')).vector;
    const cosines = [...vectors.values()].map((other) =>
      plainCosine(
        own.map((value, j) => value - other[j]!),
        other,
      ),
    );
    near(toParent!.otherParents!, cosines.reduce((sum, value) => sum + value, 0) / cosines.length, 1e-3);
    const again = await methods.categories(request(kinds), silent);
    assert.deepEqual(again, result);
    const other = await methods.categories(request(kinds, 1), silent);
    assert.notDeepEqual(other.categories[1]!.toParent!.chance, of('relative').toParent!.chance);
    near(other.categories[1]!.norm!, of('relative').norm!, 1e-12);
  });

  it('have siblings as simplices, with all their words', () => {
    const { simplices } = result;
    assert.deepEqual(
      simplices.map(({ parent, names }) => [parent, names.length]),
      [
        [null, kinds.filter(({ parent }) => parent === undefined).length],
        ['person', 3],
        ['place', 2],
        ['animal', 2],
      ],
    );
    const people = simplices[1]!;
    assert.equal(people.words.rows, people.wordsOf.flat().length);
    const [a, b] = ['relative', 'occupation'].map((name) => plainCategoryVector(whitened(name)).vector);
    near(people.edges[0]!, Math.sqrt(a!.reduce((sum, value, j) => sum + (value - b![j]!) ** 2, 0)), 1e-3);
  });

  it('say which words do not count, and refuse what cannot be compared', async () => {
    const own = await methods.categories(
      request([{ name: 'mixed', words: ['dog', 'hippopotamus', 'dog', 'cat'] }], 0, 0),
      silent,
    );
    const [mixed] = own.categories;
    assert.deepEqual(
      mixed!.words.map(({ status }) => status),
      ['kept', 'several-tokens', 'kept'],
    );
    assert.deepEqual([mixed!.norm, mixed!.heldOut, mixed!.toParent], [null, null, null]);
    await assert.rejects(
      methods.categories(request([]), silent),
      /^UserError: There are no categories; add some to the concept file\.$/u,
    );
    await assert.rejects(
      methods.categories(request([{ name: 'a', words: ['hippopotamus'] }]), silent),
      /^UserError: No word of the categories counts under the token rule; choose another rule\.$/u,
    );
    assert.deepEqual(
      withInheritedWords(kinds)[0]!.words.length,
      of('person').words.length,
      'words of subcategories count for their parents',
    );
  });
});

function plainCholesky(covariance: readonly Float64Array[]): number[][] {
  const factor: number[][] = [];
  covariance.forEach((values, i) => {
    const line: number[] = [];
    factor.push(line);
    for (let j = 0; j <= i; j++) {
      let sum = values[j]!;
      for (let k = 0; k < j; k++) sum -= line[k]! * factor[j]![k]!;
      line.push(i === j ? Math.sqrt(sum) : sum / factor[j]![j]!);
    }
  });
  return factor;
}

/** L⁻¹x. */
function plainForward(factor: readonly (readonly number[])[], x: readonly number[]): number[] {
  const result: number[] = [];
  factor.forEach((line, i) => {
    const sum = result.reduce((total, value, k) => total - line[k]! * value, x[i]!);
    result.push(sum / line[i]!);
  });
  return result;
}
