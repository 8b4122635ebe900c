/** The format of a file of weights. */
export type WeightFormat = 'ONNX' | 'safetensors' | 'GGUF';

/** How the name of a sharded safetensors checkpoint's index ends. */
export const indexEnding = '.safetensors.index.json';

/** The format that a file's name says; `null` if it says none. */
export function formatByName(file: string): WeightFormat | null {
  if (file.endsWith('.onnx')) return 'ONNX';
  if (file.endsWith('.safetensors') || file.endsWith(indexEnding)) return 'safetensors';
  return file.endsWith('.gguf') ? 'GGUF' : null;
}
