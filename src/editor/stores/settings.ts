import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import * as vscode from 'vscode';
import type { ExecutionProvider, RunSettings } from '../../protocol/embedResult';
import { innerProducts } from '../../protocol/geometryResult';
import {
  defaultProbeSettings,
  directionChoices,
  mostDraws,
  type ProbeSettings,
} from '../../protocol/probeResult';
import { isModelReference } from '../../protocol/foundModel';
import { isHubReference } from '../../protocol/hubReference';
import { fileOf, modelChoice, namesFile, type ModelChoice } from '../../protocol/modelChoice';

/** The user's settings, read when needed. */
export interface Settings {
  /** As written, a folder, file or reference; empty for the built-in model. */
  readonly modelFolder: string;
  /** The file of weights in the folder; empty for the most precise one. */
  readonly precision: string;
  /** The output that holds the logits; empty to detect it from the file. */
  readonly output: string;
  /** The model for the engine, `null` for the built-in model. */
  readonly model: ModelChoice;
  readonly seed: number;
  readonly settings: ProbeSettings;
  readonly run: RunSettings;
}

export const settingsSection = 'conceptProbe';

export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  /** A value out of bounds in the settings file counts as the nearest bound, and one that is not a number as the default. */
  const count = (name: 'randomPairs' | 'permutations' | 'bootstrap'): number => {
    const value = Math.round(Number(configuration.get(name)));
    return Number.isNaN(value) ? defaultProbeSettings[name] : Math.max(0, Math.min(mostDraws, value));
  };
  const modelFolder = configuration.get<string>('modelFolder', '').trim();
  const precision = configuration.get<string>('precision', '').trim();
  const output = configuration.get<string>('output', '').trim();
  const provider = configuration.get<ExecutionProvider | 'auto'>('executionProvider', 'auto');
  const threads = configuration.get<number>('threads', 0);
  return {
    modelFolder,
    precision,
    output,
    model: chosenModel(modelFolder, precision, output),
    seed: configuration.get<number>('seed', 0),
    settings: {
      ...defaultProbeSettings,
      products: configuration.get<boolean>('causalProduct', true) ? innerProducts : ['euclidean'],
      direction: directionChoices.find((choice) => choice === configuration.get('direction')) ?? 'mean',
      randomPairs: count('randomPairs'),
      permutations: count('permutations'),
      bootstrap: count('bootstrap'),
      allRows: configuration.get<boolean>('allRows', false),
    },
    run: { ...(provider !== 'auto' && { provider }), ...(threads > 0 && { threads }) },
  };
}

/** Changes a setting in the scope where it is already set, else in the user settings. */
export async function changeSetting(
  name: 'modelFolder' | 'precision' | 'output',
  value: string,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(settingsSection);
  const inspected = configuration.inspect(name);
  const target =
    inspected?.workspaceValue === undefined
      ? vscode.ConfigurationTarget.Global
      : vscode.ConfigurationTarget.Workspace;
  await configuration.update(name, value === '' ? undefined : value, target);
}

/** The Hub to use instead of huggingface.co, if the user named one. */
export function hubEndpoint(): string | null {
  const endpoint = vscode.workspace.getConfiguration(settingsSection).get<string>('hubEndpoint', '').trim();
  return endpoint === '' ? null : endpoint;
}

function chosenModel(folder: string, precision: string, output: string): ModelChoice {
  if (folder === '') return null;
  const path = resolveModelFolder(folder);
  return modelChoice(precision === '' || namesFile(path) ? path : fileOf(path, precision, join), output);
}

/** A reference is kept. `~` is the home folder; a relative path is resolved against the first workspace folder. */
export function resolveModelFolder(folder: string): string {
  if (isModelReference(folder) || isHubReference(folder)) return folder;
  if (folder === '~' || /^~[\\/]/u.test(folder)) return join(homedir(), folder.slice(1));
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return root === undefined ? folder : resolve(root, folder);
}
