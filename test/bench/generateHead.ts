import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../scripts/cacheDirectory';
import { serializeOnnx } from '../../src/model/onnx/writer';
import { withProcessLock } from '../../scripts/processLock';
import { dataFile, headData, headForms, headModel, hiddenSize, vocabSize, type HeadForm } from './headForms';
import { inRoot } from '../support/places';

/** Outside the clone: 1.7 GB that no test needs. */
const directory = cacheDirectory('bench-heads');

/** The built-in model's tokenizer is LLaMA-2's, so words are tokenized as for the real model. */
const tokenizerFolder = inRoot('dist', 'models', 'stories15M');
const tokenizerFiles = ['tokenizer.json', 'tokenizer_config.json'];

/** The model folder of each form, written if it does not exist. */
export async function benchFolders(): Promise<ReadonlyMap<HeadForm, string>> {
  await withProcessLock(`${directory}.lock`, () => {
    for (const form of headForms) if (!existsSync(folderOf(form))) writeFolder(form);
    return Promise.resolve();
  });
  return new Map(headForms.map((form) => [form, folderOf(form)]));
}

export function folderOf({ name }: HeadForm): string {
  return join(directory, name);
}

/** The folder is renamed when it is complete, so that an interrupted one is written again. */
function writeFolder(form: HeadForm): void {
  const unfinished = join(directory, `unfinished-${form.name}`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, 'onnx'), { recursive: true });
  const data = openSync(join(unfinished, 'onnx', dataFile), 'w');
  for (const bytes of headData(form)) writeFileSync(data, bytes);
  closeSync(data);
  writeFileSync(join(unfinished, 'onnx', 'model.onnx'), serializeOnnx(headModel(form)));
  const config = { architectures: ['LlamaForCausalLM'], vocab_size: vocabSize, hidden_size: hiddenSize };
  writeFileSync(join(unfinished, 'config.json'), JSON.stringify(config));
  for (const name of tokenizerFiles) copyFileSync(join(tokenizerFolder, name), join(unfinished, name));
  renameSync(unfinished, folderOf(form));
}

async function main(): Promise<void> {
  if (process.argv.includes('--clean')) rmSync(directory, { recursive: true, force: true });
  else for (const folder of (await benchFolders()).values()) console.log(folder);
}

if (require.main === module) void main();
