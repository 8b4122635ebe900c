import { listModels } from '@huggingface/hub';
import { formatByName, type WeightFormat } from '../../protocol/weightFormat';
import { answerMilliseconds, type HubHost } from './host';
import { hasPlace } from './names';

/** A model that a search finds, and that works here. */
export interface FoundModel {
  readonly id: string;
  readonly downloads: number;
  /** Such as `apache-2.0`; null if it is not stated. */
  readonly license: string | null;
  readonly gated: boolean;
  readonly formats: readonly WeightFormat[];
}

/** Most results have other tasks, or no file that can be read. */
const mostAsked = 100;
const mostFound = 40;
/** What models that predict the next token of a text are for, according to their authors. */
const tasks = [
  'text-generation',
  'text2text-generation',
  'image-text-to-text',
  'any-to-any',
  'conversational',
];

/**
 * Models with this text in their names that generate text and have weights that can be read, the most downloaded first.
 *
 * @throws ModelError if the Hub refuses or cannot be reached
 */
export async function searchModels(host: HubHost, query: string): Promise<FoundModel[]> {
  const found: FoundModel[] = [];
  const models = listModels({
    search: { query },
    sort: 'downloads',
    limit: mostAsked,
    additionalFields: ['filePaths', 'tags'],
    hubUrl: host.endpoint,
    fetch: (request) => {
      const signal = AbortSignal.timeout(answerMilliseconds);
      return host.get(new Request(request).url, { id: query, revision: 'main' }, { signal });
    },
  });
  for await (const { name, task, downloads, gated, tags, filePaths } of models) {
    const formats = new Set(filePaths.filter(hasPlace).flatMap((path) => formatByName(path) ?? []));
    const isTask = task === undefined || tasks.includes(task);
    if (!isTask || formats.size === 0 || found.length === mostFound) continue;
    const license = tags.find((tag) => tag.startsWith('license:'))?.slice('license:'.length) ?? null;
    found.push({ id: name, downloads, license, gated: gated !== false, formats: [...formats] });
  }
  return found;
}
