import { ModelError } from '../model/modelError';
import type { DownloadReply, DownloadRequest } from '../protocol/downloadMessages';
import type { Progress } from '../protocol/panelMessages';
import { downloadMethods } from './downloadMethods';

/**
 * The download process. Its own, so that probing loads no transformers.js, and so that cancelling may simply end it:
 * what came stays in `.part` files.
 */
process.on('message', (request: DownloadRequest) => void answer(request));
process.on('disconnect', () => process.exit());

async function answer(request: DownloadRequest): Promise<void> {
  const { id } = request;
  try {
    const result = await call(request, (progress) => {
      send({ id, kind: 'progress', progress });
    });
    send({ id, kind: 'result', result });
  } catch (error) {
    const expected = error instanceof ModelError;
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ id, kind: 'error', message: expected ? error.message : text, expected });
  }
}

function call(request: DownloadRequest, progress: (progress: Progress) => void) {
  switch (request.method) {
    case 'precisions':
      return downloadMethods.precisions(request.params, progress);
    case 'download':
      return downloadMethods.download(request.params, progress);
    case 'unfinished':
      return downloadMethods.unfinished(request.params, progress);
    case 'cleanUp':
      return downloadMethods.cleanUp(request.params, progress);
  }
}

function send(reply: DownloadReply): void {
  process.send?.(reply);
}
