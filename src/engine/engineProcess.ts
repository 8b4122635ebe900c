import { UserError } from '../errors';
import { join } from 'node:path';
import type { EngineRequest } from '../protocol/engineMessages';
import { answerCall } from './answerCall';
import { createEngineMethods } from './engineMethods';
import type { ReportProgress } from '../protocol/progress';

/** The engine process: answers requests one after the other and ends with the process that started it. */
const methods = createEngineMethods(join(__dirname, 'models'));

let previous = Promise.resolve();

process.on('message', (request: EngineRequest) => {
  previous = previous.then(() => answerCall(request.id, (progress) => call(request, progress), isExpected));
});
process.on('disconnect', () => process.exit());

function isExpected(error: unknown): boolean {
  return error instanceof UserError;
}

function call(request: EngineRequest, progress: ReportProgress) {
  switch (request.method) {
    case 'probe':
      return methods.probe(request.params, progress);
    case 'compare':
      return methods.compare(request.params, progress);
    case 'details':
      return methods.details(request.params, progress);
    case 'rows':
      return methods.rows(request.params, progress);
    case 'tokens':
      return methods.tokens(request.params, progress);
    case 'embed':
      return methods.embed(request.params, progress);
    case 'vocabulary':
      return methods.vocabulary(request.params, progress);
    case 'neighbours':
      return methods.neighbours(request.params, progress);
    case 'findPairs':
      return methods.findPairs(request.params, progress);
    case 'analogies':
      return methods.analogies(request.params, progress);
    case 'direction':
      return methods.direction(request.params, progress);
    case 'cache':
      return methods.cache(request.params, progress);
  }
}
