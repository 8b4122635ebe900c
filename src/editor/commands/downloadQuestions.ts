import * as vscode from 'vscode';
import { EngineClient } from '../../engine/engineClient';
import { UserError } from '../../errors';
import {
  isHubRevision,
  type DownloadCalls,
  type HubPrecision,
  type HubSource,
  type UnfinishedDownload,
} from '../../protocol/downloadMessages';
import { formatBytes } from '../../format/numbers';
import { askForHubModel } from './askForHubModel';
import { askForText, showStatus } from '../notify';
import { plainText } from '../plainText';
import { withNotification } from '../withNotification';
import { machineText } from '../remoteText';

export type DownloadClient = EngineClient<DownloadCalls>;

/** Everything that questions about the Hub need. */
export interface HubContext {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** A process that asks the Hub, to be disposed of by the caller. */
export function downloadClient({ extension, log }: HubContext): DownloadClient {
  const path = vscode.Uri.joinPath(extension, 'dist', 'download.js').fsPath;
  return new EngineClient(path, (text) => {
    log.info(text);
  });
}

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
  const id = await askForHubModel({
    title: 'Download a Model from the Hub',
    formats: ['ONNX', 'safetensors', 'GGUF'],
    search: (query) => client.call('search', { endpoint, query }),
  });
  const revision = id === undefined ? undefined : await askForRevision(id);
  if (id === undefined || revision === undefined) return undefined;
  const file = await askForFile(
    client,
    { endpoint, id, revision },
    {
      title: `Select a Precision of ${id}`,
      placeHolder: `The model is downloaded and stored ${machineText()}`,
      isOffered: () => true,
    },
  );
  return file === undefined ? undefined : { id, revision, file };
}

/**
 * Asks for one of the files of weights of a repository.
 *
 * @throws EngineError if the Hub has no such model, refuses it, or cannot be reached; UserError if no file can be offered
 */
export async function askForFile(
  client: DownloadClient,
  source: HubSource,
  {
    title,
    placeHolder,
    isOffered,
  }: { title: string; placeHolder: string; isOffered: (file: HubPrecision) => boolean },
): Promise<string | undefined> {
  const { id } = source;
  const files = await withNotification(`Looking for ${id}`, (signal) =>
    client.call('precisions', source, { signal }),
  );
  const offered = files.filter(isOffered);
  if (offered.length === 0)
    throw new UserError(
      `${id} has no .safetensors or .gguf file that can be read over the network; download it instead.`,
    );
  return (await vscode.window.showQuickPick(offered.map(precisionItem), { title, placeHolder }))?.file;
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

export async function askForRevision(id: string): Promise<string | undefined> {
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
