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
  /** The new setting; `undefined` asks for a folder or a file. */
  readonly folder?: string;
  readonly isFile?: boolean;
}

/** Choosing a model and looking at it. */
export function modelCommands(
  engine: EngineClient,
  page: ModelDetailsPage,
  memory: vscode.Memento,
): Pick<CommandHandlers, ModelCommand> {
  return {
    'conceptProbe.selectModel': async () => {
      const folder = await askForFolder(memory.get<string[]>(recentKey, []));
      if (folder === undefined) return;
      // Said before it is chosen, when it cannot be used at all.
      const details = await engine.call('details', { model: folder === '' ? null : folder });
      const output = folder === '' ? '' : await askForOutput(engine, folder, '');
      if (output === undefined) return;
      await takeModel(memory, folder, '', output);
      showStatus(`Concept Probe uses ${details.name} (${details.file})`, 8000);
    },
    'conceptProbe.selectPrecision': async () => {
      const { model, modelFolder, output: current } = readSettings();
      if (modelFolder === '')
        throw new UserError('The embedded model has one precision; select a model folder first.');
      const details = await engine.call('details', { model });
      const sizes = new Map(details.files.map(({ path, bytes }) => [path, bytes]));
      const items = [details.file, ...details.otherFiles].map((file, index) => ({
        label: plainText(file),
        file,
        description: [formatBytes(sizes.get(file) ?? 0), ...(index === 0 ? ['in use'] : [])].join(' · '),
      }));
      const item = await vscode.window.showQuickPick(items, { title: `Which ONNX file of ${details.name}?` });
      if (!item) return;
      const output = await askForOutput(engine, join(details.folder, item.file), current);
      if (output === undefined) return;
      await changeSetting('output', output);
      await changeSetting('precision', item.file);
    },
    'conceptProbe.showModelDetails': () => page.show(),
    'conceptProbe.unloadModel': () => {
      engine.dispose();
      showStatus('The engine has ended and given its memory back; it starts again when needed.', 8000);
    },
  };
}

/** For a comparison: another file of the folder in use, another folder, or the embedded model. `undefined`: none chosen. */
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
 * The output that holds the logits: `current` where the model has that, empty where the file tells, otherwise the
 * user's choice. `undefined`: none chosen.
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
  const title = `Which output of ${name} holds the logits?`;
  return (await vscode.window.showQuickPick(items, { title }))?.output;
}

async function askForFolder(
  recent: readonly string[],
  title = 'Which model?',
  siblings: readonly string[] = [],
  name = '',
): Promise<string | undefined> {
  const { modelFolder } = readSettings();
  const inUse = (folder: string): string => (folder === modelFolder ? 'in use' : '');
  const items: FolderItem[] = [
    { label: '$(folder-opened) Model folder…', description: machineText() },
    { label: '$(file) ONNX file…', description: machineText(), isFile: true },
    { label: '$(package) Embedded model', description: inUse(''), folder: '' },
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
      title: isFile ? 'ONNX file of a model' : 'Model folder with an .onnx file and a tokenizer.json',
      openLabel: 'Use This Model',
      canSelectFiles: isFile,
      canSelectFolders: !isFile,
      ...(isFile && { filters: { ONNX: ['onnx'] } }),
    })) ?? [];
  return uri?.fsPath;
}

/** Puts a model into the settings and remembers it. @param folder empty for the embedded one */
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
