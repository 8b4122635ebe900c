import { ModelError } from '../../errors';
import * as v from 'valibot';
import { answerMilliseconds, type HubHost } from './host';

/** A file of a repository, as the Hub lists it. */
export interface HubFile {
  readonly path: string;
  readonly bytes: number | null;
  /** Of big files. */
  readonly sha256: string | null;
  /** Changes whenever the content does; null where the Hub does not say. */
  readonly identity: string | null;
}

/** What a revision of a model holds now. */
export interface HubRepository {
  readonly id: string;
  readonly revision: string;
  /** What the revision meant when it was asked: all files of one download are of one commit. */
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
 * Asks the Hub what a model's revision holds. transformers.js asks for one name after the other and has no list; with
 * one request we know all names, sizes and checksums.
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
      `${host.endpoint} does not answer as the Hub does; check the connection and the setting conceptProbe.hubEndpoint.`,
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
