import { workerData, parentPort, type MessagePort } from 'node:worker_threads';
import { ModelError } from '../../errors';
import { HubHost } from '../hub/host';
import { openRepository } from '../hub/repository';
import { RangeReader } from './rangeReader';
import { answered, alive, type RemoteCalls, type RemoteReply, type RemoteRequest } from './remoteCalls';
import { isUnreachable } from '../hub/refusal';

/** The thread that talks to the Hub for {@link callHub}. */
const { port, shared } = workerData as { port: MessagePort; shared: Int32Array };
const stallMilliseconds = 30_000;
const readers = new Map<string, RangeReader>();

const methods: {
  [M in keyof RemoteCalls]: (params: RemoteCalls[M]['params']) => Promise<RemoteCalls[M]['result']>;
} = {
  list: async ({ id, revision }) => {
    const { files, ...repository } = await openRepository(hubHost(), id, revision);
    return { ...repository, files: [...files.values()] };
  },
  ranges: ({ file, ranges }) => {
    const host = hubHost();
    const key = JSON.stringify([host.endpoint, file]);
    const reader =
      readers.get(key) ??
      new RangeReader({
        ...{ host, file, stallMilliseconds },
        onData: () => Atomics.add(shared, alive, 1),
      });
    readers.set(key, reader);
    return reader.read(ranges);
  },
};

/** The editor names the Hub of its settings; the token goes there only if it is the Hub's own host (see {@link HubHost}). */
function hubHost(): HubHost {
  return new HubHost(process.env['CONCEPT_PROBE_HUB'] ?? null);
}

async function replyTo({ method, params }: RemoteRequest): Promise<RemoteReply> {
  try {
    return { ok: true, result: await methods[method](params as never) };
  } catch (error) {
    const expected = error instanceof ModelError;
    const message = expected ? error.message : error instanceof Error ? (error.stack ?? '') : String(error);
    return { ok: false, message, expected, unreachable: isUnreachable(error) };
  }
}

parentPort?.on('message', (request: RemoteRequest) => {
  void replyTo(request).then((reply) => {
    port.postMessage(reply, buffersOf(reply));
    Atomics.store(shared, answered, 1);
    Atomics.notify(shared, answered);
  });
});

/** Moved rather than copied. */
function buffersOf(reply: RemoteReply): ArrayBuffer[] {
  if (!reply.ok || !Array.isArray(reply.result)) return [];
  return (reply.result as Uint8Array<ArrayBuffer>[]).map(({ buffer }) => buffer);
}
