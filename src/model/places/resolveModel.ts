import { ModelError } from '../../errors';
import { parseReference } from '../../protocol/foundModel';
import { shown } from '../storage/refusalText';
import { findInTool, isFolderTool } from './folderTools';
import { findInCache } from './huggingFace';
import type { Machine } from './machine';
import { findInOllama } from './ollama';
import { toolFolders } from './toolFolders';

/** Where a model is, and its name if its path does not show it. */
export interface ResolvedModel {
  readonly path: string;
  readonly name?: string;
}

/**
 * The place of a model given by a reference, such as `ollama:llama2:7b`; a path is returned as it is.
 *
 * @throws ModelError if the reference is unknown
 */
export function resolveModel(text: string, machine: Machine): ResolvedModel {
  const reference = parseReference(text);
  if (!reference) return { path: text };
  const { tool } = reference;
  // A file's path is appended with the system's separator.
  const name = reference.name.replaceAll('\\', '/');
  for (const folder of toolFolders(machine)[tool]) {
    const found = isFolderTool(tool)
      ? findInTool(tool, folder, name)
      : tool === 'ollama'
        ? findInOllama(folder, name)
        : pathAlone(findInCache(folder, name));
    if (found) return found;
  }
  throw new ModelError(
    `There is no model ${shown(text)} on this machine; “concept-probe models” lists those that are there.`,
  );
}

function pathAlone(path: string | undefined): ResolvedModel | undefined {
  return path === undefined ? undefined : { path };
}
