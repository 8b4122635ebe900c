import type { Category } from '../concepts/categories';
import type { TokenRule } from '../concepts/tokenRule';
import type { HierarchyChance } from '../geometry/categoryHierarchy';
import type { CategorySimplex } from '../geometry/categorySimplex';
import type { HeldOutWords } from '../geometry/heldOutWords';
import type { Matrix } from '../geometry/matrix';
import type { Separation } from '../geometry/separation';
import type { ModelChoice } from './modelChoice';
import type { ProbeSettings } from './probeResult';

/** Asks for the vectors of categories, in the causal inner product. */
export interface CategoriesRequest {
  readonly model: ModelChoice;
  readonly categories: readonly Category[];
  readonly tokens: TokenRule;
  readonly seed: number;
  /** `permutations`: draws of random tokens in the place of words. */
  readonly settings: Pick<ProbeSettings, 'ridge' | 'allRows' | 'permutations'>;
}

/** Most words of all categories together: every two of them are multiplied. */
export const mostCategoryWords = 2000;

/** Draws by default; each computes the vectors of a whole hierarchy. */
export const categoryDraws = 100;

/** Whether a word counts, and why not. */
export type WordStatus = 'kept' | 'several-tokens' | 'unknown' | 'duplicate';

export interface CategoryWord {
  readonly word: string;
  readonly pieces: readonly string[];
  readonly status: WordStatus;
}

export interface CategoryResult {
  readonly name: string;
  readonly parent: string | null;
  /** With those of its subcategories. */
  readonly words: readonly CategoryWord[];
  readonly kept: number;
  /** ‖ℓ‖; `null` without a vector, for which the words are too few. */
  readonly norm: number | null;
  /** Share of the identity in the covariance of the words (Ledoit–Wolf). */
  readonly shrinkage: number | null;
  /** Kept words that were held out, and random tokens, on its vector; `null` with too few words. */
  readonly heldOut: (HeldOutWords & { readonly separation: Separation }) | null;
  /** cos(ℓ − ℓ_parent, ℓ_parent); `null` without a parent or a vector. */
  readonly toParent: ParentCosine | null;
}

export interface ParentCosine {
  readonly cosine: number;
  /** The same of random tokens in the place of the words; `null` if there are no draws or too few tokens. */
  readonly chance: HierarchyChance | null;
  /** Mean over the categories that are neither its ancestors nor its descendants in the place of its parent; `null` without any. */
  readonly otherParents: number | null;
}

/** Categories with the same parent, or without one. */
export interface Siblings extends CategorySimplex {
  readonly parent: string | null;
  readonly names: readonly string[];
  /** The words of the rows of `words`, for each sibling. */
  readonly wordsOf: readonly (readonly string[])[];
}

export interface CategoriesResult {
  readonly seed: number;
  readonly draws: number;
  /** Number of random tokens, which are in no category. */
  readonly randomTokens: number;
  readonly categories: readonly CategoryResult[];
  /** Cosines of the vectors, `[categories, categories]`; NaN for a category without one. */
  readonly cosine: Matrix;
  /** Groups of two and more siblings with vectors. */
  readonly simplices: readonly Siblings[];
}
