import { UserError } from '../../errors';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { formatBytes } from '../../format/numbers';
import { modelChoice, type ModelChoice } from '../../protocol/modelChoice';
import type { CommandHandlers } from './commandTable';
import type { ModelDetailsPage } from '../views/modelDetailsPage';
import { showStatus } from '../notify';
import { plainText } from '../plainText';
import { machineText } from '../remoteText';
import { changeSetting, readSettings } from '../stores/settings';

type ModelCommand = `conceptProbe.${'selectModel' | 'selectPrecision' | 'showModelDetails' | 'unloadModel'}`;

const recentKey = 'recentModels';
const mostRecent = 8;

interface FolderItem extends vscode.QuickPickItem {
  /** The new value of the setting; `undefined`: ask for a folder or a file. */
  readonly folder?: string;
  readonly isFile?: boolean;
}

/** The commands that select a model and show its details. */
export function modelCommands(
  engine: EngineClient,
  page: ModelDetailsPage,
  memory: vscode.Memento,
): Pick<CommandHandlers, ModelCommand> {
  return {
    'conceptProbe.selectModel': async () => {
      const folder = await askForFolder(memory.get<string[]>(recentKey, []));
      if (folder === undefined) return;
      // Fails before the setting is changed if the model cannot be used at all.
      const details = await engine.call('details', { model: folder === '' ? null : folder });
      const output = folder === '' ? '' : await askForOutput(engine, folder, '');
      if (output === undefined) return;
      await takeModel(memory, folder, '', output);
      showStatus(`Concept Probe now uses ${details.name} (${details.file})`, 8000);
    },
    'conceptProbe.selectPrecision': async () => {
      const { model, modelFolder, output: current } = readSettings();
      if (modelFolder === '')
        throw new UserError('The built-in model has only one precision. Select a model folder first.');
      const details = await engine.call('details', { model });
      const sizes = new Map(details.files.map(({ path, bytes }) => [path, bytes]));
      const items = [details.file, ...details.otherFiles].map((file, index) => ({
        label: plainText(file),
        file,
        description: [formatBytes(sizes.get(file) ?? 0), ...(index === 0 ? ['in use'] : [])].join(' · '),
      }));
      const item = await vscode.window.showQuickPick(items, {
        title: `Select an ONNX File of ${details.name}`,
      });
      if (!item) return;
      const output = await askForOutput(engine, join(details.folder, item.file), current);
      if (output === undefined) return;
      await changeSetting('output', output);
      await changeSetting('precision', item.file);
    },
    'conceptProbe.showModelDetails': () => page.show(),
    'conceptProbe.unloadModel': () => {
      engine.dispose();
      showStatus('Unloaded the model and released its memory. It is loaded again when needed.', 8000);
    },
  };
}

/**
 * Asks for a model to compare with: another file of the current folder, another folder, or the built-in model. `undefined`:
 * the user cancelled.
 */
export async function askForModel(
  engine: EngineClient,
  memory: vscode.Memento,
  title: string,
): Promise<ModelChoice | undefined> {
  const { model, output: current } = readSettings();
  const { name, folder, otherFiles } = await engine.call('details', { model });
  const siblings = model === null ? [] : otherFiles.map((file) => join(folder, file));
  const path = await askForFolder(memory.get<string[]>(recentKey, []), title, siblings, name);
  if (path === undefined || path === '') return path === '' ? null : undefined;
  const output = await askForOutput(engine, path, current);
  return output === undefined ? undefined : modelChoice(path, output);
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
  const title = `Select the Output of ${name} That Holds the Logits`;
  return (await vscode.window.showQuickPick(items, { title }))?.output;
}

async function askForFolder(
  recent: readonly string[],
  title = 'Select a Model',
  siblings: readonly string[] = [],
  name = '',
): Promise<string | undefined> {
  const { modelFolder } = readSettings();
  const inUse = (folder: string): string => (folder === modelFolder ? 'in use' : '');
  const items: FolderItem[] = [
    { label: '$(folder-opened) Model folder…', description: machineText() },
    { label: '$(file) ONNX file…', description: machineText(), isFile: true },
    { label: '$(package) Built-in model', description: inUse(''), folder: '' },
    ...siblings.map((file) => ({
      label: plainText(basename(file)),
      description: `another file of ${name}`,
      folder: file,
    })),
    ...recent.map((folder) => ({ label: plainText(folder), description: inUse(folder), folder })),
  ];
  const item = await vscode.window.showQuickPick(items, { title });
  if (!item) return undefined;
  if (item.folder !== undefined) return item.folder;
  const isFile = item.isFile ?? false;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: isFile ? 'Select an ONNX File' : 'Select a Model Folder with an .onnx File and a tokenizer.json',
      openLabel: 'Use This Model',
      canSelectFiles: isFile,
      canSelectFolders: !isFile,
      ...(isFile && { filters: { ONNX: ['onnx'] } }),
    })) ?? [];
  return uri?.fsPath;
}

/** Sets the model in the settings and adds it to the recent ones. @param folder empty for the built-in model */
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
