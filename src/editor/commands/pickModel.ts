import { t } from '@vscode/l10n';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { EngineError, type EngineClient } from '../../engine/engineClient';
import { nameInReference } from '../../format/modelSource';
import { formatBytes } from '../../format/numbers';
import { modelSources, type FoundModel, type ModelSource } from '../../protocol/foundModel';
import { plainText } from '../plainText';
import { machineText } from '../remoteText';
import { readSettings, resolveModelFolder } from '../stores/settings';
import { browseForModel } from './browseForModel';

/** What the list of models is made from. */
export interface ModelListContext {
  readonly engine: EngineClient;
  /** References and paths, most recently used first. */
  readonly recent: readonly string[];
  /** The folder of downloaded models. */
  readonly downloads: string;
  readonly log: vscode.LogOutputChannel;
}

export interface ModelListOptions {
  readonly title: string;
  /** Other files of the current model, which has this name, to be offered first. */
  readonly siblings?: { readonly name: string; readonly files: readonly string[] };
  /** Whether to offer the commands that get models from the Hub. */
  readonly offersHub: boolean;
}

/** Usually the list is complete by then, and nothing moves under the pointer. */
const listMilliseconds = 500;

export interface ModelItem extends vscode.QuickPickItem {
  /** A reference or a path, empty for the built-in model; or what to do instead. */
  readonly choice?: string | (() => Thenable<string | undefined>);
}

/**
 * Lets the user choose from the models on this machine. The list appears at once with what is known, and is completed when the
 * engine has looked.
 *
 * @returns a reference or a path, empty for the built-in model; `undefined` if the user cancelled or went to the Hub
 */
export async function pickModel(
  context: ModelListContext,
  options: ModelListOptions,
): Promise<string | undefined> {
  const commands = options.offersHub ? hubItems() : [];
  const current = currentModel();
  const recent = [...new Set([...(current === '' ? [] : [current]), ...context.recent])];
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = options.title;
  picker.placeholder = t('Search by name, format or precision');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.keepScrollPosition = true;
  let isShown = false;
  const show = (models: readonly ModelItem[]): void => {
    const [active] = picker.activeItems;
    const { known, others } = bySource(models, recent);
    const first = [...siblingItems(options.siblings), ...section('recent', known)];
    const last = [...builtInItems(), ...browseItems(), ...commands];
    // VS Code identifies items by their index: those that arrive later are appended, so that no click chooses another one.
    picker.items = isShown ? [...first, ...last, ...others] : [...first, ...others, ...last];
    const same = picker.items.find(
      ({ label, detail }) => label === active?.label && detail === active.detail,
    );
    if (same) picker.activeItems = [same];
  };
  show([]);
  picker.busy = true;
  const listed = list(context, recent).then((models) => {
    if (models) show(foundItems(models));
    picker.busy = false;
  });
  await Promise.race([listed, sleep(listMilliseconds)]);
  isShown = true;
  const item = await new Promise<ModelItem | undefined>((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
  const choice = item?.choice;
  return typeof choice === 'function' ? choice() : choice;
}

/**
 * The models that the list offers to choose several of: other files of the current one, and those on this machine. The rest, such as
 * a folder that nobody knows, has to be used once with *Select Model…*.
 *
 * @param siblings other files of the current model
 */
export async function knownModels(
  context: ModelListContext,
  siblings: ModelListOptions['siblings'],
): Promise<ModelItem[]> {
  const current = currentModel();
  const recent = context.recent.filter((text) => text !== current);
  const models = foundItems((await list(context, recent)) ?? []);
  const { known, others } = bySource(models, recent);
  const builtIn = current === '' ? [] : builtInItems();
  return [...siblingItems(siblings), ...section('recent', known), ...others, ...builtIn].filter(
    ({ choice }) => choice !== current,
  );
}

/** The models that were used, whether they were found or not, and the others that were found. */
function bySource(models: readonly ModelItem[], recent: readonly string[]) {
  return {
    known: recent.map((text) => models.find(({ choice }) => choice === text) ?? knownItem(text)),
    others: models.filter(({ choice }) => typeof choice !== 'string' || !recent.includes(choice)),
  };
}

async function list(
  { engine, downloads, log }: ModelListContext,
  recent: readonly string[],
): Promise<readonly FoundModel[] | undefined> {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
  const workspaceFolders = folders.filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  try {
    return await engine.call('models', { recent, workspaceFolders, downloads });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    log.error(`The models on this machine could not be listed: ${error.message}`);
    return undefined;
  }
}

function foundItems(models: readonly FoundModel[]): ModelItem[] {
  const sources = Object.keys(modelSources) as ModelSource[];
  return sources.flatMap((source) => {
    const items = models.filter((model) => model.source === source).map(foundItem);
    return source === 'recent' ? items : section(source, items);
  });
}

function section(source: ModelSource, items: readonly ModelItem[]): readonly ModelItem[] {
  return items.length === 0 ? [] : [separator(modelSources[source]), ...items];
}

/** A reference or an absolute path; empty for the built-in model. */
function currentModel(): string {
  const { modelFolder } = readSettings();
  return modelFolder === '' ? '' : resolveModelFolder(modelFolder);
}

function foundItem({ name, reference, path, bytes, format, precision }: FoundModel): ModelItem {
  const current = currentModel();
  const inUse = reference === current || path === current;
  const facts = [formatBytes(bytes), format, ...(precision === null ? [] : [precision])];
  return {
    label: plainText(name),
    description: plainText([...facts, ...(inUse ? [t('in use')] : [])].join(' · ')),
    detail: plainText(reference),
    choice: reference,
  };
}

/** A recent model before anything of it is read. */
function knownItem(text: string): ModelItem {
  const name = nameInReference(text) ?? basename(text);
  const inUse = text === currentModel() ? t('in use') : '';
  return { label: plainText(name), description: inUse, detail: plainText(text), choice: text };
}

function siblingItems(siblings: ModelListOptions['siblings']): ModelItem[] {
  if (!siblings || siblings.files.length === 0) return [];
  const items = siblings.files.map((file) => ({
    label: plainText(basename(file)),
    description: plainText(t`another file of ${siblings.name}`),
    choice: file,
  }));
  return [separator(t('Same model')), ...items];
}

function builtInItems(): ModelItem[] {
  const inUse = currentModel() === '' ? t('in use') : '';
  return [
    separator(t('Built-in')),
    { label: `$(package) ${t('Built-in model')}`, description: inUse, choice: '' },
  ];
}

function browseItems(): ModelItem[] {
  return [
    separator(t('Elsewhere')),
    {
      label: `$(folder-opened) ${t('Browse…')}`,
      description: t`a folder, or an .onnx, .gguf or .safetensors file, ${machineText()}`,
      choice: browseForModel,
    },
  ];
}

/** The commands that get models from the Hub. */
function hubItems(): ModelItem[] {
  const offered = [
    [`$(cloud-download) ${t('Search the Hub…')}`, 'conceptProbe.downloadModel'],
    [`$(cloud) ${t('Open from the Hub without Downloading…')}`, 'conceptProbe.openFromHub'],
  ] as const;
  return offered.map(([label, command]) => ({
    label,
    choice: () => vscode.commands.executeCommand<undefined>(command).then(() => undefined),
  }));
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
