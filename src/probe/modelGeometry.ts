import { t } from '@vscode/l10n';
import type { Algebra } from '../model/algebra/algebra';
import { cacheFolder } from '../model/algebra/cacheFolder';
import { makeCausalFactor, type CausalFactor } from '../model/algebra/causalFactor';
import { headFingerprint } from '../model/algebra/headFingerprint';
import { FactorCache } from '../model/algebra/factorCache';
import type { RowSet } from '../model/head/rowSet';
import type { Unembedding } from '../model/head/unembedding';
import { formatCount } from '../format/numbers';
import type { CovarianceSummary, InnerProduct } from '../protocol/geometryResult';
import type { ReportProgress } from '../protocol/progress';
import { drawSample, makeBaseline, type Baseline, type RandomSample } from './geometry/baseline';
import { ProductMemory } from './geometry/productMemory';
import { tokenNorms, type TokenNorms } from './vocabulary/tokenNorms';
import { causalRows, euclideanRows, type RowSource } from './rowSource';

interface Causal {
  readonly ridge: number | null;
  readonly factor: CausalFactor;
  readonly cached: boolean;
  readonly rows: RowSource;
}

/**
 * What the geometry of one open model needs repeatedly: its rows in both inner products, and random pairs. Cov(γ), random
 * pairs and the vocabulary use the rows that count.
 */
export class ModelGeometry {
  readonly #euclidean: RowSource;
  #causal: Causal | undefined;
  readonly #memories = new WeakMap<RowSource, ProductMemory>();
  readonly #norms = new WeakMap<RowSource, Promise<TokenNorms>>();
  /** Only one seed at a time, because samples are large. */
  readonly #baselines = new WeakMap<RowSource, { readonly key: string; readonly made: Promise<Baseline> }>();
  #sample: { readonly key: string; readonly drawn: RandomSample } | undefined;
  #rows: RowSet | undefined;

  /** @param findRows called once, when first needed: by then the words have been tokenized and their tokens are known */
  constructor(
    readonly unembedding: Unembedding,
    readonly algebra: Algebra,
    private readonly findRows: () => RowSet,
  ) {
    this.#euclidean = euclideanRows(unembedding);
  }

  /** The rows that count. @throws ModelError if the tokenizer cannot be read */
  get rows(): RowSet {
    this.#rows ??= this.findRows();
    return this.#rows;
  }

  /** @throws UserError if there is no causal product for this model */
  async source(product: InnerProduct, ridge: number | null, progress: ReportProgress): Promise<RowSource> {
    return product === 'euclidean' ? this.#euclidean : (await this.causal(ridge, progress)).rows;
  }

  /** From memory, from the cache on disk, or computed in one pass over the head. @throws UserError */
  async causal(ridge: number | null, progress: ReportProgress): Promise<Causal> {
    if (this.#causal?.ridge === ridge) return this.#causal;
    const cache = new FactorCache(cacheFolder());
    const key = `${headFingerprint(this.unembedding, this.rows)}-${ridge ?? 'auto'}`;
    progress({ message: t('Reading the covariance'), fraction: null });
    const known = cache.get(key);
    const factor = known ?? (await this.#make(ridge, progress));
    if (!known) cache.set(key, factor);
    const rows = causalRows(this.unembedding, factor, this.algebra);
    this.#causal = { ridge, factor, cached: known !== undefined, rows };
    return this.#causal;
  }

  /** Random pairs; they stay the same while the seed and their number do. */
  baseline(source: RowSource, seed: number, pairs: number): Promise<Baseline> {
    const key = `${seed} ${pairs}`;
    const known = this.#baselines.get(source);
    if (known?.key === key) return known.made;
    const made = makeBaseline(source, this.#drawn(seed, pairs), this.algebra);
    this.#baselines.set(source, { key, made });
    return made;
  }

  /** Shared by both inner products. */
  #drawn(seed: number, pairs: number): RandomSample {
    const key = `${seed} ${pairs}`;
    const known = this.#sample?.key === key ? this.#sample : undefined;
    this.#sample = known ?? { key, drawn: drawSample(this.unembedding, this.rows, { seed, pairs }) };
    return this.#sample.drawn;
  }

  /** Memory for a probe in these coordinates, starting with the results of the last one. */
  memory(source: RowSource): ProductMemory {
    const memory = new ProductMemory(this.#memories.get(source));
    this.#memories.set(source, memory);
    return memory;
  }

  /**
   * ‖γ(y) − mean‖ of every token y that counts, and their mean, in the coordinates of `source`. Takes one pass, then is
   * remembered.
   */
  tokenNorms(source: RowSource, progress: ReportProgress): Promise<TokenNorms> {
    const known = this.#norms.get(source);
    if (known) return known;
    const made = tokenNorms(source, this.unembedding.head.hiddenSize, this.rows, (fraction) => {
      progress({ message: t('Measuring the norms of the vocabulary'), fraction });
    });
    this.#norms.set(source, made);
    return made;
  }

  #make(ridge: number | null, progress: ReportProgress): Promise<CausalFactor> {
    return makeCausalFactor(this.unembedding, this.rows, this.algebra, ridge, (fraction) => {
      progress({ message: this.#covarianceText(fraction), fraction });
    });
  }

  #covarianceText(fraction: number): string {
    const text = t('Computing the covariance of the whole vocabulary');
    const { isRemote, bytes } = this.unembedding;
    const megabytes = (share: number): string => formatCount(Math.round((share * bytes) / 1e6));
    return isRemote ? t`${text}, ${megabytes(fraction)} of ${megabytes(1)} MB from the Hub` : text;
  }
}

export function covarianceSummary({ factor, cached }: Causal): CovarianceSummary {
  const { vocabSize, ridge, ridgeReason, condition } = factor;
  return { vocabSize, ridge, ridgeReason, condition, cached };
}
