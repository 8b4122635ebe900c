import { hostname } from 'node:os';
import * as vscode from 'vscode';

/** Names the machine that holds the model folders: the one where the extension runs, which a remote window does not show. */
export function machineText(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined ? 'on this machine' : `on the remote machine ${hostname()} (${remoteName})`;
}
