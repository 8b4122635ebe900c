import { join } from 'node:path';
import { isHubReference } from '../../protocol/hubReference';
import { UsageError } from '../../errors';
import { fileOf, modelChoice, withWholeHead, type ModelChoice } from '../../protocol/modelChoice';
import { inSection } from '../command';
import { wholeNumbers } from '../readArguments';

/** The model, and which of its files and outputs to use. */
export const modelOptions = inSection('Model', {
  model: {
    type: 'string',
    placeholder: 'MODEL',
    help: 'Model folder, file of weights, a name that concept-probe models lists, such as ollama:llama2:7b, or hub:ORG/NAME@REVISION/FILE (default: the built-in model)',
  },
  file: {
    type: 'string',
    placeholder: 'FILE',
    help: 'File of the model, such as onnx/model_q4.onnx (default: ONNX before others, then the most precise one)',
  },
  'whole-head': {
    type: 'boolean',
    help: 'Read the whole head of a hub: model, once, for the causal product and random pairs',
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
  readonly 'whole-head'?: boolean | undefined;
}

/** @throws UsageError for a file, an output or a whole head without its model */
export function modelOf(values: ModelValues): ModelChoice {
  const { model, file, output = '', 'whole-head': wholeHead = false } = values;
  if (model === undefined) {
    if (file !== undefined) throw new UsageError('--file names a file in the folder of --model; give both.');
    if (output !== '') throw new UsageError('--output names an output of the model in --model; give both.');
    if (wholeHead) throw new UsageError(wholeHeadOfWhat);
    return null;
  }
  const path = file === undefined ? model : fileOf(model, file, join);
  if (!wholeHead) return modelChoice(path, output);
  if (!isHubReference(path)) throw new UsageError(wholeHeadOfWhat);
  return withWholeHead(path, output);
}

const wholeHeadOfWhat = '--whole-head is for a model that is read over the network (--model hub:…).';

/** Token ids; the command adds its own help text. */
export const idsOption = { type: 'string', placeholder: 'IDS', read: wholeNumbers } as const;
