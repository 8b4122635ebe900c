import { ModelError } from '../../errors';
import { dirname } from 'node:path';
import { refuseSmallDisk } from './disk';
import { downloadFile } from './file';
import { onnxFilesIn } from './folder';
import type { HubHost } from './host';
import { HubLock } from './lock';
import { HubManifest } from './manifest';
import { placeInFolder } from './names';
import { shardsOf } from './precisions';
import { openRepository, type HubFile, type HubRepository } from './repository';
import { externalLocations } from './shards';

/** Files that a model needs in addition to its ONNX file, in this order; the last two only describe how to run it. */
const smallFiles = [
  'config.json',
  'tokenizer.json',
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
  /** The repository's ONNX file that the user chose. */
  readonly onnxFile: string;
  readonly stallMilliseconds: number;
}

export interface HubProgress {
  readonly file: string;
  readonly bytes: number;
  readonly total: number;
}

export interface HubDownload {
  /** The model folder. */
  readonly folder: string;
  /** Whether the folder has other ONNX files. */
  readonly hasOthers: boolean;
  /** Names of needed files that the repository lacks. */
  readonly missing: readonly string[];
}

/**
 * Creates a model folder from one ONNX file of a repository, with its external data, configuration and tokenizer. Files of
 * an earlier run are kept if the Hub still has the same content.
 *
 * @throws ModelError if the Hub refuses or cannot be reached, names lead out of the folder, the disk is too small, or the
 *   received data does not match the Hub's list
 */
export async function downloadModel(
  job: DownloadJob,
  progress: (progress: HubProgress) => void,
): Promise<HubDownload> {
  const { host, id, revision, models, onnxFile } = job;
  const repository = await openRepository(host, id, revision);
  if (!repository.files.has(onnxFile)) {
    throw new ModelError(
      `${id} has no file ${onnxFile} in the revision “${revision}”; choose another precision.`,
    );
  }
  const wanted = [...smallFiles, onnxFile, ...shardsOf(repository, onnxFile)].flatMap(
    (path) => repository.files.get(path) ?? [],
  );
  const manifest = new HubManifest(models, id, revision);
  const { folder } = manifest;
  for (const { path } of wanted) placeInFolder(folder, path);
  const lock = new HubLock(folder, id);
  try {
    await refuseSmallDisk(folder, wanted);
    manifest.setUnfinished(onnxFile, true);
    await downloadAll(job, { repository, manifest, wanted }, progress);
    manifest.setUnfinished(onnxFile, false);
  } finally {
    lock.release();
  }
  const onnxPath = placeInFolder(folder, onnxFile);
  return {
    folder,
    hasOthers: onnxFilesIn(folder).some((path) => path !== onnxPath),
    missing: ['config.json', 'tokenizer.json'].filter((path) => !repository.files.has(path)),
  };
}

interface Target {
  readonly repository: HubRepository;
  readonly manifest: HubManifest;
  /** Grows if the downloaded ONNX file names external data that could not be derived from its own name. */
  readonly wanted: HubFile[];
}

async function downloadAll(
  { host, onnxFile, stallMilliseconds }: DownloadJob,
  { repository, manifest, wanted }: Target,
  progress: (progress: HubProgress) => void,
): Promise<void> {
  const here = new Map<string, number>();
  const report = (file: HubFile, bytes: number): void => {
    here.set(file.path, bytes);
    const total = wanted.reduce((sum, { path, bytes: listed }) => sum + (listed ?? here.get(path) ?? 0), 0);
    progress({ file: file.path, bytes: [...here.values()].reduce((a, b) => a + b, 0), total });
  };
  for (const file of wanted) {
    await downloadFile({
      ...{ host, repository, manifest, file, stallMilliseconds },
      onBytes: (bytes) => {
        report(file, bytes);
      },
    });
    if (file.path === onnxFile) wanted.push(...furtherShards(manifest.folder, repository, onnxFile, wanted));
  }
}

/** External data that the ONNX file names and that is not yet in the list. @throws ModelError if the repository lacks it */
function furtherShards(
  folder: string,
  repository: HubRepository,
  onnxFile: string,
  wanted: readonly HubFile[],
): HubFile[] {
  const base = dirname(onnxFile) === '.' ? '' : `${dirname(onnxFile)}/`;
  const locations = externalLocations(placeInFolder(folder, onnxFile), onnxFile);
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
