import { isHubModelId, isHubRevision } from './downloadMessages';

/** A model of the Hub that is read over the network. */
export interface HubReference {
  readonly id: string;
  readonly revision: string;
  /** The file of weights, by its path in the repository; `null` for the best one. */
  readonly file: string | null;
}

const scheme = 'hub:';

/** Whether a model is named by a reference to the Hub rather than by a path. */
export function isHubReference(text: string): boolean {
  return text.startsWith(scheme);
}

/**
 * Reads `hub:ORG/NAME`, `hub:ORG/NAME@REVISION` and `hub:ORG/NAME@REVISION/FILE`. Slashes in the name of a revision are
 * written as `%2F`.
 *
 * @returns undefined if it has another form
 */
export function parseHubReference(text: string): HubReference | undefined {
  const [, id, given, file] = /^hub:([^/@]+\/[^/@]+)(?:@([^/@]+))?(?:\/(.+))?$/u.exec(text.trim()) ?? [];
  const revision = given?.replaceAll(/%2f/giu, '/') ?? 'main';
  if (id === undefined || !isHubModelId(id) || !isHubRevision(revision)) return undefined;
  return { id, revision, file: file ?? null };
}

export function hubReference({ id, revision, file }: HubReference): string {
  const model = `${scheme}${id}@${revision.replaceAll('/', '%2F')}`;
  return file === null ? model : `${model}/${file}`;
}

/** The same model with another of its files; text that is not a reference stays as it is. */
export function withHubFile(text: string, file: string): string {
  const reference = parseHubReference(text);
  return reference ? hubReference({ ...reference, file }) : text;
}
