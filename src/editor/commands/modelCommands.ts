import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { formatBytes } from '../../format/numbers';
import { fileOf, modelChoice, type ModelChoice } from '../../protocol/modelChoice';
import type { CommandHandlers } from './commandTable';
import type { ModelDetailsPage } from '../views/modelDetailsPage';
import { showStatus } from '../notify';
import { plainText } from '../plainText';
import { knownModels, pickModel, type ModelListContext } from './pickModel';
import { changeSetting, readSettings } from '../stores/settings';

type ModelCommand = `conceptProbe.${'selectModel' | 'selectPrecision' | 'showModelDetails' | 'unloadModel'}`;

const recentKey = 'recentModels';
const mostRecent = 8;

/** What the commands that ask for a model need. */
export interface ModelChoiceContext {
  readonly engine: EngineClient;
  /** Keeps the recent models. */
  readonly memory: vscode.Memento;
  /** The extension's own folder on this machine. */
  readonly storage: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

interface ModelCommandContext extends ModelChoiceContext {
  readonly page: ModelDetailsPage;
}

/** The commands that select a model and show its details. */
export function modelCommands({ page, ...models }: ModelCommandContext): Pick<CommandHandlers, ModelCommand> {
  const { engine, memory } = models;
  return {
    'conceptProbe.selectModel': async () => {
      const folder = await pickModel(listOf(models), { title: t('Select a Model'), offersHub: true });
      if (folder === undefined) return;
      // Fails before the setting is changed if the model cannot be used at all.
      const details = await engine.call('details', { model: folder === '' ? null : folder });
      const output = folder === '' ? '' : await askForOutput(engine, folder, '');
      if (output === undefined) return;
      await takeModel(memory, folder, '', output);
      showStatus(t`Concept Probe now uses ${details.name} (${details.file})`, 8000);
    },
    'conceptProbe.selectPrecision': async () => {
      const { model, modelFolder, output: current } = readSettings();
      if (modelFolder === '')
        throw new UserError(t('The built-in model has only one precision. Select another model first.'));
      const details = await engine.call('details', { model });
      const sizes = new Map(details.files.map(({ path, bytes }) => [path, bytes]));
      const items = [details.file, ...details.otherFiles].map((file, index) => ({
        label: plainText(file),
        file,
        description: [formatBytes(sizes.get(file) ?? 0), ...(index === 0 ? [t('in use')] : [])].join(' · '),
      }));
      const item = await vscode.window.showQuickPick(items, {
        title: t`Select a File of ${plainText(details.name)}`,
      });
      if (!item) return;
      const output = await askForOutput(engine, fileOf(details.folder, item.file, join), current);
      if (output === undefined) return;
      const other = besides(modelFolder, details.file, item.file);
      await (other === undefined
        ? takeModel(memory, modelFolder, item.file, output)
        : takeModel(memory, other, '', output));
    },
    'conceptProbe.showModelDetails': () => page.show(),
    'conceptProbe.unloadModel': () => {
      engine.dispose();
      showStatus(t('Unloaded the model and released its memory. It is loaded again when needed.'), 8000);
    },
  };
}

/**
 * The other file next to the one that a setting names; `undefined` if it does not name a file, but the model that contains
 * it.
 */
function besides(setting: string, file: string, other: string): string | undefined {
  const isFile = setting.replaceAll('\\', '/').endsWith(`/${file}`);
  return isFile ? setting.slice(0, -file.length) + other : undefined;
}

function listOf({ engine, memory, storage, log }: ModelChoiceContext): ModelListContext {
  const downloads = vscode.Uri.joinPath(storage, 'models').fsPath;
  return { engine, recent: memory.get<string[]>(recentKey, []), downloads, log };
}

/**
 * Asks for a model to compare with: another file of the current folder, another folder, or the built-in model. `undefined`:
 * the user cancelled.
 */
export async function askForModel(
  context: ModelChoiceContext,
  title: string,
): Promise<ModelChoice | undefined> {
  const { engine } = context;
  const { model, output: current } = readSettings();
  const { name, folder, otherFiles } = await engine.call('details', { model });
  const files = model === null ? [] : otherFiles.map((file) => fileOf(folder, file, join));
  const path = await pickModel(listOf(context), { title, siblings: { name, files }, offersHub: false });
  if (path === undefined || path === '') return path === '' ? null : undefined;
  const output = await askForOutput(engine, path, current);
  return output === undefined ? undefined : modelChoice(path, output);
}

/** Asks for any number of models to compare with the current one. `undefined`: the user cancelled. */
export async function askForModels(
  context: ModelChoiceContext,
  title: string,
): Promise<readonly ModelChoice[] | undefined> {
  const { model, output } = readSettings();
  const known = context.engine.call('details', { model }).then(({ name, folder, otherFiles }) => {
    const files = model === null ? [] : otherFiles.map((file) => fileOf(folder, file, join));
    return knownModels(listOf(context), { name, files });
  });
  const items = await vscode.window.showQuickPick(known, {
    ...{ title, canPickMany: true, matchOnDescription: true, matchOnDetail: true },
    placeHolder: t('Select the models to compare with the current one'),
  });
  return items?.flatMap(({ choice }) => {
    if (typeof choice !== 'string') return [];
    return [choice === '' ? null : modelChoice(choice, output)];
  });
}

/**
 * The output that holds the logits: `current` if the model has it, empty if the file leaves no choice, otherwise the user's
 * choice. `undefined`: the user cancelled.
 */
async function askForOutput(
  engine: EngineClient,
  path: string,
  current: string,
): Promise<string | undefined> {
  if (current !== '') {
    const { head } = await engine.call('details', { model: modelChoice(path, current) });
    if (head) return current;
  }
  const { name, unclearOutputs } = await engine.call('details', { model: path });
  if (unclearOutputs.length === 0) return '';
  const items = unclearOutputs.map((output) => ({ label: plainText(output), output }));
  const title = t`Select the Output of ${name} That Holds the Logits`;
  return (await vscode.window.showQuickPick(items, { title }))?.output;
}

/**
 * Sets the model in the settings and adds it to the recent ones.
 *
 * @param folder a reference or a path; empty for the built-in model
 */
export async function takeModel(
  memory: vscode.Memento,
  folder: string,
  precision: string,
  output = '',
): Promise<void> {
  await changeSetting('precision', precision);
  await changeSetting('output', output);
  await changeSetting('modelFolder', folder);
  if (folder !== '') await remember(memory, folder);
}

async function remember(memory: vscode.Memento, folder: string): Promise<void> {
  const others = memory.get<string[]>(recentKey, []).filter((other) => other !== folder);
  await memory.update(recentKey, [folder, ...others].slice(0, mostRecent));
}
