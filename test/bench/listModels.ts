import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listModels } from '../../src/model/places/listModels';
import { fixedPlaces, machineAt, put, putInCache, putInOllama } from '../model/support/fakeHome';
import { ggufBytes } from '../model/support/writeGguf';
import { safetensorsBytes } from '../model/support/writeSafetensors';
import { median, table, timed } from './timing';

/*
 * How long the list of 50 models takes, compared with reading the same directories and nothing else. The headers are as long
 * as those of LLaMA-2-7B: 32,000 tokens in a GGUF file, 291 tensors in a checkpoint.
 */

const [count, repetitions] = [50, 21];
/** As many as LLaMA-2-7B has. */
const tensorNames = [
  ...Array.from({ length: 290 }, (_, i) => `model.layers.${i}.self_attn.q_proj.weight`),
  'lm_head.weight',
];
const home = mkdtempSync(join(tmpdir(), 'concept-probe-list-'));

try {
  writeHome();
  const machine = machineAt(home);
  const list = (): number => listModels(machine, fixedPlaces).length;
  const raw = (): number => readAll(home);
  // Which of the two runs first would matter: the second finds the directories in the page cache.
  const first = timed(list);
  const [lists, reads] = [list, raw].map((work) =>
    Array.from({ length: repetitions }, () => timed(work).seconds),
  ) as [number[], number[]];
  const milliseconds = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;
  const ratio = median(lists) / median(reads);
  console.log(
    table(
      [`${first.value} models`, 'time', 'target'],
      [
        ['first list', milliseconds(first.seconds), '300 ms'],
        ['list', milliseconds(median(lists)), '300 ms'],
        [`stats of all ${raw()} entries`, milliseconds(median(reads)), ''],
        ['ratio', `${ratio.toFixed(1)} ×`, ''],
      ],
    ),
  );
} finally {
  rmSync(home, { recursive: true });
}

function writeHome(): void {
  const cache = join(home, '.cache', 'huggingface', 'hub');
  const config = JSON.stringify({ architectures: ['LlamaForCausalLM'] });
  for (let i = 0; i < count; i++) {
    // Different bytes, so that each has a blob of its own.
    const [gguf, shards] = [ggufOf(i), [0, 1].map((part) => shardOf(i, part))];
    const names = shards.map((_, part) => `model-0000${part + 1}-of-00002.safetensors`);
    const map = Object.fromEntries(tensorNames.map((name, at) => [name, names[at % 2]!]));
    if (i % 3 === 0)
      putInCache(cache, `organization/model-${i}`, {
        'config.json': config,
        'model.safetensors.index.json': JSON.stringify({ weight_map: map }),
        ...Object.fromEntries(shards.map((shard, part) => [names[part]!, shard])),
        'tokenizer.json': '{}',
        'tokenizer_config.json': `{"${i}":0}`,
      });
    else if (i % 3 === 1)
      putInOllama(join(home, '.ollama', 'models'), `registry.ollama.ai/library/model-${i}/7b`, gguf);
    else put(join(home, '.lmstudio', 'models', 'publisher', `model-${i}`, `model-${i}.Q4_K_M.gguf`), gguf);
  }
}

function ggufOf(i: number): Buffer {
  return ggufBytes({
    metadata: {
      'general.architecture': 'llama',
      'general.name': `model ${i}`,
      'general.file_type': { u32: 15 },
      'tokenizer.ggml.tokens': Array.from({ length: 32_000 }, (_, id) => `token${id}`),
    },
    tensors: tensorNames.map((name) => ({ name, dimensions: [1], type: 0, data: new Uint8Array(4) })),
  });
}

function shardOf(i: number, part: number): Buffer {
  const names = tensorNames.filter((_, at) => at % 2 === part);
  const data = Uint8Array.of(i, part);
  return safetensorsBytes(
    Object.fromEntries(names.map((name) => [name, { dtype: 'F16', shape: [1, 1], data }])),
  );
}

/** Reads all directories and stats. @returns the number of entries */
function readAll(folder: string): number {
  let entries = 0;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    entries++;
    if (statSync(path).isDirectory()) entries += readAll(path);
  }
  return entries;
}
