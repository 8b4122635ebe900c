import './translation';
import { join } from 'node:path';
import type { EngineCalls } from '../protocol/engineMessages';
import type { ProcessReply } from '../protocol/processMessages';
import type { EngineProgress } from '../protocol/progress';
import { createEngineMethods } from './engineMethods';
import { serveCalls } from './serveCalls';

/** The engine process: answers requests one after the other and exits when its parent process does. */
const methods = createEngineMethods(join(__dirname, 'models'), (model) => {
  process.send?.({ kind: 'opening', model } satisfies ProcessReply<never>);
});
serveCalls<EngineCalls, EngineProgress>(methods, { inOrder: true });
