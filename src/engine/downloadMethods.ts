import { t } from '@vscode/l10n';
import { join } from 'node:path';
import { ModelError } from '../errors';
import { remoteCacheFolder } from '../model/algebra/cacheFolder';
import { downloadModel } from '../model/hub/download';
import { bytesHere, cleanUpDownload } from '../model/hub/folder';
import { HubHost } from '../model/hub/host';
import { HubManifest } from '../model/hub/manifest';
import { precisionsOf } from '../model/hub/precisions';
import { searchModels } from '../model/hub/search';
import { HubCache } from '../model/hub/hubCache';
import { openRepository, type HubRepository } from '../model/hub/repository';
import {
  isHubModelId,
  isHubRevision,
  type DownloadCalls,
  type DownloadMethod,
} from '../protocol/downloadMessages';
import { formatCount } from '../format/numbers';
import type { Progress } from '../protocol/progress';

export type DownloadMethods = {
  [M in DownloadMethod]: (
    params: DownloadCalls[M]['params'],
    progress: (progress: Progress) => void,
  ) => DownloadCalls[M]['result'] | Promise<DownloadCalls[M]['result']>;
};

/** Mobile connections pause; a lost connection stays silent. */
const stallMilliseconds = 30_000;
/** More frequent progress would only be discarded by the UI. */
const reportMilliseconds = 200;

/** The methods of the download process. All throw ModelErrors for the user. */
export const downloadMethods: DownloadMethods = {
  search: ({ endpoint, query }) => searchModels(new HubHost(endpoint), query),
  precisions: async ({ endpoint, id, revision }) => {
    refuseNames(id, revision);
    const host = new HubHost(endpoint);
    return precisionsOf(host, await openRepository(host, id, revision));
  },
  download: async ({ endpoint, id, revision, models, file }, progress) => {
    refuseNames(id, revision);
    let reported = -Infinity;
    const job = {
      ...{ host: new HubHost(endpoint), id, revision, weights: file, stallMilliseconds },
      models: models ?? join(remoteCacheFolder(), 'downloads'),
      cacheOf: (repository: HubRepository) => new HubCache(repository),
    };
    const { folder, hasOthers, missing } = await downloadModel(job, ({ file, bytes, total }) => {
      const now = performance.now();
      if (now - reported < reportMilliseconds && bytes < total) return;
      reported = now;
      progress({ message: progressText(bytes, total, file), fraction: total === 0 ? null : bytes / total });
    });
    return { folder, precision: hasOthers ? file : '', note: noteOf(id, missing) };
  },
  unfinished: ({ models }) =>
    HubManifest.unfinishedIn(models).flatMap((manifest) =>
      manifest.unfinished.map((file) => ({
        id: manifest.id,
        revision: manifest.revision,
        file,
        bytes: bytesHere(manifest),
      })),
    ),
  cleanUp: ({ models, id, revision }) => {
    refuseNames(id, revision);
    cleanUpDownload(new HubManifest(models, id, revision));
    return null;
  },
};

/** "412 of 1,240 MB (model_q4.onnx)". */
function progressText(bytes: number, total: number, file: string): string {
  const megabytes = (count: number): string => formatCount(Math.floor(count / 1e6));
  return t`${megabytes(bytes)} of ${megabytes(total)} MB (${file.split('/').at(-1) ?? file})`;
}

/** The dialogs check names too, but here they become paths and URLs. */
function refuseNames(id: string, revision: string): void {
  if (!isHubModelId(id))
    throw new ModelError(t`“${id}” is not a model id; it must have the form organization/model.`);
  if (!isHubRevision(revision)) throw new ModelError(t`“${revision}” is not a revision; use main or a tag.`);
}

function noteOf(id: string, missing: readonly string[]): string | null {
  if (missing.length === 0) return null;
  const names = missing.reduce((all, name) => t`${all} and no ${name}`);
  return t`${id} has no ${names}; copy what is missing to the folder from the original model.`;
}
