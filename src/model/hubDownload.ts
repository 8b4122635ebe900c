import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { downloadFile, sizeOf } from './hubFile';
import { onnxFilesIn } from './hubFolder';
import type { HubHost } from './hubHost';
import { HubManifest } from './hubManifest';
import { placeInFolder } from './hubNames';
import { shardsOf } from './hubPrecisions';
import { openRepository, type HubFile, type HubRepository } from './hubRepository';
import { externalLocations } from './hubShards';
import { ModelError } from './modelError';

/** What a model of ours needs beside its ONNX file, in this order; the last two only tell how to run it. */
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
  /** The folder with a folder for each downloaded model. */
  readonly models: string;
  /** The chosen ONNX file of the repository. */
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
  /** Whether the folder has other ONNX files too. */
  readonly hasOthers: boolean;
  /** Names that a model of ours needs and the repository lacks. */
  readonly missing: readonly string[];
}

/**
 * Makes an ordinary model folder of one ONNX file of a repository, with its external data, configuration and tokenizer.
 * What an earlier run brought is kept as far as the Hub still has the same.
 *
 * @throws ModelError if the Hub refuses or cannot be reached, names lead out of the folder, the disk is too small, or
 *   what came is not what the Hub lists
 */
export async function downloadModel(
  job: DownloadJob,
  progress: (progress: HubProgress) => void,
): Promise<HubDownload> {
  const { host, id, revision, models, onnxFile } = job;
  const repository = await openRepository(host, id, revision);
  const chosen = repository.files.get(onnxFile);
  if (!chosen) {
    throw new ModelError(
      `${id} has no file ${onnxFile} in the revision “${revision}”; take another precision.`,
    );
  }
  const wanted = [...smallFiles, onnxFile, ...shardsOf(repository, onnxFile)].flatMap(
    (path) => repository.files.get(path) ?? [],
  );
  const manifest = new HubManifest(models, id, revision);
  const { folder } = manifest;
  for (const { path } of wanted) placeInFolder(folder, path);
  await refuseSmallDisk(folder, wanted);
  manifest.setUnfinished(onnxFile, true);

  const here = new Map<string, number>();
  const report = (file: HubFile, bytes: number): void => {
    here.set(file.path, bytes);
    const total = wanted.reduce((sum, { path, bytes: listed }) => sum + (listed ?? here.get(path) ?? 0), 0);
    progress({ file: file.path, bytes: [...here.values()].reduce((a, b) => a + b, 0), total });
  };
  // The list grows when the ONNX file, once here, names data that its name did not tell of.
  for (const file of wanted) {
    await downloadFile({
      ...{ host, repository, manifest, file, stallMilliseconds: job.stallMilliseconds },
      onBytes: (bytes) => {
        report(file, bytes);
      },
    });
    if (file === chosen) wanted.push(...furtherShards(folder, repository, onnxFile, wanted));
  }
  manifest.setUnfinished(onnxFile, false);
  const onnxPath = placeInFolder(folder, onnxFile);
  return {
    folder,
    hasOthers: onnxFilesIn(folder).some((path) => path !== onnxPath),
    missing: ['config.json', 'tokenizer.json'].filter((path) => !repository.files.has(path)),
  };
}

/** External data that the ONNX file names and that is not to come yet. @throws ModelError if the repository lacks it */
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
      `${onnxFile} keeps its weights in ${path}, which ${repository.id} does not have; take another precision.`,
    );
  });
}

/** @throws ModelError if what is still to come does not fit on the disk */
async function refuseSmallDisk(folder: string, wanted: readonly HubFile[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const needed = wanted.reduce((sum, { path, bytes }) => {
    const target = placeInFolder(folder, path);
    const have = sizeOf(target) === bytes ? sizeOf(target) : sizeOf(`${target}.part`);
    return sum + Math.max(0, (bytes ?? 0) - have);
  }, 0);
  const { bavail, bsize } = await statfs(folder);
  if (needed <= bavail * bsize) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;
  throw new ModelError(
    `The model needs ${megabytes(needed)}, but the disk of ${folder} has only ${megabytes(bavail * bsize)} left; make room or take a smaller precision.`,
  );
}
