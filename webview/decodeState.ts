import type { PanelState } from '../src/protocol/panelMessages';

/**
 * The state inside an exported report. JSON has no typed arrays: they stand there as `{"$f64": "…"}` or `{"$f32": "…"}`,
 * base64 of their little-endian bytes (the byte order of every machine that runs a browser).
 *
 * @throws SyntaxError if `json` is no JSON
 */
export function decodeState(json: string): PanelState {
  return JSON.parse(json, revive) as PanelState;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$f64' in value && typeof value.$f64 === 'string') return new Float64Array(bytesOf(value.$f64));
  if ('$f32' in value && typeof value.$f32 === 'string') return new Float32Array(bytesOf(value.$f32));
  return value;
}

function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}
