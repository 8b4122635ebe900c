import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  MessageChannel,
  receiveMessageOnPort,
  SHARE_ENV,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import { ModelError } from '../../errors';
import { answered, alive, type RemoteCalls, type RemoteReply } from './remoteCalls';

/** The thread gives up much earlier by itself. */
const silentMilliseconds = 180_000;

/** The Hub did not answer. */
export class UnreachableError extends ModelError {}

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly shared: Int32Array;
}

let thread: Thread | undefined;

/**
 * Asks the thread that talks to the Hub, and waits for its answer. Waiting blocks this thread, as reading from a disk does:
 * the code that reads models is synchronous, and runs in a process of its own, which ends when the user cancels.
 *
 * @throws ModelError if the Hub refuses or does not answer
 */
export function callHub<M extends keyof RemoteCalls>(
  method: M,
  params: RemoteCalls[M]['params'],
): RemoteCalls[M]['result'] {
  thread ??= start();
  const { worker, port, shared } = thread;
  Atomics.store(shared, answered, 0);
  worker.postMessage({ method, params });
  for (let seen = -1; ;) {
    if (Atomics.wait(shared, answered, 0, silentMilliseconds) !== 'timed-out') break;
    const now = Atomics.load(shared, alive);
    if (now === seen) {
      end();
      throw new UnreachableError('The Hub does not answer; check the connection, and try again.');
    }
    seen = now;
  }
  const reply = receiveMessageOnPort(port)?.message as RemoteReply;
  if (reply.ok) return reply.result as RemoteCalls[M]['result'];
  if (reply.unreachable) throw new UnreachableError(reply.message);
  throw reply.expected ? new ModelError(reply.message) : new Error(reply.message);
}

function start(): Thread {
  const script = scriptPath();
  // Its absence would otherwise be noticed only when this thread stops waiting.
  if (!existsSync(script)) throw new Error(`${script} is missing`);
  const { port1, port2 } = new MessageChannel();
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(script, {
    workerData: { port: port2, shared },
    transferList: [port2],
    env: SHARE_ENV,
  });
  worker.unref();
  port1.unref();
  // The next call starts another one.
  worker.once('error', end);
  return { worker, port: port1, shared };
}

function end(): void {
  void thread?.worker.terminate();
  thread = undefined;
}

/** In `dist/`, next to the bundle or, for code that runs from its sources, below the root. */
function scriptPath(): string {
  const name = 'hubReader.js';
  const beside = join(__dirname, name);
  return existsSync(beside) ? beside : join(__dirname, '../../../dist', name);
}
