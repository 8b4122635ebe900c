import { ModelError } from '../../errors';
import { existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from './refusal';
import { contentStart, fullLength, Interruption, rangeHeaders, sizeOf } from './transfer';
import type { HubHost } from './host';
import type { FileOrigin, HubManifest } from './manifest';
import { placeInFolder } from './names';
import type { HubFile, HubRepository } from './repository';
import { verifyFile } from './verify';
import { reasonOf } from '../reasonOf';

export interface FileJob {
  readonly host: HubHost;
  readonly repository: HubRepository;
  readonly manifest: HubManifest;
  readonly file: HubFile;
  /** Number of bytes already downloaded. */
  readonly onBytes: (bytes: number) => void;
  /** A connection without data for this long is dropped; the next attempt follows after a sixtieth of this time. */
  readonly stallMilliseconds: number;
}

/** The download fails after this many consecutive interruptions without new data. */
const mostBreaks = 3;

/**
 * Downloads one file: `NAME.part` grows, possibly over several runs, and is renamed when it is complete.
 *
 * transformers.js can fetch files too, but restarts each from the beginning whenever a connection breaks; a model of many
 * gigabytes needs HTTP ranges.
 *
 * @throws ModelError if the Hub refuses or cannot be reached, or the received data does not match its list
 */
export async function downloadFile(job: FileJob): Promise<void> {
  const { file, manifest } = job;
  const target = placeInFolder(manifest.folder, file.path);
  const part = `${target}.part`;
  mkdirSync(dirname(target), { recursive: true });
  const origin = manifest.originOf(file.path);
  if (!isSame(origin, file) || lstatSync(part, { throwIfNoEntry: false })?.isSymbolicLink()) {
    rmSync(part, { force: true });
  } else if (existsSync(target) && !existsSync(part) && file.bytes === sizeOf(target)) {
    job.onBytes(file.bytes);
    return;
  }
  for (let breaks = 0; ;) {
    const before = sizeOf(part);
    try {
      await receive(job, part);
      break;
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
      breaks = sizeOf(part) > before ? 0 : breaks + 1;
      if (breaks === mostBreaks) {
        throw new ModelError(
          `The download of ${file.path} was interrupted (${error.message}); run the command again to resume it.`,
        );
      }
      await sleep((job.stallMilliseconds / 60) * breaks);
    }
  }
  await verifyFile(part, file);
  renameSync(part, target);
}

/** Whether the data on disk came from the current file of the Hub. */
function isSame(origin: FileOrigin | undefined, file: HubFile): boolean {
  return origin?.identity === file.identity && origin.bytes === file.bytes;
}

/** Requests everything that is missing. @throws Interruption if the connection breaks */
async function receive(job: FileJob, part: string): Promise<void> {
  const { file, manifest, repository } = job;
  const have = sizeOf(part);
  if (file.bytes !== null && have === file.bytes && have > 0) return;
  const { bytes } = file;
  const etag = have > 0 ? (manifest.originOf(file.path)?.etag ?? null) : null;
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(new Interruption(`no data for ${Math.round(job.stallMilliseconds / 1000)} s`));
  }, job.stallMilliseconds);
  try {
    const { id, revision, commit } = repository;
    const response = await job.host.get(
      job.host.fileUrl(id, commit, file.path),
      { id, revision, path: file.path },
      { headers: rangeHeaders(have, etag), signal: controller.signal, expected: [416] },
    );
    const start = contentStart(response);
    const isOther = etag !== null && response.headers.get('etag') !== etag && start > 0;
    if (response.status === 416 || (start !== 0 && start !== have) || isOther) {
      await response.body?.cancel();
      rmSync(part, { force: true });
      throw new Interruption('the file has changed');
    }
    const length = fullLength(response);
    if (bytes !== null && length !== null && length !== bytes) {
      await response.body?.cancel();
      throw new ModelError(
        `The Hub sends ${length} bytes of ${file.path} instead of the ${bytes} that it lists; run the command again to retry.`,
      );
    }
    await write(job, part, start, response, timer);
  } catch (error) {
    if (error instanceof ModelError || error instanceof Interruption) throw error;
    const reason: unknown = controller.signal.reason;
    if (reason instanceof Interruption) throw reason;
    throw new Interruption(codeOf(error));
  } finally {
    clearTimeout(timer);
  }
  const missing = (bytes ?? 0) - sizeOf(part);
  if (missing > 0) throw new Interruption(`${missing} bytes are missing`);
}

async function write(
  { file, manifest, onBytes }: FileJob,
  part: string,
  start: number,
  response: Response,
  timer: NodeJS.Timeout,
): Promise<void> {
  const handle = await open(part, start === 0 ? 'w' : 'a');
  let have = start;
  try {
    // After the part exists, so that an older file of the same size is not mistaken for this one.
    const { identity, bytes } = file;
    manifest.setOrigin(file.path, { identity, bytes, etag: response.headers.get('etag') });
    onBytes(have);
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      timer.refresh();
      have += chunk.length;
      if (file.bytes !== null && have > file.bytes) throw tooLong(file, part);
      await handle.writeFile(chunk).catch((error: unknown) => {
        throw new ModelError(`${file.path} cannot be written (${reasonOf(error)}); check the disk.`);
      });
      onBytes(have);
    }
  } finally {
    await handle.close();
  }
}

function tooLong(file: HubFile, part: string): ModelError {
  rmSync(part, { force: true });
  return new ModelError(
    `The Hub sends more of ${file.path} than the ${file.bytes ?? 0} bytes that it lists; run the command again to retry.`,
  );
}
