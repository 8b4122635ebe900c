import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { CancelledError, EngineError } from '../../engine/engineClient';
import type { DownloadCalls } from '../../protocol/downloadMessages';
import { reportTo, withNotification } from '../withNotification';
import {
  askForDownload,
  downloadClient,
  type ChosenDownload,
  type DownloadClient,
  type HubContext,
} from './downloadQuestions';
import { showError, showInformation, showStatus } from '../notify';
import { hubEndpoint } from '../stores/settings';

/** Everything that a download needs. */
export interface DownloadContext extends HubContext {
  /** The folder of downloaded models. */
  readonly storage: vscode.Uri;
  /** Uses a downloaded model. `precision`: its ONNX file, empty if the folder has only one. */
  readonly useModel: (folder: string, precision: string) => Promise<void>;
}

let isUnderWay = false;

/**
 * *Download Model from the Hub…*: asks for the model, revision and precision, downloads into the extension's own storage and
 * offers to use the model. Nothing else in the extension downloads anything.
 *
 * @throws UserError if the workspace is not trusted, or while another download is running
 */
export async function downloadModel(context: DownloadContext): Promise<void> {
  if (!vscode.workspace.isTrusted)
    throw new UserError(
      t('Models can be downloaded only in a trusted workspace. Trust this workspace first.'),
    );
  if (isUnderWay)
    throw new UserError(t('Another download is running. Wait until it is done, or cancel it first.'));
  isUnderWay = true;
  const client = downloadClient(context);
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

/** Downloads, and resumes after a failure if the user wants to. */
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
        showStatus(t`Stopped the download of ${id}. Run the command again to resume it.`, 8000);
        return undefined;
      }
      if (!(error instanceof EngineError && error.expected)) throw error;
      const [resume, cleanUp] = [t('Resume'), t('Clean Up')];
      const choice = await showError(error.message, resume, cleanUp);
      if (choice === cleanUp) await client.call('cleanUp', { models, id, revision });
      if (choice !== resume) return undefined;
    }
  }
}

async function downloadOnce(
  client: DownloadClient,
  models: string,
  { id, revision, file }: ChosenDownload,
): Promise<DownloadCalls['download']['result']> {
  return withNotification(t`Downloading ${id}`, async (signal, progress) => {
    return client.call(
      'download',
      { endpoint: hubEndpoint(), models, id, revision, file },
      {
        signal,
        onProgress: reportTo(progress),
      },
    );
  });
}

async function offer(
  { id, file, folder, precision, note }: Downloaded,
  context: DownloadContext,
): Promise<void> {
  const done = t`Downloaded ${id} (${file}).`;
  const choice = await showInformation(note === null ? done : `${done} ${note}`, t('Use It Now'));
  if (choice) await context.useModel(folder, precision);
}
