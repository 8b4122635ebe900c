import { join } from 'node:path';
import { ModelError } from '../model/modelError';
import type { EngineReply, EngineRequest } from '../protocol/engineMessages';
import { createEngineMethods, type ReportProgress } from './engineMethods';

/** The engine process: answers requests one after the other and ends with the process that started it. */
const methods = createEngineMethods(join(__dirname, 'models'));

let previous = Promise.resolve();

process.on('message', (request: EngineRequest) => {
  previous = previous.then(() => answer(request));
});
process.on('disconnect', () => process.exit());

async function answer(request: EngineRequest): Promise<void> {
  const { id } = request;
  try {
    send({
      id,
      kind: 'result',
      result: await call(request, (progress) => {
        send({ id, kind: 'progress', progress });
      }),
    });
  } catch (error) {
    const expected = error instanceof ModelError || error instanceof RangeError;
    const message =
      error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
    send({ id, kind: 'error', message, expected });
  }
}

function call(request: EngineRequest, progress: ReportProgress) {
  switch (request.method) {
    case 'probe':
      return methods.probe(request.params, progress);
    case 'details':
      return methods.details(request.params, progress);
    case 'rows':
      return methods.rows(request.params, progress);
    case 'tokens':
      return methods.tokens(request.params, progress);
    case 'embed':
      return methods.embed(request.params, progress);
  }
}

function send(reply: EngineReply): void {
  process.send?.(reply);
}
