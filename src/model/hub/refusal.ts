import { ModelError } from '../../errors';

/** The model of a request, for error messages. */
export interface HubSubject {
  readonly id: string;
  readonly revision: string;
  /** The requested file, if any. */
  readonly path?: string;
}

class Unreachable extends ModelError {}

/** Whether the Hub did not answer at all. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Unreachable;
}

/** The error for a Hub that does not respond. */
export function unreachable(error: unknown, name: string): ModelError {
  return new Unreachable(
    `${name} cannot be reached (${codeOf(error)}); check the connection, or copy a model folder to this machine and select it.`,
  );
}

/** The system's error code, such as ENOTFOUND, which fetch hides in the causes of its error. */
export function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return codeOf(cause.errors[0]);
  }
  return error instanceof Error ? error.message : String(error);
}

/** The error for a refused request, with what to do about it. */
export function refusal(response: Response, subject: HubSubject, hasToken: boolean): ModelError {
  const { id } = subject;
  switch (response.status) {
    case 401:
    case 403:
      return new ModelError(
        hasToken
          ? `The token in HF_TOKEN has no access to ${id}; accept the model's terms on its page, or check the token and the spelling.`
          : `${id} is gated, private or does not exist; accept its terms on its page, set the environment variable HF_TOKEN to an access token, and restart VS Code.`,
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
    return `${id} has no revision “${revision}”; use main, or one listed on its page.`;
  if (path !== undefined && code !== 'RepoNotFound')
    return `${id} has no file ${path} in the revision “${revision}”; choose another precision.`;
  return `There is no model ${id} with the revision “${revision}” on the Hub; check the spelling.`;
}
