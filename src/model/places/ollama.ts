import { join } from 'node:path';
import { isObject } from '../isObject';
import type { PlacedModel } from './placedModel';
import { entriesIn, foldersIn, inside, readSmallJson } from './reading';
import { statsOf } from '../storage/paths';

const [defaultRegistry, defaultNamespace, defaultTag] = ['registry.ollama.ai', 'library', 'latest'];
const modelLayer = 'application/vnd.ollama.image.model';
const digestName = /^sha256:[0-9a-f]{64}$/u;

/** The models of Ollama: `manifests/REGISTRY/NAMESPACE/NAME/TAG` names the file in `blobs/` (Ollama's FAQ). */
export function ollamaModels(folder: string): PlacedModel[] {
  const manifests = join(folder, 'manifests');
  return foldersIn(manifests).flatMap((registry) =>
    foldersIn(join(manifests, registry)).flatMap((namespace) =>
      foldersIn(join(manifests, registry, namespace)).flatMap((name) =>
        entriesIn(join(manifests, registry, namespace, name)).flatMap(({ name: tag, isFolder }) =>
          isFolder ? [] : placed(folder, [registry, namespace, name, tag]),
        ),
      ),
    ),
  );
}

function placed(folder: string, parts: readonly [string, string, string, string]): PlacedModel[] {
  const manifest = join(folder, 'manifests', ...parts);
  const found = readManifest(folder, manifest);
  if (!found) return [];
  const name = shortName(parts);
  return [
    {
      source: 'ollama',
      reference: `ollama:${name}`,
      name,
      path: found.path,
      within: null,
      datedBy: manifest,
      ...(found.precision !== undefined && { precision: found.precision }),
    },
  ];
}

/** As Ollama shows it, without the registry and namespace of its own library. */
function shortName([registry, namespace, name, tag]: readonly [string, string, string, string]): string {
  const isOurs = registry === defaultRegistry;
  const prefix = isOurs && namespace === defaultNamespace ? [] : isOurs ? [namespace] : [registry, namespace];
  return [...prefix, `${name}:${tag}`].join('/');
}

/** The file of weights; `undefined` without one, such as for models that run elsewhere. */
function readManifest(
  folder: string,
  path: string,
): { path: string; precision: string | undefined } | undefined {
  const manifest = readSmallJson(path);
  const layers = manifest?.['layers'];
  if (!manifest || !Array.isArray(layers)) return undefined;
  const layer = (layers as readonly unknown[]).find(
    (each) => isObject(each) && each['mediaType'] === modelLayer,
  );
  const weights = blobOf(folder, layer);
  if (weights === undefined) return undefined;
  const config = blobOf(folder, manifest['config']);
  const type = config === undefined ? undefined : readSmallJson(config)?.['file_type'];
  return { path: weights, precision: typeof type === 'string' && type !== 'unknown' ? type : undefined };
}

/** The file with a layer's digest. Older versions of Ollama wrote its name with a colon. */
function blobOf(folder: string, layer: unknown): string | undefined {
  const digest = isObject(layer) ? layer['digest'] : undefined;
  if (typeof digest !== 'string' || !digestName.test(digest)) return undefined;
  return [digest.replace(':', '-'), digest]
    .map((name) => join(folder, 'blobs', name))
    .find((path) => statsOf(path)?.isFile());
}

/** The file of `[[REGISTRY/]NAMESPACE/]NAME[:TAG]`; `undefined` if Ollama does not have it. */
export function findInOllama(folder: string, text: string): { path: string; name: string } | undefined {
  const parts = text.split('/');
  const [name = '', tag = defaultTag, ...more] = parts.pop()!.split(':');
  const namespace = parts.pop() ?? defaultNamespace;
  const registry = parts.pop() ?? defaultRegistry;
  if (parts.length > 0 || more.length > 0) return undefined;
  const all = [registry, namespace, name, tag] as const;
  const manifest = inside(join(folder, 'manifests'), all);
  const found = manifest === undefined ? undefined : readManifest(folder, manifest);
  return found && { path: found.path, name: shortName(all) };
}
