import { UserError } from '../errors';
import { isMainThread } from 'node:worker_threads';
import type { SimulationProgress, SimulatorRequest } from '../protocol/simulationMessages';
import { answerCall } from './answerCall';
import { serveJob } from './simulationThread';
import { createSimulatorMethods } from './simulatorMethods';

/**
 * The simulator process and its threads. Its own, so that training does not keep probes waiting, and so that ending the
 * work may simply end it.
 */
function serve(): void {
  const methods = createSimulatorMethods({ script: __filename, threads: null, isLive: true });
  const call = (request: SimulatorRequest, progress: (progress: SimulationProgress) => void) => {
    switch (request.method) {
      case 'run':
        return methods.run(request.params, progress);
      case 'control':
        return methods.control(request.params, progress);
      case 'tables':
        return methods.tables(request.params, progress);
    }
  };
  process.on('message', (request: SimulatorRequest) => {
    const isExpected = (error: unknown): boolean => error instanceof UserError;
    void answerCall(request.id, (progress) => call(request, progress), isExpected);
  });
  process.on('disconnect', () => process.exit());
}

if (isMainThread) serve();
else serveJob();
