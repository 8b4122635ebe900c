import { unpack, type Packed } from '../../src/protocol/packed';
import type { GeometryState } from '../../src/protocol/panelMessages';

/**
 * The state inside an exported report: packed, its buffer as base64 of little-endian numbers (the byte order of every
 * machine that runs a browser).
 *
 * @throws SyntaxError if `json` is not JSON; RangeError if numbers are missing
 */
export function decodeState(json: string): GeometryState {
  const packed = JSON.parse(json) as Omit<Packed<GeometryState>, 'buffer'> & { readonly buffer: string };
  return unpack({ ...packed, buffer: bytesOf(packed.buffer) });
}

function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
