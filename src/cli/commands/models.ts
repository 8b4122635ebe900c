import { version } from '../../../package.json';
import { formatBytes } from '../../format/numbers';
import type { FoundModel } from '../../protocol/foundModel';
import { defineCommand } from '../command';
import { jsonOption } from '../options/axisOptions';
import { jsonText } from '../output';
import { textTable } from '../text/textTable';

export const command = defineCommand({
  name: 'models',
  summary: 'List the models on this machine, newest first, with the names that other commands take',
  details: ['Looks in the folders of the Hugging Face cache, Ollama, LM Studio, llama.cpp, GPT4All and Jan.'],
  inputs: null,
  options: { json: jsonOption },
  run({ values: { json = false } }, { methods, output }) {
    const models = methods.models({ recent: [], workspaceFolders: [], downloads: null }, () => undefined);
    output.print(json ? jsonText({ schema: 1, version, models: models.map(dated) }) : modelsText(models));
  },
});

function dated({ modified, ...model }: FoundModel): object {
  return { ...model, modified: new Date(modified).toISOString() };
}

function modelsText(models: readonly FoundModel[]): string {
  if (models.length === 0)
    return 'No models were found in the Hugging Face cache, Ollama, LM Studio, llama.cpp, GPT4All or Jan.\n';
  const rows = models.map(({ reference, bytes, format, precision, modified }) => [
    reference,
    formatBytes(bytes),
    format,
    precision ?? '–',
    new Date(modified).toISOString().slice(0, 10),
  ]);
  return `${textTable([['Model', 'Size', 'Format', 'Precision', 'Changed'], ...rows])}\n`;
}
