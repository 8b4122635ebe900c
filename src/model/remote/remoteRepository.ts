import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../../errors';
import type { HubReference } from '../../protocol/hubReference';
import { remoteCacheFolder } from '../algebra/cacheFolder';
import type { HubRepository } from '../hub/repository';
import { orUndefined } from '../orUndefined';
import { writeWhole } from '../writeWhole';
import type { RemoteCalls } from './remoteCalls';
import { callHub, UnreachableError } from './remoteThread';

type Listed = RemoteCalls['list']['result'];

/**
 * The files of a repository: of a commit from the last time, otherwise from the Hub. If that cannot be reached, those of the
 * last time serve, since many rows may be on this machine.
 *
 * @throws ModelError if there is no such model or revision, it is gated, or the Hub cannot be reached
 */
export function listRepository({ id, revision }: Pick<HubReference, 'id' | 'revision'>): HubRepository {
  const isCommit = /^[\da-f]{40}$/u.test(revision);
  const known = isCommit ? knownList(id, revision) : undefined;
  return toRepository(known ?? askedList(id, revision));
}

/** Where the small files of a commit are kept. */
export function snapshotFolder({ id, commit }: HubRepository): string {
  if (!/^[\w.-]+$/u.test(commit))
    throw new ModelError(`The Hub names no commit of ${id}; download the model instead.`);
  return join(repositoryFolder(id), 'snapshots', commit);
}

function askedList(id: string, revision: string): Listed {
  try {
    const listed = callHub('list', { id, revision });
    keep(listPath(id, revision), listed);
    return listed;
  } catch (error) {
    const known = error instanceof UnreachableError ? knownList(id, revision) : undefined;
    if (known) return known;
    throw error;
  }
}

function keep(path: string, listed: Listed): void {
  // If it cannot be written, it is requested again.
  orUndefined(() => {
    writeWhole(path, Buffer.from(JSON.stringify(listed)));
  });
}

function knownList(id: string, revision: string): Listed | undefined {
  try {
    const listed = JSON.parse(readFileSync(listPath(id, revision), 'utf8')) as Listed;
    return listed.id === id && Array.isArray(listed.files) ? listed : undefined;
  } catch {
    return undefined;
  }
}

function listPath(id: string, revision: string): string {
  return join(repositoryFolder(id), 'lists', `${revision.replaceAll('/', '~')}.json`);
}

/** As in the Hugging Face cache, so that the folder has the model's name (see modelFolder.ts). */
function repositoryFolder(id: string): string {
  return join(remoteCacheFolder(), `models--${id.replace('/', '--')}`);
}

function toRepository({ files, ...about }: Listed): HubRepository {
  return { ...about, files: new Map(files.map((file) => [file.path, file])) };
}
