import { directionChoices, type DirectionChoice } from '../../geometry/conceptDirection';
import { innerProducts, type InnerProduct } from '../../protocol/geometryResult';
import { inSection, type Values } from '../command';
import { oneOf, share, wholeNumber } from '../readArguments';

export const seedOption = {
  type: 'string',
  placeholder: 'N',
  help: 'Seed of all random draws, recorded in the result',
  default: '0',
  read: (text: string, option: string) => wholeNumber(text, option),
} as const;

/** How directions are computed. */
export const geometryOptions = inSection('Geometry', {
  direction: {
    type: 'string',
    placeholder: 'KIND',
    help: 'Direction of a concept: mean, normalised (sum of unit vectors) or principal',
    default: 'mean',
    read: (text, option) => oneOf(directionChoices, text, option),
  },
  ridge: {
    type: 'string',
    placeholder: 'R',
    help: "Value added to the covariance's diagonal, as a share of its mean (default: only if needed)",
    read: share,
  },
  'all-rows': {
    type: 'boolean',
    help: "Include rows without a token, such as a vocabulary's padding",
  },
  seed: seedOption,
});

export interface GeometryChoice {
  readonly direction: DirectionChoice;
  readonly ridge: number | null;
  readonly allRows: boolean;
}

export function geometryOf(values: Values<typeof geometryOptions>): GeometryChoice {
  const { direction, ridge = null, 'all-rows': allRows = false } = values;
  return { direction, ridge, allRows };
}

/** For commands that compute in one inner product. */
export const productOption = inSection('Geometry', {
  product: {
    type: 'string',
    placeholder: 'P',
    help: `Inner product: ${innerProducts.join(' or ')}`,
    default: 'causal',
    read: (text, option) => oneOf(innerProducts, text, option),
  },
});

const productChoices = [...innerProducts, 'both'] as const;

/** For commands that can compute in one or both. */
export const productsOption = inSection('Geometry', {
  product: {
    type: 'string',
    placeholder: 'P',
    help: `Inner product: ${innerProducts.join(', ')} or both`,
    default: 'both',
    read: (text, option): readonly InnerProduct[] => {
      const choice = oneOf(productChoices, text, option);
      return choice === 'both' ? innerProducts : [choice];
    },
  },
});
