import { join } from 'node:path';
import { UsageError } from '../../errors';
import { fileOf, modelChoice, type ModelChoice } from '../../protocol/modelChoice';
import { inSection } from '../command';
import { wholeNumbers } from '../readArguments';

/** The model, and which of its files and outputs to use. */
export const modelOptions = inSection('Model', {
  model: {
    type: 'string',
    placeholder: 'MODEL',
    help: 'Model folder, file of weights, or a name that concept-probe models lists, such as ollama:llama2:7b (default: the built-in model)',
  },
  file: {
    type: 'string',
    placeholder: 'FILE',
    help: 'File of the model, such as onnx/model_q4.onnx (default: ONNX before others, then the most precise one)',
  },
  output: {
    type: 'string',
    placeholder: 'NAME',
    help: 'Output that holds the logits, if it cannot be detected by name and shape',
  },
});

interface ModelValues {
  readonly model?: string | undefined;
  readonly file?: string | undefined;
  readonly output?: string | undefined;
}

/** @throws UsageError for a file or an output without a model */
export function modelOf({ model, file, output = '' }: ModelValues): ModelChoice {
  if (model === undefined) {
    if (file !== undefined) throw new UsageError('--file names a file in the folder of --model; give both.');
    if (output !== '') throw new UsageError('--output names an output of the model in --model; give both.');
    return null;
  }
  return modelChoice(file === undefined ? model : fileOf(model, file, join), output);
}

/** Token ids; the command adds its own help text. */
export const idsOption = { type: 'string', placeholder: 'IDS', read: wholeNumbers } as const;
