import { join } from 'node:path';
import type { ModelTool } from '../../protocol/foundModel';
import { ggufStem, modelsBelow } from './modelsBelow';
import type { PlacedModel } from './placedModel';
import { inside } from './reading';
import { statsOf } from '../storage/paths';

/** The tools that keep models as plain files in folders, and how deep. */
const depths = { lmstudio: 3, llamacpp: 0, gpt4all: 0, jan: 4 } as const;

export type FolderTool = keyof typeof depths;

export function isFolderTool(tool: ModelTool): tool is FolderTool {
  return Object.hasOwn(depths, tool);
}

/** References are the paths from the tool's folder: `lmstudio:PUBLISHER/NAME/FILE`. */
export function toolModels(tool: FolderTool, folder: string): PlacedModel[] {
  return modelsBelow(folder, { depth: depths[tool], followLinks: true }).flatMap((parts) => {
    if (parts.length === 0) return [];
    const path = join(folder, ...parts);
    return [
      { source: tool, reference: `${tool}:${parts.join('/')}`, name: nameOf(parts), path, within: null },
    ];
  });
}

/** Jan calls its files `model.gguf`, in a folder with the model's name. */
function nameOf(parts: readonly string[]): string {
  const file = parts.at(-1)!;
  if (!file.endsWith('.gguf')) return parts.join('/');
  return file === 'model.gguf' && parts.length > 1 ? parts.slice(0, -1).join('/') : ggufStem(file);
}

/** `undefined` if the tool's folder does not have it. `name`: if the path does not show it. */
export function findInTool(
  tool: FolderTool,
  folder: string,
  text: string,
): { path: string; name?: string } | undefined {
  const parts = text.split('/');
  const path = inside(folder, parts);
  if (path === undefined || !statsOf(path)) return undefined;
  // These keep all models in one folder.
  return depths[tool] === 0 ? { path, name: nameOf(parts) } : { path };
}
