import { elementTypes } from '../storage/elementTypes';
import type { HeadTile } from '../head/unembedding';

/** The tile's numbers as float32, in its own layout. */
export function decodeTile({ data }: HeadTile): Float32Array {
  if (data instanceof Float32Array) return data;
  const numbers = new Float32Array(data.length);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  positions = positions.length === data.length ? positions : Int32Array.from(data.keys());
  elementTypes.get('float16')!.decode(bytes, positions, 0, numbers);
  return numbers;
}

/** The same buffer for all but the last tile of a pass. */
let positions = new Int32Array(0);
