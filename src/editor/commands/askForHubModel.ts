import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { isHubModelId, type HubModel } from '../../protocol/downloadMessages';
import { formatCount } from '../../format/numbers';
import { plainText } from '../plainText';
import { starterItems } from './hubStarters';

/** Milliseconds to wait for a pause in typing. */
const pauseMilliseconds = 250;

/** Shorter text finds everything. */
const shortestQuery = 2;

interface ModelItem extends vscode.QuickPickItem {
  readonly id?: string;
}

export interface HubSearch {
  readonly title: string;
  /** Formats that can be used. */
  readonly formats: HubModel['formats'];
  readonly search: (query: string) => Promise<readonly HubModel[]>;
}

/**
 * A list that searches the Hub as the user types. It begins with some suggested models, and offers a complete name even if the
 * search does not find it.
 *
 * @returns the model's id; undefined if the user cancels
 */
export function askForHubModel({ title, formats, search }: HubSearch): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<ModelItem>();
  const starters = [
    { label: t('Models to start with'), kind: vscode.QuickPickItemKind.Separator },
    ...starterItems(formats),
  ];
  picker.title = title;
  picker.placeholder = t('Search, or enter organization/name');
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  picker.items = starters;
  let timer: NodeJS.Timeout | undefined;
  const show = async (text: string): Promise<void> => {
    const own: ModelItem[] = isHubModelId(text)
      ? [{ label: plainText(text), id: text, alwaysShow: true }]
      : [];
    picker.items = own;
    picker.busy = true;
    let found: ModelItem[];
    try {
      const models = await search(text);
      found = models
        .filter((model) => model.id !== text && model.formats.some((format) => formats.includes(format)))
        .map(modelItem);
      if (found.length + own.length === 0) found = [note(t`Nothing that works here is called “${text}”`)];
    } catch (error) {
      found = [note(error instanceof Error ? error.message : String(error))];
    }
    // Only the latest search is shown.
    if (modelId(picker.value) !== text) return;
    picker.items = [...own, ...found];
    picker.busy = false;
  };
  return new Promise((resolve) => {
    picker.onDidChangeValue((value) => {
      clearTimeout(timer);
      const text = modelId(value);
      if (text.length < shortestQuery) picker.items = text === '' ? starters : [];
      else if (isHubModelId(text)) void show(text);
      else timer = setTimeout(() => void show(text), pauseMilliseconds);
    });
    picker.onDidAccept(() => {
      // Enter may come before the list has been filled.
      const text = modelId(picker.value);
      const id = picker.activeItems[0]?.id ?? (isHubModelId(text) ? text : undefined);
      if (id === undefined) return;
      resolve(id);
      picker.hide();
    });
    picker.onDidHide(() => {
      clearTimeout(timer);
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function modelItem({ id, downloads, license, gated, formats }: HubModel): ModelItem {
  const facts = [
    formats.join(', '),
    t`${formatCount(downloads)} downloads`,
    license ?? t('license not stated'),
    ...(gated ? [t('terms must be accepted')] : []),
  ];
  return { id, label: plainText(id), description: facts.join(' · '), alwaysShow: true };
}

/** A sentence in the list; choosing it does nothing. */
function note(text: string): ModelItem {
  return { label: plainText(text), alwaysShow: true };
}

/** Also accepts the address of a model's page. */
function modelId(text: string): string {
  return text.trim().replace(/^https:\/\/(?:huggingface\.co|hf\.co)\//u, '');
}
