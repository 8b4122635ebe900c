import { join } from 'node:path';
import { ggufStem, modelsBelow } from './modelsBelow';
import type { PlacedModel } from './placedModel';
import { entriesIn, foldersIn, inside, readSmallText } from './reading';
import { statsOf } from '../storage/paths';

const prefix = 'models--';
const commitName = /^[0-9a-f]{40}$/u;
const bounds = { depth: 2, followLinks: false };

/** The models in a Hugging Face cache: what its revisions point to, or every snapshot if none does. */
export function huggingFaceModels(cache: string): PlacedModel[] {
  return foldersIn(cache).flatMap((folder) => {
    if (!folder.startsWith(prefix)) return [];
    const repository = join(cache, folder);
    const [organization, ...rest] = folder.slice(prefix.length).split('--');
    const id = [organization, ...(rest.length > 0 ? [rest.join('--')] : [])].join('/');
    return currentSnapshots(repository).flatMap(({ revision, snapshot }) =>
      modelsBelow(snapshot, bounds).map((parts): PlacedModel => {
        const at = revision === 'main' ? '' : `@${revision}`;
        return {
          source: 'hf',
          reference: `hf:${[`${id}@${revision}`, ...parts].join('/')}`,
          name: parts.at(-1)?.endsWith('.gguf')
            ? ggufStem(parts.at(-1)!) + at
            : [id, ...parts].join('/') + at,
          path: join(snapshot, ...parts),
          within: repository,
        };
      }),
    );
  });
}

interface Snapshot {
  readonly revision: string;
  readonly snapshot: string;
}

/** One for each commit, under the name `main` if it has several. */
function currentSnapshots(repository: string): Snapshot[] {
  const revisions = refsIn(join(repository, 'refs'), []);
  const order = [...revisions].sort((a, b) => Number(b === 'main') - Number(a === 'main'));
  const known = new Map<string, string>();
  for (const revision of order) {
    const snapshot = snapshotOf(repository, revision);
    if (snapshot !== undefined && !known.has(snapshot)) known.set(snapshot, revision);
  }
  if (known.size > 0) return [...known].map(([snapshot, revision]) => ({ revision, snapshot }));
  return foldersIn(join(repository, 'snapshots'))
    .filter((name) => commitName.test(name))
    .map((name) => ({ revision: name, snapshot: join(repository, 'snapshots', name) }));
}

/** The names of branches, tags and, as `refs/pr/1`, requests: files, at most three folders deep. */
function refsIn(folder: string, parts: readonly string[]): string[] {
  return entriesIn(folder).flatMap(({ name, isFolder }) => {
    const path = [...parts, name];
    if (!isFolder) return [path.join('/')];
    return path.length < 4 ? refsIn(join(folder, name), path) : [];
  });
}

/** The folder of a branch, tag or commit; `undefined` if it is not in the cache. */
function snapshotOf(repository: string, revision: string): string | undefined {
  const ref = inside(join(repository, 'refs'), revision.split('/'));
  const text = ref === undefined ? undefined : readSmallText(ref)?.trim();
  const commit = text ?? revision;
  const folder = join(repository, 'snapshots', commit);
  return commitName.test(commit) && statsOf(folder)?.isDirectory() ? folder : undefined;
}

/**
 * The path of `ORG/NAME[@REVISION[/FILE]]`, where the revision is `main` if it is not given; `undefined` if the cache does
 * not have it.
 */
export function findInCache(cache: string, name: string): string | undefined {
  const [id = '', ...rest] = name.split('@');
  const repository = inside(cache, [prefix + id.replaceAll('/', '--')]);
  if (repository === undefined) return undefined;
  if (rest.length === 0) return snapshotOf(repository, 'main') ?? currentSnapshots(repository)[0]?.snapshot;
  const parts = rest.join('@').split('/');
  for (let length = parts.length; length > 0; length--) {
    const snapshot = snapshotOf(repository, parts.slice(0, length).join('/'));
    const path = snapshot && inside(snapshot, parts.slice(length));
    if (path !== undefined && statsOf(path)) return path;
  }
  return undefined;
}
