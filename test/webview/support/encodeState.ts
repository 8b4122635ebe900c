import { pack } from '../../../src/protocol/packed';

/** The state that is posted to the panel or included in a report, as text: packed, with the buffer as base64. */
export function encodeState(state: unknown): string {
  const packed = pack(state);
  return JSON.stringify({ ...packed, buffer: Buffer.from(packed.buffer).toString('base64') }).replaceAll(
    '<',
    '\\u003c',
  );
}
