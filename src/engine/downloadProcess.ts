import { ModelError } from '../errors';
import type { DownloadRequest } from '../protocol/downloadMessages';
import type { Progress } from '../protocol/progress';
import { answerCall } from './answerCall';
import { downloadMethods } from './downloadMethods';

/**
 * The download process. Its own, so that probing loads no transformers.js, and so that cancelling may simply end it:
 * what came stays in `.part` files.
 */
process.on('message', (request: DownloadRequest) => {
  const isExpected = (error: unknown): boolean => error instanceof ModelError;
  void answerCall(request.id, (progress) => call(request, progress), isExpected);
});
process.on('disconnect', () => process.exit());

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
