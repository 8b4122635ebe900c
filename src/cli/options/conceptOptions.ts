import { tokenPolicies } from '../../concepts/tokenRule';
import { inSection, type Given } from '../command';
import type { ConceptOptions } from '../conceptInputs';
import { oneOf, twoColumns } from '../readArguments';
import type { ModelChoice } from '../../protocol/modelChoice';
import { modelOf, modelOptions } from './modelOptions';

/** What every command that takes concepts has: how lists and words are read, and the model. */
export const conceptOptions = {
  ...inSection('Words and lists', {
    tokens: {
      type: 'string',
      placeholder: 'RULE',
      help: `Tokens of a word: ${tokenPolicies.join(', ')}; by default the concept file's choice, or single`,
      read: (text, option) => oneOf(tokenPolicies, text, option),
    },
    'no-leading-space': {
      type: 'boolean',
      help: 'Cut words as they are, without a space before them (Chinese, Japanese, Thai …)',
    },
    columns: {
      type: 'string',
      placeholder: 'A,B',
      help: 'Two columns of a table, by name or by number from 1; by default they are found',
      read: twoColumns,
    },
    'no-header': { type: 'boolean', help: 'The first line of a table is a pair too' },
  }),
  ...modelOptions,
};

/** Concept files, the usual input. */
export const conceptFiles = { usage: '<concept file>…', needs: 'a concept file' };

export function conceptsOf(given: Given<typeof conceptOptions>): ConceptOptions {
  return conceptsWith(modelOf(given.values), given);
}

/** For commands whose `--file` is not the model's. */
export function conceptsWith(
  model: ModelChoice,
  { values, inputs }: Given<Omit<typeof conceptOptions, 'file'>>,
): ConceptOptions {
  const { tokens, columns } = values;
  return {
    ...{ inputs, model },
    policy: tokens ?? null,
    leadingSpace: values['no-leading-space'] ? false : null,
    list: {
      ...(columns !== undefined && { columns }),
      ...(values['no-header'] && { header: false }),
    },
  };
}
