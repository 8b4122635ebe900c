import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import {
  isHubModelId,
  isHubRevision,
  type DownloadCalls,
  type HubPrecision,
  type UnfinishedDownload,
} from '../../protocol/downloadMessages';
import { formatBytes } from '../../format/numbers';
import { askForText, showStatus } from '../notify';
import { plainText } from '../plainText';
import { withNotification } from '../withNotification';
import { machineText } from '../remoteText';

export type DownloadClient = EngineClient<DownloadCalls>;

/** What the user chose to download. */
export interface ChosenDownload {
  readonly id: string;
  readonly revision: string;
  readonly file: string;
}

interface StartItem extends vscode.QuickPickItem {
  /** A download to resume or clean up; without one, a new download. */
  readonly unfinished?: UnfinishedDownload;
  readonly isCleanUp?: boolean;
}

/**
 * Asks what to download. Unfinished downloads come first.
 *
 * @returns undefined if the user cancels
 * @throws EngineError if the Hub has no such model, refuses it, or cannot be reached
 */
export async function askForDownload(
  client: DownloadClient,
  models: string,
  endpoint: string | null,
): Promise<ChosenDownload | undefined> {
  const unfinished = await client.call('unfinished', { models });
  if (unfinished.length > 0) {
    const start = await vscode.window.showQuickPick(startItems(unfinished), {
      title: 'Download a Model from the Hub',
    });
    if (!start) return undefined;
    if (start.unfinished && !start.isCleanUp) return start.unfinished;
    if (start.unfinished) {
      const { id, revision } = start.unfinished;
      await client.call('cleanUp', { models, id, revision });
      showStatus(`Removed the partial download of ${id}`, 8000);
      return undefined;
    }
  }
  const id = await askForId();
  const revision = id === undefined ? undefined : await askForRevision(id);
  if (id === undefined || revision === undefined) return undefined;
  const precisions = await withNotification(`Looking for ${id}`, (signal) =>
    client.call('precisions', { endpoint, id, revision }, { signal }),
  );
  const item = await vscode.window.showQuickPick(precisions.map(precisionItem), {
    title: `Select a Precision of ${id}`,
    placeHolder: `The model is downloaded and stored ${machineText()}`,
  });
  return item && { id, revision, file: item.file };
}

function startItems(unfinished: readonly UnfinishedDownload[]): StartItem[] {
  return [
    ...unfinished.map((download) => ({
      label: `$(debug-continue) Resume ${download.id}`,
      description: `${download.file} · ${formatBytes(download.bytes)} downloaded`,
      unfinished: download,
    })),
    ...unfinished.map((download) => ({
      label: `$(trash) Clean up ${download.id}`,
      description: download.file,
      unfinished: download,
      isCleanUp: true,
    })),
    { label: '$(cloud-download) Another model…' },
  ];
}

async function askForId(): Promise<string | undefined> {
  const id = await askForText({
    title: 'Download a Model from the Hub',
    prompt: 'A model with .onnx files, in the form organization/name',
    placeHolder: 'onnx-community/Llama-3.2-1B-ONNX',
    ignoreFocusOut: true,
    validateInput: (text) =>
      isHubModelId(modelId(text)) ? null : 'Enter organization/name, as shown on the model’s page.',
  });
  return id === undefined ? undefined : modelId(id);
}

/** Also accepts the address of a model's page. */
function modelId(text: string): string {
  return text.trim().replace(/^https:\/\/(?:huggingface\.co|hf\.co)\//u, '');
}

async function askForRevision(id: string): Promise<string | undefined> {
  const revision = await askForText({
    title: `Select a Revision of ${id}`,
    prompt: 'A branch, tag or commit',
    value: 'main',
    ignoreFocusOut: true,
    validateInput: (text) =>
      isHubRevision(text.trim()) ? null : 'Enter a branch, tag or commit, such as main or v1.0.',
  });
  return revision?.trim();
}

function precisionItem({ dtype, file, bytes }: HubPrecision) {
  const size = bytes === null ? [] : [formatBytes(bytes)];
  return {
    label: plainText(dtype ?? file),
    description: [...(dtype === null ? [] : [file]), ...size].join(' · '),
    file,
  };
}
