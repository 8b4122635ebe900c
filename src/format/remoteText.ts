import { t } from '@vscode/l10n';
import type { RemoteDetails } from '../protocol/modelSummary';
import { formatBytes } from './numbers';

/** "the Hub at commit 0123456, row by row; 3.2 MB read so far, of a head of 524 MB". */
export function remoteText({ commit, bytesRead, headBytes, rowsOnly }: RemoteDetails): string {
  const how = rowsOnly ? t('row by row') : t('the whole head when it is needed');
  const where = t`the Hub at commit ${commit.slice(0, 7)}, ${how}`;
  const read = formatBytes(bytesRead);
  return headBytes === null
    ? t`${where}; ${read} read so far`
    : t`${where}; ${read} read so far, of a head of ${formatBytes(headBytes)}`;
}
