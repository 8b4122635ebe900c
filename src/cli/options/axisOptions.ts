import type { Given } from '../command';
import type { ConceptOptions } from '../conceptInputs';
import { wholeNumber } from '../readArguments';
import type { InnerProduct } from '../../protocol/geometryResult';
import { conceptOptions, conceptsOf } from './conceptOptions';
import { geometryOf, geometryOptions, productOption, type GeometryChoice } from './geometryOptions';

export const conceptOption = {
  type: 'string',
  placeholder: 'NAME',
  help: 'The concept, by its name in the file',
} as const;

export const requiredConcept = { ...conceptOption, required: 'NAME, one of the file’s' } as const;

export const jsonOption = { type: 'boolean', help: 'Print one JSON document and nothing else' } as const;

/** Options shared by the commands that project a concept on the vocabulary. */
export const axisOptions = {
  concept: requiredConcept,
  count: {
    type: 'string',
    placeholder: 'N',
    help: 'How many to list',
    default: '20',
    read: (text: string, option: string) => wholeNumber(text, option),
  },
  json: jsonOption,
  ...productOption,
  ...geometryOptions,
  ...conceptOptions,
} as const;

export interface AxisChoice extends ConceptOptions, GeometryChoice {
  readonly seed: number;
  readonly product: InnerProduct;
  readonly count: number;
  readonly concept: string;
  readonly json: boolean;
}

export function axisOf(given: Given<typeof axisOptions>): AxisChoice {
  const { concept, count, json = false, product, seed } = given.values;
  return {
    ...conceptsOf(given),
    ...geometryOf(given.values),
    ...{ seed, concept, count, json, product },
  };
}
