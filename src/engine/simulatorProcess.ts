import './translation';
import { isMainThread } from 'node:worker_threads';
import type { SimulationProgress, SimulatorCalls } from '../protocol/simulationMessages';
import { serveCalls } from './serveCalls';
import { serveJob } from './simulationThread';
import { createSimulatorMethods } from './simulatorMethods';

/**
 * The simulator process and its threads. It is separate so that training does not delay probes, and so that a task can be
 * cancelled by ending the process.
 */
function serve(): void {
  const methods = createSimulatorMethods({ script: __filename, threads: null, isLive: true });
  serveCalls<SimulatorCalls, SimulationProgress>(methods, { inOrder: false });
}

if (isMainThread) serve();
else serveJob();
