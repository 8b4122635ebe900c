import { ModelError } from '../../errors';

/** Which model a request is about, for the sentence when it is refused. */
export interface HubSubject {
  readonly id: string;
  readonly revision: string;
  /** Its file, where it is about one. */
  readonly path?: string;
}

/** The one sentence for a Hub that does not answer at all. */
export function unreachable(error: unknown, name: string): ModelError {
  return new ModelError(
    `${name} cannot be reached (${codeOf(error)}); check the connection, or copy a model folder and select it.`,
  );
}

/** The system's name of what went wrong, as ENOTFOUND: fetch hides it in its error's causes. */
export function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return codeOf(cause.errors[0]);
  }
  return error instanceof Error ? error.message : String(error);
}

/** Why the Hub did not give what was asked for, and what to do. */
export function refusal(response: Response, subject: HubSubject, hasToken: boolean): ModelError {
  const { id } = subject;
  switch (response.status) {
    case 401:
    case 403:
      return new ModelError(
        hasToken
          ? `The Hub does not give ${id} to the token in HF_TOKEN; accept the model's terms on its page, or check the token and the spelling.`
          : `${id} is gated, private or not there; accept its terms on its page, set the environment variable HF_TOKEN to an access token, and start VS Code again.`,
      );
    case 404:
      return new ModelError(notFound(subject, response.headers.get('x-error-code')));
    default:
      return new ModelError(
        `The Hub answered ${response.status} for ${subject.path ?? id}; try again later.`,
      );
  }
}

function notFound({ id, revision, path }: HubSubject, code: string | null): string {
  if (code === 'RevisionNotFound')
    return `${id} has no revision “${revision}”; take main, or one that its page lists.`;
  if (path !== undefined && code !== 'RepoNotFound')
    return `${id} has no file ${path} in the revision “${revision}”; take another precision.`;
  return `There is no model ${id} with the revision “${revision}” on the Hub; check the spelling.`;
}
