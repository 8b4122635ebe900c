import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { ModelsRequest } from '../../../src/protocol/foundModel';
import type { Machine } from '../../../src/model/places/machine';
import { ggufBytes, type MetadataValue } from './writeGguf';
import { safetensorsBytes } from './writeSafetensors';

/** A machine whose home is a folder of the test. @param env what else decides about places */
export function machineAt(
  home: string,
  platform: NodeJS.Platform = 'linux',
  env: Machine['env'] = {},
): Machine {
  return { home, platform, env };
}

/** What else decides about places. */
const placeVariables =
  'HF_HUB_CACHE HUGGINGFACE_HUB_CACHE HF_HOME OLLAMA_MODELS LLAMA_CACHE APPDATA LOCALAPPDATA';

/** The variables of a process whose home is a folder of the test, and where nothing else decides about places. */
export function environmentAt(home: string): Readonly<Record<string, string>> {
  const unset = placeVariables.split(' ').map((name) => [name, '']);
  return {
    ...(Object.fromEntries(unset) as Record<string, string>),
    HOME: home,
    USERPROFILE: home,
    // Where they are by default: VS Code would write into the working folder if they were empty.
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CONFIG_HOME: join(home, '.config'),
  };
}

/** Nothing beyond the fixed places. */
export const fixedPlaces: ModelsRequest = { recent: [], workspaceFolders: [], downloads: null };

/** Writes a file with its folders. @param seconds its time since 1970 */
export function put(path: string, content: string | Uint8Array, seconds?: number): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  if (seconds !== undefined) utimesSync(path, seconds, seconds);
  return path;
}

/** A GGUF model of 3 tokens and 4 dimensions. */
export function smallGguf(metadata: Readonly<Record<string, MetadataValue>> = {}): Buffer {
  const data = new Uint8Array(Float32Array.from({ length: 12 }, (_, i) => i / 4 - 1).buffer);
  return ggufBytes({
    metadata: { 'general.architecture': 'llama', ...metadata },
    tensors: [{ name: 'output.weight', dimensions: [4, 3], type: 0, data }],
  });
}

/** A checkpoint of 3 tokens and 4 dimensions. */
export function smallCheckpoint(dtype = 'F32', name = 'lm_head.weight'): Buffer {
  const bytes = dtype === 'F32' ? 4 : 2;
  return safetensorsBytes({ [name]: { dtype, shape: [3, 4], data: new Uint8Array(12 * bytes) } });
}

/** As huggingface_hub stores a revision: files under their hash in `blobs`, and links to them. @returns the snapshot */
export function putInCache(
  cache: string,
  id: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  { revision = 'main', seconds = 1000 }: { readonly revision?: string; readonly seconds?: number } = {},
): string {
  const repository = join(cache, `models--${id.replace('/', '--')}`);
  const commit = createHash('sha1').update(`${id}@${revision}`).digest('hex');
  const snapshot = join(repository, 'snapshots', commit);
  put(join(repository, 'refs', revision), commit);
  mkdirSync(snapshot, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const blob = join(repository, 'blobs', createHash('sha256').update(content).digest('hex'));
    put(blob, content, seconds);
    const link = join(snapshot, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(relative(dirname(link), blob), link);
  }
  return snapshot;
}

/** As Ollama stores a model. @param path `registry.ollama.ai/library/llama2/7b` @returns the file of weights */
export function putInOllama(
  folder: string,
  path: string,
  weights: Uint8Array,
  { fileType, seconds = 1000 }: { readonly fileType?: string; readonly seconds?: number } = {},
): string {
  const blob = (content: string | Uint8Array): { digest: string; path: string } => {
    const hash = createHash('sha256').update(content).digest('hex');
    return { digest: `sha256:${hash}`, path: put(join(folder, 'blobs', `sha256-${hash}`), content) };
  };
  const model = blob(weights);
  const config = blob(JSON.stringify({ model_format: 'gguf', ...(fileType && { file_type: fileType }) }));
  const template = blob('{{ .Prompt }}');
  const layers = [
    { mediaType: 'application/vnd.ollama.image.template', digest: template.digest },
    { mediaType: 'application/vnd.ollama.image.model', digest: model.digest },
  ];
  const manifest = { schemaVersion: 2, config: { digest: config.digest }, layers };
  put(join(folder, 'manifests', path), JSON.stringify(manifest), seconds);
  return model.path;
}
