import { isAbsolute, join } from 'node:path';
import type { ModelTool } from '../../protocol/foundModel';
import type { Machine } from './machine';
import { readSmallJson, readSmallText } from './reading';

/**
 * The folders in which each tool keeps its models, those that are searched first at the front. They need not exist.
 *
 * Sources: the tools' documentation (huggingface_hub "Environment variables", Ollama's FAQ, GPT4All "Settings", Jan "Data
 * folder") and, for LM Studio and llama.cpp, their code (`.lmstudio-home-pointer`; fs_get_cache_directory).
 */
export function toolFolders(machine: Machine): Readonly<Record<ModelTool, readonly string[]>> {
  const { home, platform } = machine;
  const env = withoutEmpty(machine.env);
  const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  const roaming = env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  const support = join(home, 'Library', 'Application Support');
  const cache = env['XDG_CACHE_HOME'] ?? join(home, '.cache');
  const data = env['XDG_DATA_HOME'] ?? join(home, '.local', 'share');
  const config = env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const bySystem = <T>(windows: T, mac: T, others: T): T =>
    platform === 'win32' ? windows : platform === 'darwin' ? mac : others;

  const ollama = env['OLLAMA_MODELS'];
  const ollamaService = bySystem([], [], ['/usr/share/ollama/.ollama/models']);
  const llamaCache = bySystem(local, join(home, 'Library', 'Caches'), cache);
  const janData = [
    ...bySystem(
      [join(roaming, 'Jan', 'data')],
      [join(support, 'Jan', 'data')],
      [join(data, 'Jan', 'data'), join(config, 'Jan', 'data')],
    ),
    join(home, 'jan'),
  ];
  return {
    hf: [hubCache(home, env, cache)],
    ollama: ollama !== undefined ? [ollama] : [join(home, '.ollama', 'models'), ...ollamaService],
    lmstudio: lmStudioFolders(home),
    llamacpp: [env['LLAMA_CACHE'] ?? join(llamaCache, 'llama.cpp')],
    gpt4all: [join(bySystem(local, support, data), 'nomic.ai', 'GPT4All'), join(home, '.cache', 'gpt4all')],
    jan: janData.flatMap((folder) => [join(folder, 'llamacpp', 'models'), join(folder, 'models')]),
  };
}

/** An empty variable counts as one that is not set. */
function withoutEmpty(env: Machine['env']): Machine['env'] {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function hubCache(home: string, env: Machine['env'], cache: string): string {
  const own = env['HF_HUB_CACHE'] ?? env['HUGGINGFACE_HUB_CACHE'];
  const folder = own ?? join(env['HF_HOME'] ?? join(cache, 'huggingface'), 'hub');
  return folder.replace(/^~(?=[/\\]|$)/u, home);
}

/** LM Studio records where its data is, and there which folder the user chose for models. */
function lmStudioFolders(home: string): string[] {
  const pointed = readSmallText(join(home, '.lmstudio-home-pointer'))?.trim() ?? '';
  const homes = [pointed, join(home, '.lmstudio'), join(home, '.cache', 'lm-studio')].filter(isAbsolute);
  const folders = homes.flatMap((each) => {
    const chosen = readSmallJson(join(each, 'settings.json'))?.['downloadsFolder'];
    return [...(typeof chosen === 'string' && isAbsolute(chosen) ? [chosen] : []), join(each, 'models')];
  });
  return [...new Set(folders)];
}
