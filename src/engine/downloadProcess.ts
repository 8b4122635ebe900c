import type { DownloadCalls } from '../protocol/downloadMessages';
import type { Progress } from '../protocol/progress';
import { downloadMethods } from './downloadMethods';
import { serveCalls } from './serveCalls';

/**
 * The download process. Its own, so that probing loads no transformers.js, and so that cancelling may simply end it:
 * what came stays in `.part` files.
 */
serveCalls<DownloadCalls, Progress>(downloadMethods, { inOrder: false });
