import { t } from '@vscode/l10n';
import { hostname } from 'node:os';
import * as vscode from 'vscode';

/** Names the machine that holds the model folders: the one where the extension runs, which a remote window does not show. */
export function machineText(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined
    ? t('on this machine')
    : t`on the remote machine ${hostname()} (${remoteName})`;
}
