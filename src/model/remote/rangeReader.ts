import { setTimeout as sleep } from 'node:timers/promises';
import { ModelError } from '../../errors';
import type { HubHost } from '../hub/host';
import { codeOf, isUnreachable } from '../hub/refusal';
import { contentEnd, contentStart, fullLength, Interruption } from '../hub/transfer';
import type { ByteRange, RemoteFile } from './remoteCalls';

export interface RangeJob {
  readonly host: HubHost;
  readonly file: RemoteFile;
  /** A connection without data for this long is dropped. */
  readonly stallMilliseconds: number;
  /** Called whenever data arrives. */
  readonly onData?: () => void;
}

const atOnce = 6;
/** Reading fails after this many consecutive interruptions without new data. */
const mostBreaks = 3;
/** Longer waits are reported instead. */
const mostWaitSeconds = 60;
const busy = [429, 500, 502, 503, 504];
/** How a storage host answers when an address, which is signed for some minutes, has expired. */
const expired = [400, 401, 403, 404, 410];

/**
 * Reads ranges of one file of the Hub. The Hub redirects to a storage host; its address is used again until it expires, so
 * that the Hub is asked once, not for every range. The token goes to the Hub only.
 *
 * `@huggingface/hub` has a `Blob` of remote files for this (`WebBlob`), which neither resumes, obeys Retry-After, nor
 * notices that a server ignores the range or has another file.
 */
export class RangeReader {
  /** The storage host's address. */
  #address: string | undefined;
  #etag: string | null = null;

  constructor(private readonly job: RangeJob) {}

  /**
   * @param ranges within the file
   * @throws ModelError if the Hub refuses, cannot be reached, or sends something else
   */
  async read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    const results: Uint8Array[] = [];
    let next = 0;
    const readNext = async (): Promise<void> => {
      for (let i = next++; i < ranges.length; i = next++) results[i] = await this.#readOne(ranges[i]!);
    };
    // The first one finds the address for the others.
    if (this.#address === undefined && ranges.length > 1)
      results[next] = await this.#readOne(ranges[next++]!);
    await Promise.all(Array.from({ length: Math.min(atOnce, ranges.length) }, readNext));
    return results;
  }

  async #readOne({ start, end }: ByteRange): Promise<Uint8Array> {
    const { file, stallMilliseconds } = this.job;
    const target = new Uint8Array(end - start);
    let [have, breaks, waited] = [0, 0, 0];
    while (have < target.length) {
      const before = have;
      try {
        await this.#receive(start + have, end, (chunk) => {
          target.set(chunk, have);
          have += chunk.length;
        });
      } catch (error) {
        if (error instanceof Busy) {
          const seconds = error.seconds ?? 2 ** breaks++;
          waited += seconds;
          if (waited > mostWaitSeconds || breaks > mostBreaks) throw error.sentence(file);
          await sleep(seconds * 1000);
          continue;
        }
        if (!(error instanceof Interruption || isUnreachable(error))) throw error;
        breaks = have > before ? 0 : breaks + 1;
        if (breaks >= mostBreaks && isUnreachable(error)) throw error;
        if (breaks >= mostBreaks)
          throw new ModelError(
            `Reading ${file.path} of ${file.id} was interrupted (${reasonIn(error)}); check the connection, and try again.`,
          );
        await sleep((stallMilliseconds / 60) * breaks);
      }
    }
    return target;
  }

  /** Requests [start, end) once. @throws Interruption if the connection breaks */
  async #receive(start: number, end: number, take: (chunk: Uint8Array) => void): Promise<void> {
    const { stallMilliseconds, onData } = this.job;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      controller.abort(new Interruption(`no data for ${Math.round(stallMilliseconds / 1000)} s`));
    }, stallMilliseconds);
    try {
      const response = await this.#request(start, end, controller.signal);
      try {
        this.#check(response, start, end);
        let at = start;
        for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
          timer.refresh();
          onData?.();
          if (at + chunk.length > end) throw this.#otherFile(`more than the ${end - start} bytes asked for`);
          at += chunk.length;
          take(chunk);
        }
        if (at < end) throw new Interruption(`${end - at} bytes are missing`);
      } finally {
        // Also of a response that is not wanted, such as a whole file of many gigabytes.
        controller.abort();
      }
    } catch (error) {
      if (error instanceof ModelError || error instanceof Interruption || error instanceof Busy) throw error;
      const reason: unknown = controller.signal.reason;
      throw reason instanceof Interruption ? reason : new Interruption(codeOf(error));
    } finally {
      clearTimeout(timer);
    }
  }

  async #request(start: number, end: number, signal: AbortSignal): Promise<Response> {
    const { host, file } = this.job;
    const { id, revision, commit, path } = file;
    const headers = { Range: `bytes=${start}-${end - 1}` };
    const get = (url: string, more: readonly number[]): Promise<Response> =>
      host.get(url, { id, revision, path }, { headers, signal, expected: [...busy, 416, ...more] });
    const known = this.#address;
    let response = known === undefined ? undefined : await get(known, expired);
    if (!response || expired.includes(response.status)) {
      await response?.body?.cancel();
      this.#address = undefined;
      const url = host.fileUrl(id, commit, path);
      response = await get(url, []);
      // Small files come from the Hub itself, which may need the token each time.
      if (new URL(response.url).origin !== new URL(url).origin) this.#address = response.url;
    }
    if (!busy.includes(response.status)) return response;
    await response.body?.cancel();
    throw new Busy(response);
  }

  /** @throws ModelError unless it is the requested range of the listed file */
  #check(response: Response, start: number, end: number): void {
    const { bytes } = this.job.file;
    const isWhole = start === 0 && end === bytes;
    if (response.status === 200 && !isWhole) throw this.#withoutRanges();
    const length = fullLength(response);
    if (response.status === 416) throw this.#shorterFile(start, end);
    if (length !== null && length !== bytes)
      throw this.#otherFile(`a file of ${length} bytes instead of ${bytes}`);
    if (response.status === 206 && (contentStart(response) !== start || contentEnd(response) !== end))
      throw this.#otherFile('another range');
    const etag = response.headers.get('etag');
    if (this.#etag !== null && etag !== null && etag !== this.#etag)
      throw this.#otherFile('another file than before');
    this.#etag ??= etag;
  }

  #withoutRanges(): ModelError {
    const { path, id } = this.job.file;
    return new ModelError(
      `The server sends ${path} of ${id} only as a whole, so its rows cannot be read over the network; download the model instead.`,
    );
  }

  #shorterFile(start: number, end: number): ModelError {
    const { path, id } = this.job.file;
    return new ModelError(
      `The server does not have the bytes ${start} to ${end} of ${path} of ${id}, although the Hub lists them; open the model again, or download it instead.`,
    );
  }

  #otherFile(what: string): ModelError {
    const { path, id } = this.job.file;
    return new ModelError(
      `The server sends ${what} for ${path} of ${id}; open the model again, or download it instead.`,
    );
  }
}

function reasonIn(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The Hub asks to wait. */
class Busy extends Error {
  /** `null` if it does not say how long. */
  readonly seconds: number | null;
  readonly #status: number;

  constructor({ status, headers }: Response) {
    super(`status ${status}`);
    this.#status = status;
    this.seconds = secondsOf(headers.get('retry-after'));
  }

  sentence({ path, id }: RemoteFile): ModelError {
    const when = this.seconds === null ? 'later' : `in ${Math.ceil(this.seconds)} s`;
    return new ModelError(
      this.#status === 429
        ? `The Hub limits how often ${id} may be read; try again ${when}, or set the environment variable HF_TOKEN, which raises the limit.`
        : `The Hub answered ${this.#status} for ${path} of ${id}; try again ${when}.`,
    );
  }
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(text: string | null): number | null {
  if (text === null) return null;
  const seconds = /^\d+$/u.test(text.trim()) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
