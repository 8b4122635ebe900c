import { dirname, join } from 'node:path';
import { headNameOf } from '../safetensors/headNames';
import { indexEnding } from '../../protocol/weightFormat';
import { SafetensorsFile } from '../safetensors/safetensorsFile';
import { ByteSource } from '../storage/byteSource';
import { isObject } from '../isObject';
import { orUndefined } from '../orUndefined';
import { inside, readSmallJson } from './reading';

/** What the headers of a checkpoint say. */
export interface CheckpointGlance {
  /** Its files of weights. */
  readonly files: readonly string[];
  /** The number format of the head, as the format calls it, such as `BF16`; `null` if the header is too long to be read here. */
  readonly type: string | null;
}

/** Shards of the largest models have some hundred kilobytes. */
const longestHeader = 1 << 20;

/**
 * @param file a .safetensors file or the index of a sharded checkpoint, in `folder`
 * @returns undefined if its index is damaged
 */
export function glimpseCheckpoint(
  folder: string,
  file: string,
  config: Readonly<Record<string, unknown>>,
): CheckpointGlance | undefined {
  const path = join(folder, file);
  if (!file.endsWith(indexEnding))
    return { files: [path], type: typeIn(path, (names) => headIn(names, config)) };
  const map = readSmallJson(path)?.['weight_map'];
  if (!isObject(map)) return undefined;
  const placeOf = (shard: unknown): string | undefined =>
    typeof shard === 'string' ? inside(dirname(path), [shard]) : undefined;
  const shards = [...new Set(Object.values(map))].map(placeOf);
  if (shards.length === 0 || !shards.every((shard) => shard !== undefined)) return undefined;
  const head = headIn(Object.keys(map), config);
  const shard = head === undefined ? undefined : placeOf(map[head]);
  return { files: shards, type: shard === undefined ? null : typeIn(shard, () => head) };
}

/** `undefined` if it is not clear. */
function headIn(names: readonly string[], config: Readonly<Record<string, unknown>>): string | undefined {
  return orUndefined(() => headNameOf(names, config, '').name);
}

function typeIn(path: string, choose: (names: readonly string[]) => string | undefined): string | null {
  const source = orUndefined(() => new ByteSource(path, path));
  if (!source) return null;
  try {
    return (
      orUndefined(() => {
        const start = source.view(0, 8);
        const length = new DataView(start.buffer, start.byteOffset, 8).getBigUint64(0, true);
        if (length > BigInt(longestHeader)) return undefined;
        const file = new SafetensorsFile(source);
        const name = choose(file.names);
        return name === undefined ? undefined : file.typeOf(name);
      }) ?? null
    );
  } finally {
    source.close();
  }
}
