import { ModelError } from '../../errors';
import { refusal, unreachable, type HubSubject } from './refusal';

const defaultEndpoint = 'https://huggingface.co';
/**
 * The Hub's own host names. Apart from them, the token of an environment is sent only to the HF_ENDPOINT of the same
 * environment.
 */
const hubOrigins = [defaultEndpoint, 'https://hf.co'];

/** Time limit for a small answer of the Hub. */
export const answerMilliseconds = 30_000;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A Hub: huggingface.co or a mirror. */
export class HubHost {
  readonly endpoint: string;
  readonly #token: string | undefined;

  /**
   * @param endpoint its address; by default `HF_ENDPOINT`, or else huggingface.co
   * @throws ModelError if the address is not valid
   */
  constructor(endpoint: string | null, environment: Environment = process.env) {
    const wanted = endpoint?.trim() ?? '';
    const named = environment['HF_ENDPOINT']?.trim() ?? '';
    const url = parsed(wanted || named || defaultEndpoint);
    this.endpoint = (url.origin + url.pathname).replace(/\/+$/u, '');
    const isTrusted =
      hubOrigins.includes(url.origin) || (named !== '' && parsed(named).origin === url.origin);
    const token = environment['HF_TOKEN']?.trim() ?? '';
    this.#token = isTrusted && isPrivate(url) && token !== '' ? token : undefined;
  }

  /** The address of a repository's file. */
  fileUrl(id: string, revision: string, path: string): string {
    const file = path.split('/').map(encodeURIComponent).join('/');
    return `${this.endpoint}/${id}/resolve/${encodeURIComponent(revision)}/${file}`;
  }

  /**
   * Sends a request. The token is sent only to the Hub: fetch drops it on a redirect to another host.
   *
   * @throws ModelError if the Hub cannot be reached or refuses; for 404 and 416 only if they are not `expected`
   */
  async get(
    url: string,
    subject: HubSubject,
    options: { headers?: Record<string, string>; signal?: AbortSignal; expected?: readonly number[] } = {},
  ): Promise<Response> {
    const { headers, signal, expected = [] } = options;
    // Sizes and ranges refer to the file itself, so the transfer must not be compressed.
    const all = new Headers({ ...headers, 'Accept-Encoding': 'identity', 'User-Agent': 'concept-probe' });
    if (this.#token !== undefined && url.startsWith(`${this.endpoint}/`))
      all.set('Authorization', `Bearer ${this.#token}`);
    let response: Response;
    try {
      response = await fetch(url, { headers: all, ...(signal ? { signal } : {}) });
    } catch (error) {
      const reason: unknown = signal?.reason;
      // An abort by the caller is passed on; one of the time limit is reported.
      if (signal?.aborted && !(reason instanceof DOMException && reason.name === 'TimeoutError')) throw error;
      throw unreachable(error, this.endpoint === defaultEndpoint ? 'The Hub' : this.endpoint);
    }
    if (response.ok || expected.includes(response.status)) return response;
    await response.body?.cancel();
    throw refusal(response, subject, this.#token !== undefined);
  }
}

function parsed(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === '')
    return url;
  throw new ModelError(
    'The address of the Hub must have the form https://hub.example; check the setting conceptProbe.hubEndpoint and HF_ENDPOINT.',
  );
}

/** Whether the connection cannot be intercepted: HTTPS or this machine. */
function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}
