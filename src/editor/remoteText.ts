import { hostname } from 'node:os';
import * as vscode from 'vscode';

/** Which machine's disk model folders are on: the one where the extension runs, which a remote window hides. */
export function machineText(): string {
  const { remoteName } = vscode.env;
  return remoteName === undefined ? 'on this machine' : `on the remote machine ${hostname()} (${remoteName})`;
}
