import { basename, join, resolve } from 'node:path';
import {
  isModelReference,
  type FoundModel,
  type ModelSource,
  type ModelsRequest,
} from '../../protocol/foundModel';
import { HubManifest } from '../hub/manifest';
import { orUndefined } from '../orUndefined';
import { toolModels } from './folderTools';
import { huggingFaceModels } from './huggingFace';
import type { Machine } from './machine';
import { factsOf } from './modelFacts';
import { ggufStem, modelsBelow } from './modelsBelow';
import { ollamaModels } from './ollama';
import type { PlacedModel } from './placedModel';
import { realPathOf, statsOf } from '../storage/paths';
import { resolveModel } from './resolveModel';
import { toolFolders } from './toolFolders';

/**
 * The models on a machine: the recent ones in their order, then all others, newest first. Reads only directories and the
 * beginnings of files. What is missing, damaged, unreadable or certainly not a language model is left out.
 */
export function listModels(machine: Machine, request: ModelsRequest): FoundModel[] {
  const found = new Map<string, FoundModel>();
  const add = (model: PlacedModel): void => {
    if (found.has(model.reference)) return;
    const facts = factsOf(model.path, model.within);
    if (!facts) return;
    const { source, reference, name, path, precision, datedBy } = model;
    const dated = datedBy === undefined ? undefined : statsOf(datedBy)?.mtimeMs;
    found.set(reference, {
      ...{ source, reference, name, path, bytes: facts.bytes, format: facts.format },
      precision: precision ?? facts.precision,
      modified: dated ?? facts.modified,
    });
  };
  const placed = placedModels(machine, request);
  const known = new Map(placed.map((model) => [model.reference, model]));
  for (const text of request.recent) {
    const model = known.get(text) ?? recentModel(text, machine);
    if (model) add({ ...model, source: 'recent' });
  }
  const recent = [...found.values()];
  placed.forEach(add);
  const others = [...found.values()].slice(recent.length);
  return [...recent, ...others.sort((a, b) => b.modified - a.modified)];
}

function placedModels(machine: Machine, { workspaceFolders, downloads }: ModelsRequest): PlacedModel[] {
  const folders = toolFolders(machine);
  return [
    ...distinct(workspaceFolders).flatMap(workspaceModels),
    ...distinct(folders.hf).flatMap(huggingFaceModels),
    ...distinct(folders.ollama).flatMap(ollamaModels),
    ...(['lmstudio', 'llamacpp', 'gpt4all', 'jan'] as const).flatMap((tool) =>
      distinct(folders[tool]).flatMap((folder) => toolModels(tool, folder)),
    ),
    ...(downloads === null ? [] : downloadedModels(downloads)),
  ];
}

/** The existing ones, without links to one of them. */
function distinct(folders: readonly string[]): string[] {
  const real = new Map<string, string>();
  for (const folder of folders) {
    const path = realPathOf(folder);
    if (path !== undefined && !real.has(path)) real.set(path, folder);
  }
  return [...real.values()];
}

function workspaceModels(root: string): PlacedModel[] {
  return modelsBelow(root, { depth: 3, followLinks: false }).map((parts) => ({
    ...ownModel('workspace', join(root, ...parts), root),
    name: nameIn(parts, basename(root)),
  }));
}

/** In folders such as `ORG--NAME`, next to the records of unfinished downloads. */
function downloadedModels(models: string): PlacedModel[] {
  const unfinished = HubManifest.unfinishedIn(models).flatMap(({ folder, unfinished: files }) =>
    files.map((file) => join(folder, file)),
  );
  return modelsBelow(models, { depth: 1, followLinks: false }).flatMap((parts) => {
    const path = join(models, ...parts);
    if (parts.length === 0 || unfinished.some((file) => file.startsWith(path))) return [];
    return [{ ...ownModel('download', path, models), name: nameIn(parts, '').replace('--', '/') }];
  });
}

function nameIn(parts: readonly string[], rootName: string): string {
  const last = parts.at(-1);
  if (last === undefined) return rootName;
  return last.endsWith('.gguf') ? ggufStem(last) : parts.join('/');
}

function recentModel(text: string, machine: Machine): PlacedModel | undefined {
  if (!isModelReference(text)) return ownModel('recent', text, null);
  const resolved = orUndefined(() => resolveModel(text, machine));
  if (!resolved) return undefined;
  const { path, name = text } = resolved;
  return { source: 'recent', reference: text, name, path, within: null };
}

/** A model that no tool keeps is called by its path. */
function ownModel(source: ModelSource, path: string, within: string | null): PlacedModel {
  const name = path.endsWith('.gguf') ? ggufStem(path) : basename(path);
  return { source, reference: resolve(path), name, path: resolve(path), within };
}
