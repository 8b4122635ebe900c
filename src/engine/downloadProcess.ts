import './translation';
import type { DownloadCalls } from '../protocol/downloadMessages';
import type { Progress } from '../protocol/progress';
import { downloadMethods } from './downloadMethods';
import { serveCalls } from './serveCalls';

/**
 * The download process. It is separate so that probing does not load transformers.js, and so that cancelling can simply end
 * it: received data stays in `.part` files.
 */
serveCalls<DownloadCalls, Progress>(downloadMethods, { inOrder: false });
