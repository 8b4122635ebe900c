import { ModelError } from '../../errors';
import * as v from 'valibot';
import { answerMilliseconds, type HubHost } from './host';

/** A file of a repository, as the Hub lists it. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number | null;
  /** Only for large files. */
  readonly sha256: string | null;
  /** Changes whenever the content does; null if the Hub does not provide it. */
  readonly identity: string | null;
}

/** The current contents of a model's revision. */
export interface HubRepository {
  readonly id: string;
  readonly revision: string;
  /** The commit that the revision resolved to: all files of one download come from the same commit. */
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
}

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const answer = v.object({
  sha: v.nullish(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/u))),
  siblings: v.pipe(
    v.array(
      v.object({
        rfilename: v.string(),
        size: v.nullish(size),
        blobId: v.nullish(v.string()),
        lfs: v.nullish(v.object({ sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/u)) })),
      }),
    ),
    v.maxLength(100_000),
  ),
});

/**
 * Lists the files of a model's revision on the Hub. A single request provides the commit, and all names, sizes and checksums:
 * transformers.js requests one name after the other, and `@huggingface/hub` requests the commit (`modelInfo`) and the sizes
 * (`listFiles`) separately, and a branch may move in between.
 *
 * @throws ModelError if there is no such model or revision, it is gated, or the Hub cannot be reached
 */
export async function openRepository(host: HubHost, id: string, revision: string): Promise<HubRepository> {
  const url = `${host.endpoint}/api/models/${id}/revision/${encodeURIComponent(revision)}?blobs=true`;
  const response = await host.get(url, { id, revision }, { signal: AbortSignal.timeout(answerMilliseconds) });
  const text: unknown = await response.json().catch(() => null);
  const { success, output } = v.safeParse(answer, text);
  if (!success) {
    throw new ModelError(
      `${host.endpoint} did not send a valid answer of the Hub; check the connection and the setting conceptProbe.hubEndpoint.`,
    );
  }
  const files = output.siblings.map(({ rfilename, size: bytes, blobId, lfs }): HubFile => ({
    path: rfilename,
    bytes: bytes ?? null,
    sha256: lfs?.sha256 ?? null,
    identity: lfs?.sha256 ?? blobId ?? null,
  }));
  return {
    id,
    revision,
    commit: output.sha ?? revision,
    files: new Map(files.map((file) => [file.path, file])),
  };
}
