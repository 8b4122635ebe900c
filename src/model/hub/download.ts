import { ModelError } from '../../errors';
import { dirname } from 'node:path';
import { refuseSmallDisk } from './disk';
import { downloadFile } from './file';
import { removeDownload, weightsIn } from './folder';
import type { HubCache } from './hubCache';
import type { HubHost } from './host';
import { HubLock } from './lock';
import { HubManifest } from './manifest';
import { placeInFolder } from './names';
import { shardsOf } from './precisions';
import { openRepository, type HubFile, type HubRepository } from './repository';
import { externalLocations } from './shards';

/** Files that a model needs in addition to its weights, in this order; the last two only describe how to run it. */
const smallFiles = [
  'config.json',
  'tokenizer.json',
  'tokenizer.model',
  'tokenizer_config.json',
  'generation_config.json',
  'genai_config.json',
];

export interface DownloadJob {
  readonly host: HubHost;
  readonly id: string;
  readonly revision: string;
  /** The folder that contains one folder per downloaded model. */
  readonly models: string;
  /** The repository's file of weights that the user chose. */
  readonly weights: string;
  readonly stallMilliseconds: number;
  /** Opens the cache that the complete model is put into; without one it stays in its own folder. */
  readonly cacheOf?: (repository: HubRepository) => HubCache;
}

export interface HubProgress {
  readonly file: string;
  readonly bytes: number;
  readonly total: number;
}

export interface HubDownload {
  /** The model folder. */
  readonly folder: string;
  /** Whether the folder has other files of weights. */
  readonly hasOthers: boolean;
  /** Names of needed files that the repository lacks. */
  readonly missing: readonly string[];
}

/**
 * Creates a model folder from one file of weights of a repository, with its external data, shards or parts, its configuration
 * and tokenizer. Files of an earlier run are kept if the Hub still has the same content. The files of an unfinished download
 * are in a folder of its own; when all are complete, they are put into the Hugging Face cache.
 *
 * @throws ModelError if the Hub refuses or cannot be reached, names lead out of the folder, the disk is too small, or the
 *   received data does not match the Hub's list
 */
export async function downloadModel(
  job: DownloadJob,
  progress: (progress: HubProgress) => void,
): Promise<HubDownload> {
  const { host, id, revision, models, weights } = job;
  const repository = await openRepository(host, id, revision);
  if (!repository.files.has(weights)) {
    throw new ModelError(
      `${id} has no file ${weights} in the revision “${revision}”; choose another precision.`,
    );
  }
  const wanted = [...smallFiles, weights, ...shardsOf(repository, weights)].flatMap(
    (path) => repository.files.get(path) ?? [],
  );
  const manifest = new HubManifest(models, id, revision);
  const { folder } = manifest;
  const cache = job.cacheOf?.(repository);
  // A version that did not use the cache left a complete model, which someone may have selected.
  const unfinished = manifest.unfinished.map((path) => placeInFolder(folder, path));
  const isOlder = weightsIn(folder).some((path) => !unfinished.includes(path));
  for (const { path } of wanted) placeInFolder(folder, path);
  const lock = new HubLock(folder, id);
  try {
    await refuseSmallDisk(
      folder,
      wanted.filter((file) => !cache?.pathOf(file)),
    );
    manifest.setUnfinished(weights, true);
    await downloadAll(job, { repository, manifest, wanted, cache }, progress);
    const place = cache?.add(wanted, folder) ?? folder;
    manifest.setUnfinished(weights, false);
    if (cache && !isOlder) removeDownload(manifest, weights);
    const own = placeInFolder(place, weights);
    return {
      folder: place,
      hasOthers: weightsIn(place).some((path) => path !== own),
      // A GGUF file has both.
      missing: weights.endsWith('.gguf')
        ? []
        : ['config.json', 'tokenizer.json'].filter((path) => !repository.files.has(path)),
    };
  } finally {
    lock.release();
  }
}

interface Target {
  readonly repository: HubRepository;
  readonly manifest: HubManifest;
  readonly cache: HubCache | undefined;
  /** Grows if the downloaded ONNX file names external data that could not be derived from its own name. */
  readonly wanted: HubFile[];
}

async function downloadAll(
  { host, weights, stallMilliseconds }: DownloadJob,
  { repository, manifest, wanted, cache }: Target,
  progress: (progress: HubProgress) => void,
): Promise<void> {
  const here = new Map<string, number>();
  const report = (file: HubFile, bytes: number): void => {
    here.set(file.path, bytes);
    const total = wanted.reduce((sum, { path, bytes: listed }) => sum + (listed ?? here.get(path) ?? 0), 0);
    progress({ file: file.path, bytes: [...here.values()].reduce((a, b) => a + b, 0), total });
  };
  for (const file of wanted) {
    const known = cache?.pathOf(file);
    if (known === undefined)
      await downloadFile({
        ...{ host, repository, manifest, file, stallMilliseconds },
        onBytes: (bytes) => {
          report(file, bytes);
        },
      });
    else report(file, file.bytes ?? 0);
    if (file.path !== weights || !weights.endsWith('.onnx')) continue;
    const path = known ?? placeInFolder(manifest.folder, weights);
    wanted.push(...furtherShards(path, { repository, folder: manifest.folder, onnxFile: weights, wanted }));
  }
}

/** External data that the ONNX file names and that is not yet in the list. @throws ModelError if the repository lacks it */
function furtherShards(
  onnxPath: string,
  {
    repository,
    folder,
    onnxFile,
    wanted,
  }: { repository: HubRepository; folder: string; onnxFile: string; wanted: readonly HubFile[] },
): HubFile[] {
  const base = dirname(onnxFile) === '.' ? '' : `${dirname(onnxFile)}/`;
  const locations = externalLocations(onnxPath, onnxFile);
  return locations.flatMap((location) => {
    const path = base + location.replace(/^(\.\/)+/u, '');
    placeInFolder(folder, path);
    if (wanted.some((file) => file.path === path)) return [];
    const file = repository.files.get(path);
    if (file) return [file];
    throw new ModelError(
      `${onnxFile} keeps its weights in ${path}, which ${repository.id} does not have; choose another precision.`,
    );
  });
}
