import { join } from 'node:path';
import { UsageError } from '../../errors';
import { modelChoice, type ModelChoice } from '../../protocol/modelChoice';
import { inSection } from '../command';
import { wholeNumbers } from '../readArguments';

/** Which model, and which of its files and outputs. */
export const modelOptions = inSection('Model', {
  model: {
    type: 'string',
    placeholder: 'DIR',
    help: 'Model folder, or an .onnx file in one; without it the built-in model',
  },
  file: {
    type: 'string',
    placeholder: 'FILE',
    help: 'ONNX file of the folder, such as onnx/model_q4.onnx; by default the most precise one',
  },
  output: {
    type: 'string',
    placeholder: 'NAME',
    help: 'Output that holds the logits, where its name and shape do not tell',
  },
});

interface ModelValues {
  readonly model?: string | undefined;
  readonly file?: string | undefined;
  readonly output?: string | undefined;
}

/** @throws UsageError for a file or an output of no model */
export function modelOf({ model, file, output = '' }: ModelValues): ModelChoice {
  if (model === undefined) {
    if (file !== undefined)
      throw new UsageError('--file names an ONNX file in the folder of --model; give both.');
    if (output !== '') throw new UsageError('--output names an output of the model of --model; give both.');
    return null;
  }
  return modelChoice(file === undefined ? model : join(model, file), output);
}

/** Token ids; what they are for is the command's to say. */
export const idsOption = { type: 'string', placeholder: 'IDS', read: wholeNumbers } as const;
