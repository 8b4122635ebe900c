import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { CancelledError, EngineClient, EngineError } from '../../engine/engineClient';
import type { DownloadCalls } from '../../protocol/downloadMessages';
import { withNotification } from '../withNotification';
import { askForDownload, type ChosenDownload, type DownloadClient } from './downloadQuestions';
import { showError, showInformation, showStatus } from '../notify';
import { settingsSection } from '../stores/settings';

/** What downloading works with. */
export interface DownloadContext {
  readonly extension: vscode.Uri;
  /** Where downloaded models are kept. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Makes a downloaded model the one in use. `precision`: its ONNX file, empty where the folder has no other. */
  readonly useModel: (folder: string, precision: string) => Promise<void>;
}

let isUnderWay = false;

/**
 * *Download Model from the Hub…*: asks for model, revision and precision, downloads into the extension's own storage and
 * offers to use the model. Nothing is ever downloaded without it.
 *
 * @throws UserError in workspaces that are not trusted, and while another download is under way
 */
export async function downloadModel(context: DownloadContext): Promise<void> {
  if (!vscode.workspace.isTrusted)
    throw new UserError('Models are downloaded in trusted workspaces only; trust this one first.');
  if (isUnderWay)
    throw new UserError('Another download is under way; wait until it is done, or cancel it first.');
  isUnderWay = true;
  const path = vscode.Uri.joinPath(context.extension, 'dist', 'download.js').fsPath;
  const client: DownloadClient = new EngineClient(path, (text) => {
    context.log.info(text);
  });
  const models = vscode.Uri.joinPath(context.storage, 'models').fsPath;
  let done: Downloaded | undefined;
  try {
    const chosen = await askForDownload(client, models, hubEndpoint());
    if (chosen) done = await downloadUntilDone(client, models, chosen);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  } finally {
    client.dispose();
    isUnderWay = false;
  }
  if (done) await offer(done, context);
}

type Downloaded = ChosenDownload & DownloadCalls['download']['result'];

/** Downloads, and again when the user wants to go on after a failure. */
async function downloadUntilDone(
  client: DownloadClient,
  models: string,
  chosen: ChosenDownload,
): Promise<Downloaded | undefined> {
  const { id, revision } = chosen;
  for (;;) {
    try {
      return { ...chosen, ...(await downloadOnce(client, models, chosen)) };
    } catch (error) {
      if (error instanceof CancelledError) {
        const message = `The download of ${id} is stopped; the command takes it up again`;
        showStatus(message, 8000);
        return undefined;
      }
      if (!(error instanceof EngineError && error.expected)) throw error;
      const choice = await showError(error.message, 'Resume', 'Clean Up');
      if (choice === 'Clean Up') await client.call('cleanUp', { models, id, revision });
      if (choice !== 'Resume') return undefined;
    }
  }
}

async function downloadOnce(
  client: DownloadClient,
  models: string,
  { id, revision, file }: ChosenDownload,
): Promise<DownloadCalls['download']['result']> {
  return withNotification(`Downloading ${id}`, async (signal, progress) => {
    let reported = 0;
    return client.call(
      'download',
      { endpoint: hubEndpoint(), models, id, revision, file },
      {
        signal,
        onProgress: ({ message, fraction }) => {
          const percent = (fraction ?? 0) * 100;
          progress.report({ message, increment: Math.max(0, percent - reported) });
          reported = Math.max(reported, percent);
        },
      },
    );
  });
}

async function offer(
  { id, file, folder, precision, note }: Downloaded,
  context: DownloadContext,
): Promise<void> {
  const message = `${id} (${file}) is downloaded.${note === null ? '' : ` ${note}`}`;
  const choice = await showInformation(message, 'Use It Now');
  if (choice) await context.useModel(folder, precision);
}

/** Another Hub than huggingface.co, if the user named one. */
function hubEndpoint(): string | null {
  const endpoint = vscode.workspace.getConfiguration(settingsSection).get<string>('hubEndpoint', '').trim();
  return endpoint === '' ? null : endpoint;
}
