import { ModelError } from '../../errors';
import { refusal, unreachable, type HubSubject } from './refusal';

const defaultEndpoint = 'https://huggingface.co';
/** The Hub's own names; beside them only the HF_ENDPOINT of the same environment gets to see that environment's token. */
const hubOrigins = [defaultEndpoint, 'https://hf.co'];

/** How long the Hub may think about a small answer. */
export const answerMilliseconds = 30_000;

export type Environment = Readonly<Record<string, string | undefined>>;

/** A Hub to ask: huggingface.co, or a mirror. */
export class HubHost {
  readonly endpoint: string;
  readonly #token: string | undefined;

  /**
   * @param endpoint its address; without one `HF_ENDPOINT`, and without that huggingface.co
   * @throws ModelError if the address is none
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
   * Asks. The token goes to the Hub only: fetch drops it where the answer leads to another host.
   *
   * @throws ModelError if the Hub cannot be reached or refuses; 404 and 416 only where they are not `expected`
   */
  async get(
    url: string,
    subject: HubSubject,
    options: { headers?: Record<string, string>; signal?: AbortSignal; expected?: readonly number[] } = {},
  ): Promise<Response> {
    const { headers, signal, expected = [] } = options;
    // Sizes and ranges are those of the file as it is, so it must not be compressed on the way.
    const all = new Headers({ ...headers, 'Accept-Encoding': 'identity', 'User-Agent': 'concept-probe' });
    if (this.#token !== undefined && url.startsWith(`${this.endpoint}/`))
      all.set('Authorization', `Bearer ${this.#token}`);
    let response: Response;
    try {
      response = await fetch(url, { headers: all, ...(signal ? { signal } : {}) });
    } catch (error) {
      const reason: unknown = signal?.reason;
      // The caller stopped it and knows why; a signal that only limits the time is nobody's.
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
    'The address of the Hub must be like https://hub.example; check the setting conceptProbe.hubEndpoint and HF_ENDPOINT.',
  );
}

/** Whether nobody on the way can read along. */
function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
}
