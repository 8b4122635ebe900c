import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { EngineClient } from '../../engine/engineClient';
import { UserError } from '../../errors';
import {
  isHubRevision,
  type DownloadCalls,
  type HubModel,
  type HubPrecision,
  type UnfinishedDownload,
} from '../../protocol/downloadMessages';
import { formatByName, type WeightFormat } from '../../protocol/weightFormat';
import { formatBytes } from '../../format/numbers';
import { askForHubModel } from './askForHubModel';
import { processEnvironment } from '../engineEnvironment';
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
  return new EngineClient(path, log.info.bind(log), 'download', processEnvironment);
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
      title: t('Download a Model from the Hub'),
    });
    if (!start) return undefined;
    if (start.unfinished && !start.isCleanUp) return start.unfinished;
    if (start.unfinished) {
      const { id, revision } = start.unfinished;
      await client.call('cleanUp', { models, id, revision });
      showStatus(t`Removed the partial download of ${id}`, 8000);
      return undefined;
    }
  }
  return askForHubFile(client, endpoint, {
    title: t('Download a Model from the Hub'),
    formats: ['ONNX', 'safetensors', 'GGUF'],
    fileTitle: (id) => t`Select a Precision of ${id}`,
    placeHolder: t`The model is downloaded and stored ${machineText()}`,
  });
}

/** What to ask for a file of the Hub. */
export interface HubQuestions {
  readonly title: string;
  /** Formats that can be used. */
  readonly formats: readonly WeightFormat[];
  /** The title of the list of a model's files. */
  readonly fileTitle: (id: string) => string;
  readonly placeHolder: string;
}

/**
 * Asks for a model of the Hub, a revision, and one of its files of weights.
 *
 * @returns undefined if the user cancels
 * @throws EngineError if the Hub has no such model, refuses it, or cannot be reached; UserError if no file can be offered
 */
export async function askForHubFile(
  client: DownloadClient,
  endpoint: string | null,
  { title, formats, fileTitle, placeHolder }: HubQuestions,
): Promise<ChosenDownload | undefined> {
  const search = (query: string): Promise<readonly HubModel[]> => client.call('search', { endpoint, query });
  const id = await askForHubModel({ title, formats, search });
  const revision = id === undefined ? undefined : await askForRevision(id);
  if (id === undefined || revision === undefined) return undefined;
  const files = await withNotification(t`Looking for ${id}`, (signal) =>
    client.call('precisions', { endpoint, id, revision }, { signal }),
  );
  const offered = files.filter(({ file }) => formats.some((format) => format === formatByName(file)));
  if (offered.length === 0)
    throw new UserError(
      t`${id} has no .safetensors or .gguf file that can be read over the network; download it instead.`,
    );
  const options = { title: fileTitle(id), placeHolder };
  const item = await vscode.window.showQuickPick(offered.map(precisionItem), options);
  return item && { id, revision, file: item.file };
}

function startItems(unfinished: readonly UnfinishedDownload[]): StartItem[] {
  return [
    ...unfinished.map((download) => ({
      label: `$(debug-continue) ${t`Resume ${download.id}`}`,
      description: `${download.file} · ${t`${formatBytes(download.bytes)} downloaded`}`,
      unfinished: download,
    })),
    ...unfinished.map((download) => ({
      label: `$(trash) ${t`Clean up ${download.id}`}`,
      description: download.file,
      unfinished: download,
      isCleanUp: true,
    })),
    { label: `$(cloud-download) ${t('Another model…')}` },
  ];
}

async function askForRevision(id: string): Promise<string | undefined> {
  const revision = await askForText({
    title: t`Select a Revision of ${id}`,
    prompt: t('A branch, tag or commit'),
    value: 'main',
    ignoreFocusOut: true,
    validateInput: (text) =>
      isHubRevision(text.trim()) ? null : t('Enter a branch, tag or commit, such as main or v1.0.'),
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
