import { formatCosine, productName } from '../../format/numbers';
import { axisHead, axisRequest, paddingLine } from '../axis';
import { defineCommand } from '../command';
import { axisOf, axisOptions } from '../options/axisOptions';
import { conceptFiles } from '../options/conceptOptions';
import { jsonText, progressOf } from '../output';
import { textTable } from '../text/textTable';

export const command = defineCommand({
  name: 'neighbours',
  summary: 'List the tokens nearest to a word moved along a concept direction',
  inputs: conceptFiles,
  options: {
    base: {
      type: 'string',
      placeholder: 'WORD',
      help: 'The word to start from',
      required: 'WORD',
    },
    ...axisOptions,
  },
  async run(given, context) {
    const { base } = given.values;
    const choice = axisOf(given);
    const { methods, output } = context;
    const { concept, json } = choice;
    const request = { ...(await axisRequest(choice, context)), concept, base };
    const result = await methods.neighbours(request, progressOf(output));
    const rows = result.neighbours.map(({ piece, id, cosine }) => [piece, String(id), formatCosine(cosine)]);
    const head = `Nearest to ${base} + ${concept}, by cosine around the vocabulary’s mean, ${productName(result.product)} inner product`;
    const text = `${[head, ...paddingLine(result)].join('\n')}\n${textTable([['Token', 'Id', 'Cosine'], ...rows])}\n`;
    output.progress(null);
    output.print(json ? jsonText({ ...axisHead(choice), ...result }) : text);
  },
});
