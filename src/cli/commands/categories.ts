import { categoriesDocument, categoriesTable } from '../../export/categoryFiles';
import { categoryDraws } from '../../protocol/categoriesResult';
import { mostDraws } from '../../protocol/probeResult';
import { readCategoryInputs } from '../categoryInputs';
import { defineCommand } from '../command';
import { modelHead } from '../modelHead';
import { jsonOption } from '../options/axisOptions';
import { conceptOptions } from '../options/conceptOptions';
import { geometryOptions } from '../options/geometryOptions';
import { modelOf, modelOptions } from '../options/modelOptions';
import { jsonText, progressOf } from '../output';
import { wholeNumber } from '../readArguments';
import { categoriesText } from '../text/categoriesText';
import { writeNumbers } from '../writeNumbers';

export const command = defineCommand({
  name: 'categories',
  summary: 'Compute vectors of categories of words, in the causal inner product',
  details: ['A list has a category, a word and the category’s parent on each line, with tabs between them.'],
  inputs: { usage: '<concept file | list of categories>…', needs: 'a concept file or a list of categories' },
  options: {
    json: jsonOption,
    csv: { type: 'string', placeholder: 'FILE', help: 'Write one line for each category' },
    npy: { type: 'string', placeholder: 'FILE', help: 'Write the cosines of the vectors as a NumPy matrix' },
    permutations: {
      type: 'string',
      placeholder: 'N',
      help: 'Draws of random tokens in the place of words; 0: none',
      default: String(categoryDraws),
      read: (text, option) => wholeNumber(text, option, mostDraws),
    },
    ridge: geometryOptions.ridge,
    'all-rows': geometryOptions['all-rows'],
    seed: geometryOptions.seed,
    tokens: conceptOptions.tokens,
    'no-leading-space': conceptOptions['no-leading-space'],
    ...modelOptions,
  },
  async run({ values, inputs }, { methods, output }) {
    const { json = false, csv, npy, permutations, seed, ridge = null, tokens: policy } = values;
    const { 'all-rows': allRows = false, 'no-leading-space': isBare = false } = values;
    const model = modelOf(values);
    const { categories, notes, tokens: rule } = readCategoryInputs(inputs);
    notes.forEach(output.note);
    const tokens = { policy: policy ?? rule.policy, leadingSpace: isBare ? false : rule.leadingSpace };
    const settings = { ridge, allRows, permutations };
    const result = await methods.categories(
      { model, categories, tokens, seed, settings },
      progressOf(output),
    );
    const written = await writeNumbers(
      { csv, npy },
      { table: () => categoriesTable(result), matrix: () => result.cosine },
      output,
    );
    output.print(
      json
        ? jsonText({
            ...modelHead(model),
            ...{ product: 'causal', ridge, seed, tokens },
            ...categoriesDocument(result),
          })
        : [categoriesText(result), ...written].join(''),
    );
  },
});
