/** How the name of a sharded checkpoint's index ends. */
export const indexEnding = '.safetensors.index.json';
