import { t } from '@vscode/l10n';
import type { WeightFormat } from './weightFormat';

/** Where a listed model comes from, with its heading, in the order of the list. */
export const modelSources = {
  recent: t('Recent'),
  workspace: t('Workspace'),
  hf: t('Hugging Face cache'),
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  llamacpp: 'llama.cpp',
  gpt4all: 'GPT4All',
  jan: 'Jan',
  download: t('Downloaded models'),
} as const;

export type ModelSource = keyof typeof modelSources;

/** Tools that keep models in a fixed place. A reference begins with one of them, such as `ollama:llama2:7b`. */
const tools = ['hf', 'ollama', 'lmstudio', 'llamacpp', 'gpt4all', 'jan'] as const;

export type ModelTool = (typeof tools)[number];

/** A model on this machine. */
export interface FoundModel {
  readonly source: ModelSource;
  /** What `--model` and the setting take: a reference, or the path of a model that no tool keeps. */
  readonly reference: string;
  readonly name: string;
  /** A model folder or a file of weights. */
  readonly path: string;
  /** Size of its weights. */
  readonly bytes: number;
  readonly format: WeightFormat;
  /** The number format as its file states it, such as `Q4_K_M` or `BF16`; `null` if that takes more than a glance. */
  readonly precision: string | null;
  /** Time of its last change in milliseconds since 1970. */
  readonly modified: number;
}

/** What to list in addition to the fixed places. */
export interface ModelsRequest {
  /** References and paths, most recently used first. */
  readonly recent: readonly string[];
  /** None if the workspace is not trusted. */
  readonly workspaceFolders: readonly string[];
  /** The folder of models that the extension downloaded. */
  readonly downloads: string | null;
}

/** The tool of a reference and the model's name there; `null` for a path. */
export function parseReference(text: string): { readonly tool: ModelTool; readonly name: string } | null {
  const [, prefix, name = ''] = /^([a-z0-9]+):(.*)$/su.exec(text) ?? [];
  const tool = tools.find((each) => each === prefix);
  return tool === undefined ? null : { tool, name };
}

export function isModelReference(text: string): boolean {
  return parseReference(text) !== null;
}
