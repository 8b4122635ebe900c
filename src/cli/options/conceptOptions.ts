import { tokenPolicies } from '../../concepts/tokenRule';
import { inSection, type Given } from '../command';
import type { ConceptOptions } from '../conceptInputs';
import { oneOf, twoColumns } from '../readArguments';
import type { ModelChoice } from '../../protocol/modelChoice';
import { modelOf, modelOptions } from './modelOptions';

/** Options of every command that takes concepts: how to read lists and words, and the model. */
export const conceptOptions = {
  ...inSection('Words and lists', {
    tokens: {
      type: 'string',
      placeholder: 'RULE',
      help: `Tokens of a word: ${tokenPolicies.join(', ')} (default: the concept file's choice, or single)`,
      read: (text, option) => oneOf(tokenPolicies, text, option),
    },
    'no-leading-space': {
      type: 'boolean',
      help: 'Tokenize words without a space before them (Chinese, Japanese, Thai …)',
    },
    columns: {
      type: 'string',
      placeholder: 'A,B',
      help: 'Two columns of a table, by name or by number from 1 (default: detected)',
      read: twoColumns,
    },
    'no-header': { type: 'boolean', help: 'The first line of a table is already a pair' },
  }),
  ...modelOptions,
};

/** Concept files, the usual positional arguments. */
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
