import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

interface SeenRequest {
  readonly url: string;
  readonly range: string | null;
  readonly authorization: string | null;
  /** Whether the request was sent to the other host, which stores large files. */
  readonly isStorage: boolean;
}

/** A problem that affects a file from now on. */
export interface Trouble {
  /**
   * Closes the connection after this number of bytes of each response, sends nothing beyond this number of bytes of the
   * file until {@link FakeHub.goOn}, sends more than the file contains, answers with the whole file whatever range is asked
   * for, states another ETag in every response, or sends the bytes of another range.
   */
  readonly kind: 'break' | 'stall' | 'too many' | 'no ranges' | 'other etag' | 'other range';
  readonly after: number;
}

/** A model that a search finds. */
export interface FoundModel {
  readonly id: string;
  readonly downloads: number;
  readonly gated: false | 'auto' | 'manual';
  readonly license: string;
  readonly files: readonly string[];
  readonly task?: string;
}

/**
 * A Hub on 127.0.0.1 with one model: its list of files, its URLs, its storage on another host (port) with ranges and ETags,
 * and its error responses.
 */
export class FakeHub {
  readonly id = 'tiny-org/tiny-model';
  readonly requests: SeenRequest[] = [];
  /** Bytes sent of each file. */
  readonly sent = new Map<string, number>();
  readonly troubles = new Map<string, Trouble>();
  /** Wrong sizes in the list of files. */
  readonly lies = new Map<string, number>();
  /** Status of all responses except the list. */
  gate: 401 | 403 | null = null;
  /** Number of responses of files that ask to wait from now on. */
  throttled = 0;
  /** In seconds. */
  retryAfter = 1;
  /** Number of requests after which an address of the storage host expires. */
  addressLasts = Infinity;
  /** Other models that a search finds. */
  readonly found: FoundModel[] = [];
  /** Number of responses that wait to continue. */
  stalled = 0;
  readonly #goOn: (() => void)[] = [];
  /** Number of requests for each address. */
  readonly #used = new Map<string, number>();
  #addresses = 0;

  private constructor(
    readonly files: Map<string, Buffer>,
    private readonly hub: Server,
    private readonly storage: Server,
  ) {}

  static async start(files: ReadonlyMap<string, Buffer>): Promise<FakeHub> {
    const servers = [createServer(), createServer()] as const;
    const hub = new FakeHub(new Map(files), ...servers);
    servers[0].on('request', (request: IncomingMessage, response: ServerResponse) => {
      hub.#answer(request, response);
    });
    servers[1].on('request', (request: IncomingMessage, response: ServerResponse) => {
      hub.#note(request, true);
      hub.#answerStorage(request, response);
    });
    for (const server of servers)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return hub;
  }

  get endpoint(): string {
    return addressOf(this.hub);
  }

  /** Changes with the content of any file. */
  get commit(): string {
    const all = [...this.files].map(([path, bytes]) => `${path} ${sha256(bytes)}`).join();
    return createHash('sha1').update(all).digest('hex');
  }

  /** Resumes stalled responses and disables further stalls. */
  goOn(): void {
    this.troubles.clear();
    for (const resolve of this.#goOn.splice(0)) resolve();
  }

  /** Clears the recorded requests. */
  forget(): void {
    this.requests.length = 0;
    this.sent.clear();
  }

  async close(): Promise<void> {
    this.goOn();
    for (const server of [this.hub, this.storage]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #note({ url = '', headers }: IncomingMessage, isStorage: boolean): void {
    const { range = null, authorization = null } = headers;
    this.requests.push({ url, range, authorization, isStorage });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.#note(request, false);
    const { pathname } = new URL(request.url ?? '', this.endpoint);
    const [, revision] = /^\/api\/models\/tiny-org\/tiny-model\/revision\/(.+)$/u.exec(pathname) ?? [];
    const [, asked, path] = /^\/tiny-org\/tiny-model\/resolve\/([^/]+)\/(.+)$/u.exec(pathname) ?? [];
    if (pathname === '/api/models') this.#search(request, response);
    else if (revision !== undefined) this.#list(decodeURIComponent(revision), response);
    else if (this.gate !== null) refuse(response, this.gate, 'GatedRepo');
    else if (path === undefined) refuse(response, 404, 'RepoNotFound');
    else if (asked !== this.commit) refuse(response, 404, 'RevisionNotFound');
    else if (!isLarge(path)) void this.#send(decodeURIComponent(path), request, response);
    else {
      const location = `${addressOf(this.storage)}/storage/${path}?signature=${this.#addresses++}`;
      response.writeHead(302, { location }).end();
    }
  }

  /** Addresses of the storage host are signed, and expire. */
  #answerStorage(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search } = new URL(request.url ?? '', 'http://storage');
    const used = (this.#used.get(search) ?? 0) + 1;
    this.#used.set(search, used);
    if (used > this.addressLasts) refuse(response, 403, 'Expired');
    else if (this.throttled > 0) {
      this.throttled--;
      response.writeHead(429, { 'retry-after': String(this.retryAfter) }).end();
    } else void this.#send(decodeURIComponent(pathname.slice('/storage/'.length)), request, response);
  }

  #search({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const query = new URL(url, this.endpoint).searchParams.get('search') ?? '';
    const own: FoundModel = {
      id: this.id,
      downloads: 12_345,
      gated: false,
      license: 'mit',
      files: [...this.files.keys()],
    };
    const found = [own, ...this.found].filter(({ id }) => id.toLowerCase().includes(query.toLowerCase()));
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        found.map(({ id, downloads, gated, license, files, task = 'text-generation' }: FoundModel) => ({
          ...{ _id: id, id, downloads, gated, likes: 1, private: false, pipeline_tag: task },
          tags: ['transformers', `license:${license}`],
          siblings: files.map((rfilename) => ({ rfilename })),
          lastModified: '2024-01-01T00:00:00.000Z',
        })),
      ),
    );
  }

  #list(revision: string, response: ServerResponse): void {
    if (!['main', 'v1', this.commit].includes(revision)) {
      refuse(response, 404, 'RevisionNotFound');
      return;
    }
    const siblings = [...this.files].map(([path, bytes]) => ({
      rfilename: path,
      size: this.lies.get(path) ?? bytes.length,
      blobId: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
      ...(isLarge(path) ? { lfs: { sha256: sha256(bytes), size: bytes.length, pointerSize: 130 } } : {}),
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: this.id, sha: this.commit, siblings }));
  }

  /** Waits for {@link goOn}. @returns whether the other side waited too */
  async #stall({ socket }: IncomingMessage): Promise<boolean> {
    this.stalled++;
    const isHere = await new Promise<boolean>((resolve) => {
      const leave = (): void => {
        resolve(false);
      };
      socket.once('end', leave).once('close', leave);
      this.#goOn.push(() => {
        resolve(true);
      });
    });
    this.stalled--;
    return isHere;
  }

  async #send(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = this.files.get(path);
    if (!bytes) {
      refuse(response, 404, 'EntryNotFound');
      return;
    }
    const trouble = this.troubles.get(path);
    const etag = trouble?.kind === 'other etag' ? `"${this.#addresses++}"` : `"${sha256(bytes)}"`;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '') ?? [];
    const isSame = [undefined, etag].includes(request.headers['if-range'] as string);
    const isPart = from !== undefined && isSame && trouble?.kind !== 'no ranges';
    const start = isPart ? Number(from) : 0;
    if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const close = isPart && to ? Math.min(Number(to) + 1, bytes.length) : bytes.length;
    const length = close - start;
    const shift = trouble?.kind === 'other range' ? 1 : 0;
    const range = { 'content-range': `bytes ${start + shift}-${close - 1 + shift}/${bytes.length}` };
    response.writeHead(isPart ? 206 : 200, {
      etag,
      ...(isPart ? range : {}),
      ...(trouble?.kind === 'too many' ? {} : { 'content-length': length }),
    });
    const end = endOf(start, close, trouble);
    this.sent.set(path, (this.sent.get(path) ?? 0) + end - start);
    await new Promise<void>((resolve) => {
      response.write(bytes.subarray(start, end), () => {
        resolve();
      });
    });
    if (trouble?.kind === 'break') {
      // Gives the written data time to be sent before the connection is closed.
      await sleep(50);
      response.destroy();
      return;
    }
    if (trouble?.kind === 'stall' && !(await this.#stall(request))) return;
    this.sent.set(path, (this.sent.get(path) ?? 0) + close - end);
    response.write(bytes.subarray(end, close));
    response.end(trouble?.kind === 'too many' ? Buffer.alloc(1000) : undefined);
  }
}

/** Files that a repository keeps in large-file storage. */
function isLarge(path: string): boolean {
  return path.includes('.onnx') || /\.(?:safetensors|gguf|model)$/u.test(path);
}

function endOf(start: number, length: number, trouble: Trouble | undefined): number {
  if (!trouble || !['break', 'stall', 'too many'].includes(trouble.kind)) return length;
  const end = trouble.kind === 'stall' ? trouble.after : start + trouble.after;
  return Math.max(start, Math.min(length, end));
}

/** Of large files it takes longer than everything else. */
const known = new WeakMap<Buffer, string>();

function sha256(bytes: Buffer): string {
  const hash = known.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  known.set(bytes, hash);
  return hash;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'x-error-code': code }).end('no');
}
