import { basename, dirname } from 'node:path';
import { ModelError } from '../../errors';
import { checkpointHead, type LogitSteps } from '../head/checkpointHead';
import { storedMatrix, type BlockNumbers, type StoredTensor } from '../head/weight';
import { Unembedding } from '../head/unembedding';
import { isObject } from '../isObject';
import { readJsonObject } from '../jsonFile';
import { ByteSource } from '../storage/byteSource';
import { openNamedFile } from '../storage/namedFile';
import { shown, unsupportedHead } from '../storage/refusalText';
import { configValue, headNameOf } from './headNames';
import { indexEnding } from '../../protocol/weightFormat';
import { SafetensorsFile } from './safetensorsFile';

/** Where the files of a checkpoint are. */
export interface CheckpointPlace {
  /** The .safetensors file, or the index of a sharded checkpoint. */
  readonly path: string;
  /** The model's name in messages. */
  readonly name: string;
  /** Parsed `config.json`. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * Opens the head of a checkpoint in .safetensors format, in one file or in shards.
 *
 * @returns the head's rows, and the file that they are in
 * @throws ModelError if the head is missing, packed, damaged or truncated, or a shard is missing
 */
export function openCheckpoint({ path, name, config }: CheckpointPlace): {
  unembedding: Unembedding;
  file: ByteSource;
} {
  const label = `${name}/${basename(path)}`;
  const shards = path.endsWith(indexEnding) ? shardsOf(path, label) : null;
  const found = shards && headNameOf([...shards.keys()], config, label);
  const source = found ? openShard(shards.get(found.name)!) : new ByteSource(path, label);
  try {
    const file = new SafetensorsFile(source);
    const { name: tensorName, tied } = found ?? headNameOf(file.names, config, label);
    const tensor = file.tensor(tensorName);
    if (!tensor)
      throw new ModelError(
        `${source.label} lacks ${shown(tensorName)}, which the index names; download it again.`,
      );
    const names = shards ? [...shards.keys()] : file.names;
    const steps = stepsAfter(config, names.includes(tensorName.replace(/weight$/u, 'bias')));
    const weight = scaledWeight(file, tensor);
    const head = checkpointHead(source.label, { ...weight, tied, steps });
    return { unembedding: new Unembedding(head, source, dirname(path)), file: source };
  } catch (error) {
    source.close();
    throw error;
  }

  function openShard(shard: string): ByteSource {
    return openNamedFile(
      {
        ...{ location: shard, namedBy: path, owner: 'index' },
        ...{ modelFolder: dirname(path), label: `${name}/${shard}` },
      },
      `${label} keeps ${shown(found!.name)} in ${shard}`,
    );
  }
}

/** The file of each tensor. @throws ModelError if the index is damaged, or leads out of its folder */
function shardsOf(path: string, label: string): Map<string, string> {
  const { weight_map: map } = readJsonObject(path, label);
  if (!isObject(map)) throw new ModelError(`${label} has no weight_map; download it again.`);
  return new Map(
    Object.entries(map).map(([tensor, file]) => {
      if (typeof file !== 'string' || !/^[^/\\\0]+\.safetensors$/u.test(file))
        throw new ModelError(
          `${label} keeps ${shown(tensor)} in ${shown(String(file))}, which is not a .safetensors file in its folder; download it again.`,
        );
      return [tensor, file];
    }),
  );
}

interface ScaledWeight {
  readonly tensor: StoredTensor;
  readonly scales: BlockNumbers | null;
  readonly elementType: string;
}

/**
 * Numbers of 8 bits have scales in a tensor of their own: one for all, one per row, or one per block (compressed-tensors and
 * the float8 checkpoints of transformers). Other tensors have none.
 *
 * @throws ModelError if integers have no scales, or the shape is not `[vocab, hidden]`
 */
function scaledWeight(file: SafetensorsFile, tensor: StoredTensor): ScaledWeight {
  const { label } = file.source;
  const { name, dimensions, element } = tensor;
  const [rows = 0, columns = 0] = dimensions;
  if (dimensions.length !== 2)
    throw unsupportedHead(
      label,
      `${shown(name)} of shape [${dimensions.join(', ')}]`,
      'save the model in float16',
    );
  const scale = file.tensor(`${name}_scale`) ?? file.tensor(`${name}_scale_inv`);
  if (!scale) {
    if (element === 'int8' || element === 'uint8')
      throw unsupportedHead(
        label,
        `${shown(name)} in ${element} without a scale`,
        'save the model in float16',
      );
    return { tensor, scales: null, elementType: element };
  }
  const [scaleRows = 1, scaleColumns = 1] = scale.dimensions;
  const [blockRows, blockColumns] = [Math.ceil(rows / scaleRows), Math.ceil(columns / scaleColumns)];
  const fits =
    Math.ceil(rows / blockRows) === scaleRows && Math.ceil(columns / blockColumns) === scaleColumns;
  if (scale.dimensions.length > 2 || !fits)
    throw unsupportedHead(
      label,
      `${shown(scale.name)} of shape [${scale.dimensions.join(', ')}] for ${rows} × ${columns} numbers`,
      'save the model in float16',
    );
  const matrix = storedMatrix(scale, scale.element, scaleRows, scaleColumns);
  return {
    tensor,
    scales: { ...matrix, blockRows, blockColumns, flat: false },
    elementType: `${element}, ${scaleRows * scaleColumns === 1 ? 'one scale' : `scales per ${blockRows} × ${blockColumns}`}`,
  };
}

/** According to config.json: Gemma's soft cap, Cohere's scale, and Granite's divisor. */
function stepsAfter(config: Readonly<Record<string, unknown>>, hasBias: boolean): LogitSteps {
  const number = (key: string): number => {
    const value = configValue(config, key);
    return typeof value === 'number' ? value : 0;
  };
  const divisor = number('logits_scaling') || 1;
  return {
    hasBias,
    scale: (number('logit_scale') || 1) / divisor,
    softCap: number('final_logit_softcapping'),
  };
}
