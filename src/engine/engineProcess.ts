import './translation';
import { join } from 'node:path';
import type { EngineCalls } from '../protocol/engineMessages';
import type { EngineProgress } from '../protocol/progress';
import { createEngineMethods } from './engineMethods';
import { serveCalls } from './serveCalls';

/** The engine process: answers requests one after the other and exits when its parent process does. */
serveCalls<EngineCalls, EngineProgress>(createEngineMethods(join(__dirname, 'models')), { inOrder: true });
