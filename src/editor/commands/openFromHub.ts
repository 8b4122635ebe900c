import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { UserError } from '../../errors';
import type { EngineClient } from '../../engine/engineClient';
import { formatBytes } from '../../format/numbers';
import { withWholeHead } from '../../protocol/modelChoice';
import { hubReference, isHubReference } from '../../protocol/hubReference';
import type { RemoteDetails } from '../../protocol/modelSummary';
import { askInModal, showInformation } from '../notify';
import { hubEndpoint, readSettings } from '../stores/settings';
import { withProgress } from '../withNotification';
import { askForHubFile, downloadClient, type HubContext } from './downloadQuestions';

export interface OpenContext extends HubContext {
  readonly engine: EngineClient;
  readonly useModel: (reference: string) => Promise<void>;
  /** Computes the results again. */
  readonly refresh: () => void;
}

/**
 * *Open from the Hub without Downloading…*: asks for the model, revision and file, and uses a reference to it. Its rows are
 * then read over the network; the whole head only if the user wants to.
 *
 * @throws UserError if the workspace is not trusted
 */
export async function openFromHub(context: OpenContext): Promise<void> {
  if (!vscode.workspace.isTrusted)
    throw new UserError(
      t('Models of the Hub can be opened only in a trusted workspace. Trust this workspace first.'),
    );
  const reference = await askForRemoteFile(context);
  if (reference === undefined) return;
  const details = await withProgress(t`Opening ${reference}`, (options) =>
    context.engine.call('details', { model: reference }, options),
  );
  if (!details) return;
  await context.useModel(reference);
  const { remote, name } = details;
  if (!remote?.rowsOnly) return;
  const choice = await showInformation(
    `${t`Rows of ${name} are read over the network.`} ${wholeHeadText(remote)}`,
    t('Read Whole Head'),
  );
  if (choice) await readWholeHead(context, reference);
}

/**
 * *Read Whole Head from the Hub…*: asks, and allows it from then on.
 *
 * @throws UserError if the model in use is not read over the network
 */
export async function readWholeHeadOfModel(context: OpenContext): Promise<void> {
  const { model } = readSettings();
  const reference = typeof model === 'object' ? model?.path : model;
  if (reference === undefined || !isHubReference(reference))
    throw new UserError(t('The model is on this machine, so its whole head is read when it is needed.'));
  const { remote, name } = await context.engine.call('details', { model });
  if (!remote) return;
  const question = `${t`Read the whole head of ${name}?`} ${wholeHeadText(remote)}`;
  if (await askInModal(question, t('Read Whole Head'))) await readWholeHead(context, reference);
}

async function readWholeHead({ engine, refresh }: OpenContext, reference: string): Promise<void> {
  await engine.call('details', { model: withWholeHead(reference) });
  // The covariance reads it, with progress and Cancel in the panel.
  refresh();
}

function wholeHeadText({ headBytes }: RemoteDetails): string {
  return headBytes === null
    ? t('The causal inner product, random pairs and views of the whole vocabulary need its whole head.')
    : t`The causal inner product, random pairs and views of the whole vocabulary need its whole head, ${formatBytes(headBytes)} once.`;
}

async function askForRemoteFile(context: HubContext): Promise<string | undefined> {
  const client = downloadClient(context);
  try {
    const chosen = await askForHubFile(client, hubEndpoint(), {
      title: t('Open a Model from the Hub without Downloading It'),
      formats: ['safetensors', 'GGUF'],
      fileTitle: (id) => t`Select a File of ${id}`,
      placeHolder: t('Only the rows that are needed are read'),
    });
    return chosen && hubReference(chosen);
  } finally {
    client.dispose();
  }
}
