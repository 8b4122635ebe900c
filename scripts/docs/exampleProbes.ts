import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildModel } from '../buildModel';
import { writePrecisions } from '../precisions';
import type { Concept } from '../../src/concepts/concept';
import { categoriesOf } from '../../src/concepts/categoryLists';
import { contextPairsOf, contextSetsOf } from '../../src/concepts/contextLists';
import { parseConceptFile } from '../../src/concepts/conceptFile';
import { defaultTokenRule } from '../../src/concepts/tokenRule';
import { createEngineMethods, type EngineMethods } from '../../src/engine/engineMethods';
import type { Matrix } from '../../src/geometry/matrix';
import { categoryDraws } from '../../src/protocol/categoriesResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import {
  defaultProbeSettings,
  keptPairs,
  type ConceptResult,
  type ProbeResult,
  type ProbeSettings,
} from '../../src/protocol/probeResult';

const root = join(__dirname, '..', '..');
const quietly = (): void => undefined;

/** Runs the engine on the files that the docs mention. Each method corresponds to a command in the docs. */
export class ExampleProbes {
  private constructor(
    private readonly methods: EngineMethods,
    readonly concepts: readonly Concept[],
  ) {}

  static async open(): Promise<ExampleProbes> {
    const model = await buildModel(quietly);
    return new ExampleProbes(createEngineMethods(join(model, '..')), conceptsOf('examples/royalty'));
  }

  /** `probe FILE [options]` */
  async probe({
    concepts = this.concepts,
    seed = 0,
    settings = {},
    model = null,
  }: {
    readonly concepts?: readonly Concept[];
    readonly seed?: number;
    readonly settings?: Partial<ProbeSettings>;
    /** Relative to the project; `null` for the built-in model. */
    readonly model?: string | null;
  } = {}): Promise<Example> {
    const request = {
      model: model === null ? null : join(root, model),
      concepts,
      seed,
      tokens: defaultTokenRule,
      settings: { ...defaultProbeSettings, ...settings },
    };
    return new Example(await this.methods.probe(request, quietly));
  }

  /** `categories examples/categories/kinds.tsv` */
  categories() {
    const path = 'examples/categories/kinds.tsv';
    return this.methods.categories(
      {
        ...{ model: null, tokens: defaultTokenRule, seed: 0 },
        categories: categoriesOf({ path, text: readFileSync(join(root, path), 'utf8') }).sets,
        settings: { ridge: null, allRows: false, permutations: categoryDraws },
      },
      quietly,
    );
  }

  /** `probe FILE --compare MODEL` */
  compare(other: string) {
    return this.methods.compare(
      {
        ...{ model: null, other: join(root, other), concepts: this.concepts, seed: 0 },
        tokens: defaultTokenRule,
        settings: defaultProbeSettings,
      },
      quietly,
    );
  }

  /** `probe FILE --compare MODEL MODEL …`, with the built-in model in bfloat16 and int8 before the others */
  async compareMany(...others: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-precisions-'));
    try {
      const precisions = await writePrecisions(folder);
      const models = [null, ...precisions, ...others.map((other) => join(root, other))];
      const settings = defaultProbeSettings;
      return await this.methods.compareMany(
        { models, concepts: this.concepts, seed: 0, tokens: defaultTokenRule, settings },
        quietly,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** `vocabulary … --concept X [--against Y]` */
  vocabulary(product: InnerProduct, x: string, y: string | null = null) {
    return this.methods.vocabulary({ ...this.#axis(product, 3), x, y }, quietly);
  }

  /** `neighbours … --concept C --base WORD` */
  neighbours(product: InnerProduct, concept: string, base: string) {
    return this.methods.neighbours({ ...this.#axis(product, 6), concept, base }, quietly);
  }

  /** `find-pairs … --concept C` */
  findPairs(concept: string, count: number) {
    return this.methods.findPairs({ ...this.#axis('causal', count), concept }, quietly);
  }

  /** `measure … --texts examples/contexts/girls-boys.tsv` */
  measure() {
    const { sets } = contextSetsOf(exampleText('girls-boys.tsv'));
    return this.methods.measure({ ...this.#axis('causal', 0), sets }, quietly);
  }

  /** `align … --contexts examples/contexts/pairs.tsv [--product P]` */
  align(product: InnerProduct) {
    const { sets } = contextPairsOf(exampleText('pairs.tsv'));
    const { settings, ...axis } = this.#axis(product, 0);
    const { randomPairs, permutations, bootstrap } = defaultProbeSettings;
    const all = { ...settings, randomPairs, permutations, bootstrap };
    return this.methods.align({ ...axis, settings: all, sets }, quietly);
  }

  /** `intervene … --concept C --text TEXT` */
  intervene(concept: string, text: string) {
    return this.methods.steer({ ...this.#axis('causal', 0), concept, text }, quietly);
  }

  /** Number of rows of the built-in model within `distance` of a word's row. */
  rowsNear(word: string, distance: number): number {
    const [cut] = this.methods.tokens({ model: null, words: [word], leadingSpace: true }, quietly);
    const { vocabSize } = this.methods.details({ model: null }, quietly);
    const rows = this.methods.rows({ model: null, ids: [...Array(vocabSize ?? 0).keys()] }, quietly);
    const at = (i: number): Float32Array =>
      Float32Array.from(rows.data.subarray(i * rows.columns, (i + 1) * rows.columns));
    const own = at(cut!.ids[0]!);
    let near = 0;
    for (let i = 0; i < rows.rows; i++) {
      if (Math.hypot(...at(i).map((value, j) => value - own[j]!)) < distance) near++;
    }
    return near;
  }

  #axis(product: InnerProduct, count: number) {
    const settings = { direction: defaultProbeSettings.direction, ridge: null, allRows: false };
    return {
      model: null,
      concepts: this.concepts,
      tokens: defaultTokenRule,
      seed: 0,
      settings,
      product,
      count,
    };
  }
}

function exampleText(name: string) {
  const path = join(root, 'examples', 'contexts', name);
  return { path, text: readFileSync(path, 'utf8') };
}

/** The concepts of a `*.concepts.json` in the project. */
export function conceptsOf(name: string): readonly Concept[] {
  const parsed = parseConceptFile(readFileSync(join(root, `${name}.concepts.json`), 'utf8'));
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.file.concepts;
}

/** A result, with access by the names that the docs use. */
export class Example {
  constructor(readonly result: ProbeResult) {}

  concept(name: string): ConceptResult {
    const found = this.result.concepts.find((concept) => concept.name === name);
    if (!found) throw new Error(`The example has no concept ${name}.`);
    return found;
  }

  geometry(product: InnerProduct, name: string) {
    const geometry = this.concept(name)[product];
    if (!geometry) throw new Error(`${name} has no geometry in the ${product} product.`);
    return geometry;
  }

  /** Position of a pair, such as "king → queen", among the concept's kept pairs. */
  place(name: string, pair: string): number {
    const place = keptPairs(this.concept(name)).findIndex(
      ({ base, target }) => `${base} → ${target}` === pair,
    );
    if (place < 0) throw new Error(`${name} does not keep ${pair}.`);
    return place;
  }

  pairLeaveOneOut(product: InnerProduct, name: string, pair: string): number {
    return this.geometry(product, name).leaveOneOut.cosines[this.place(name, pair)]!;
  }

  /** A cell of the concept's pair × pair map. */
  pairs(product: InnerProduct, name: string, first: string, second: string): number {
    const { pairwise } = this.geometry(product, name);
    return cell(pairwise, this.place(name, first), this.place(name, second));
  }

  directions(product: InnerProduct) {
    const directions = this.result.directions[product];
    if (!directions?.chance || !directions.offDiagonal) throw new Error('The example has no directions.');
    const { chance, offDiagonal } = directions;
    return { ...directions, chance, offDiagonal };
  }

  /** A cell of one of the maps of directions. */
  across(
    product: InnerProduct,
    map: 'cosine' | 'differenceCosine' | 'q' | 'quantile95',
    a: string,
    b: string,
  ) {
    const { concepts, chance, ...maps } = this.directions(product);
    const source = map === 'q' || map === 'quantile95' ? chance[map] : maps[map];
    return cell(source, concepts.indexOf(a), concepts.indexOf(b));
  }
}

export function cell({ data, columns }: Matrix, i: number, j: number): number {
  return data[i * columns + j]!;
}
