import type { RemoteDetails } from '../protocol/modelSummary';
import { formatBytes } from './numbers';

/** "the Hub at commit 0123456, row by row; 3.2 MB read so far, of a head of 524 MB". */
export function remoteText({ commit, bytesRead, headBytes, rowsOnly }: RemoteDetails): string {
  const head = headBytes === null ? '' : `, of a head of ${formatBytes(headBytes)}`;
  const how = rowsOnly ? 'row by row' : 'the whole head when it is needed';
  return `the Hub at commit ${commit.slice(0, 7)}, ${how}; ${formatBytes(bytesRead)} read so far${head}`;
}
