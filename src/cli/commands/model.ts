import { defineCommand } from '../command';
import { noteOtherFiles } from '../noteOtherFiles';
import { jsonOption } from '../options/axisOptions';
import { modelOf, modelOptions } from '../options/modelOptions';
import { jsonText } from '../output';
import { modelText } from '../text/textReport';

export const command = defineCommand({
  name: 'model',
  summary: 'Describe a model: its files, its unembedding, its tokenizer, and what works with it',
  inputs: null,
  options: { json: jsonOption, ...modelOptions },
  run({ values }, { methods, output }) {
    const { json = false } = values;
    const model = modelOf(values);
    const details = methods.details({ model }, () => undefined);
    noteOtherFiles(details, model, output);
    output.print(json ? jsonText({ schema: 1, ...details }) : modelText(details));
  },
});
