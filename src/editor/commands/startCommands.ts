import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { setContextKey } from '../setContextKey';
import { exists } from '../stores/conceptDocument';
import type { CommandHandlers } from './commandTable';

type StartCommand = `conceptProbe.${'getStarted' | 'openExample' | 'newText' | 'howToRead'}`;

/** What the commands for new users need. */
export interface StartContext {
  readonly extension: vscode.Uri;
  /** The folder for the user's copy of the example. */
  readonly example: vscode.Uri;
  /** State that is shared by all windows. */
  readonly memory: vscode.Memento;
  readonly showGeometry: () => void;
}

export function startContext(
  { extensionUri, globalStorageUri, globalState }: vscode.ExtensionContext,
  showGeometry: () => void,
): StartContext {
  const example = vscode.Uri.joinPath(globalStorageUri, 'example');
  return { extension: extensionUri, example, memory: globalState, showGeometry };
}

const walkthrough = 'concept-probe.concept-probe#start';
const story = 'the-two-thrones.md';
const exampleFiles = [
  story,
  'royalty.concepts.json',
  'contexts/pairs.tsv',
  'contexts/girls-boys.tsv',
] as const;

/** Set while a window with the example is being opened. */
const openingKey = 'openingExample';

/** Something to try the first pairs with, in the language of the built-in model. */
const firstText = `The king and the queen had a son and a daughter. The man was tall, and the woman was taller.
A boy went to the river with one dog, and a girl came back with two dogs.
${t('Write or paste your own text here.')}
`;

/** The commands that a new user begins with. */
export function startCommands(context: StartContext): Pick<CommandHandlers, StartCommand> {
  return {
    'conceptProbe.getStarted': openWalkthrough,
    'conceptProbe.openExample': () => openExample(context),
    'conceptProbe.newText': async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: firstText });
      await vscode.window.showTextDocument(document);
    },
    'conceptProbe.howToRead': async () => {
      const page = vscode.Uri.joinPath(context.extension, 'docs', 'how-to-read-this.md');
      await vscode.commands.executeCommand('markdown.showPreview', page);
    },
  };
}

/** Continues *Open the Example* in the window that it opened. */
export async function continueExample(context: StartContext): Promise<void> {
  if (!isOpen(context.example) || !context.memory.get<boolean>(openingKey)) return;
  await context.memory.update(openingKey, undefined);
  await openWalkthrough();
  await showExample(context);
}

/** Opens the user's own copy of the example, in this window if it has no folder. */
async function openExample(context: StartContext): Promise<void> {
  await copyMissing(vscode.Uri.joinPath(context.extension, 'examples'), context.example);
  if (isOpen(context.example)) return showExample(context);
  await context.memory.update(openingKey, true);
  const forceNewWindow = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', context.example, { forceNewWindow });
}

async function showExample({ example, showGeometry }: StartContext): Promise<void> {
  await vscode.commands.executeCommand('conceptProbe.concepts.focus');
  const uri = vscode.Uri.joinPath(example, story);
  await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, preview: false });
  showGeometry();
}

function isOpen(folder: vscode.Uri): boolean {
  return (vscode.workspace.workspaceFolders ?? []).some(({ uri }) => uri.toString() === folder.toString());
}

/** What the user has changed stays as it is. */
async function copyMissing(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  for (const file of exampleFiles) {
    const target = vscode.Uri.joinPath(to, file);
    if (!(await exists(target))) await vscode.workspace.fs.copy(vscode.Uri.joinPath(from, file), target);
  }
}

async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
  setContextKey('hasStarted', true);
}
