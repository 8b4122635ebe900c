import { t } from '@vscode/l10n';
import { fork, type ChildProcess } from 'node:child_process';
import type { EngineCalls } from '../protocol/engineMessages';
import type { ProcessReply } from '../protocol/processMessages';
import type { EngineProgress, Progress } from '../protocol/progress';

/** The user cancelled a call. The message says so. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

/** The engine could not answer. `expected`: the message is one sentence for the user; otherwise it is a bug. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  constructor(
    message: string,
    readonly expected: boolean,
  ) {
    super(message);
  }
}

export interface CallOptions<P = EngineProgress> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: P) => void;
}

/** A table of calls such as EngineCalls; the download process has its own. */
type Calls<C> = { readonly [M in keyof C]: { readonly params: unknown; readonly result: unknown } };

/** A process: the sentence that it ended. @param how its signal or exit code */
const endings = {
  engine: (how: string) => t`The engine ended unexpectedly (${how}); try again.`,
  simulator: (how: string) => t`The simulator ended unexpectedly (${how}); try again.`,
  download: (how: string) => t`The download ended unexpectedly (${how}); try again.`,
};

interface PendingCall<P> {
  readonly request: { readonly id: number; readonly method: string; readonly params: unknown };
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: P) => void) | undefined;
}

/**
 * Calls the engine process, which starts at the first call and restarts after it has ended. A running computation cannot be
 * interrupted, so cancelling a call ends the process, and the other pending calls are sent to a new one.
 */
export class EngineClient<C extends Calls<C> = EngineCalls, P extends Progress = EngineProgress> {
  #process: ChildProcess | undefined;
  #nextId = 1;
  readonly #pending = new Map<number, PendingCall<P>>();
  #isOpening = false;
  /**
   * Called with a model's name when the engine starts to open it; with `null` when the engine answers or says how far it has
   * come, or ends.
   */
  onOpening: (model: string | null) => void = () => undefined;

  /**
   * @param log receives what the process prints, for the log
   * @param name what the process is in messages
   * @param environment the environment variables of the process
   */
  constructor(
    private readonly enginePath: string,
    private readonly log: (text: string) => void,
    private readonly name: keyof typeof endings = 'engine',
    private readonly environment = (): NodeJS.ProcessEnv => process.env,
  ) {}

  /** @throws CancelledError if `signal` aborts, EngineError if the engine reports an error or ends */
  call<M extends keyof C & string>(
    method: M,
    params: C[M]['params'],
    options: CallOptions<P> = {},
  ): Promise<C[M]['result']> {
    const { signal, onProgress } = options;
    if (signal?.aborted) return Promise.reject(new CancelledError(t('Cancelled.')));
    const id = this.#nextId++;
    return new Promise<C[M]['result']>((resolve, reject) => {
      const cancel = (): void => {
        this.#cancel(id);
      };
      signal?.addEventListener('abort', cancel, { once: true });
      const settle = (): void => {
        signal?.removeEventListener('abort', cancel);
      };
      const call: PendingCall<P> = {
        request: { id, method, params },
        resolve: (result) => {
          settle();
          resolve(result);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
        onProgress,
      };
      this.#pending.set(id, call);
      this.#send(call);
    });
  }

  #send({ request }: PendingCall<P>): void {
    const process = this.#start();
    process.send(request, (error) => {
      if (error && this.#process === process) this.#end(new EngineError(error.message, false));
    });
  }

  #cancel(id: number): void {
    const call = this.#pending.get(id);
    if (!call) return;
    this.#pending.delete(id);
    this.#kill();
    for (const other of this.#pending.values()) this.#send(other);
    call.reject(new CancelledError(t('Cancelled.')));
  }

  /** Ends the process, and with it all calls. @param message says so to the user */
  cancelAll(message: string): void {
    this.#end(new CancelledError(message));
  }

  dispose(): void {
    this.cancelAll(t('Cancelled.'));
  }

  #start(): ChildProcess {
    if (this.#process) return this.#process;
    const child = fork(this.enginePath, [], {
      ...{ serialization: 'advanced', silent: true, execArgv: [], env: this.environment() },
    });
    this.#process = child;
    const forward = (data: unknown): void => {
      this.log(String(data).trimEnd());
    };
    child.stdout?.on('data', forward);
    child.stderr?.on('data', forward);
    child.on('message', (reply: ProcessReply<unknown, P>) => {
      this.#receive(reply);
    });
    child.on('error', (error) => {
      if (this.#process === child)
        this.#end(new EngineError(`The ${this.name} could not start: ${error.message}`, false));
    });
    child.on('exit', (code, signal) => {
      const how = signal ?? t`exit code ${code ?? t('unknown')}`;
      if (this.#process === child) this.#end(new EngineError(endings[this.name](how), true));
    });
    return child;
  }

  #receive(reply: ProcessReply<unknown, P>): void {
    if (reply.kind === 'opening') {
      this.#setOpening(reply.model);
      return;
    }
    if (reply.kind !== 'progress' || reply.progress.fraction !== null) this.#setOpening(null);
    const call = this.#pending.get(reply.id);
    if (!call) return;
    if (reply.kind === 'progress') {
      call.onProgress?.(reply.progress);
      return;
    }
    this.#pending.delete(reply.id);
    if (reply.kind === 'result') call.resolve(reply.result);
    else call.reject(new EngineError(reply.message, reply.expected));
  }

  #end(reason: Error): void {
    this.#kill();
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    for (const call of calls) call.reject(reason);
  }

  #kill(): void {
    const child = this.#process;
    this.#process = undefined;
    child?.kill('SIGKILL');
    this.#setOpening(null);
  }

  #setOpening(model: string | null): void {
    if (model === null && !this.#isOpening) return;
    this.#isOpening = model !== null;
    this.onOpening(model);
  }
}
