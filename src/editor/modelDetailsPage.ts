import * as vscode from 'vscode';
import type { EngineClient } from '../engine/engineClient';
import { describeHead } from '../protocol/describeHead';
import { rowsHaveNoToken } from '../protocol/describeRows';
import { formatBytes, formatCount } from '../protocol/formatNumbers';
import type { ModelDetails } from '../protocol/modelSummary';
import { Disposable } from './disposable';
import { escapeMarkdown } from './escapeMarkdown';
import { machineText } from './remoteText';
import { readSettings } from './settings';

const scheme = 'concept-probe';

/** *Model Details*: a readable page, shown by VS Code's own Markdown preview. */
export class ModelDetailsPage extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme, path: '/Model Details.md' });
  #text = '';

  constructor(private readonly engine: EngineClient) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  /** @throws EngineError if there is no such folder */
  async show(): Promise<void> {
    const { model } = readSettings();
    this.#text = detailsMarkdown(await this.engine.call('details', { model }), machineText());
    this.#changed.fire(this.#uri);
    await vscode.commands.executeCommand('markdown.showPreview', this.#uri);
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }
}

function detailsMarkdown(model: ModelDetails, machine: string): string {
  const { name, hiddenSize, head } = model;
  const size = (value: number | null): string => (value === null ? 'unknown' : formatCount(value));
  const rows = [
    ['Folder', `${model.folder} (${machine})`],
    ['File', model.file],
    ['Architecture', model.architecture ?? 'not said (no config.json)'],
    ['Vocabulary', vocabularyText(model)],
    ['Hidden size', size(hiddenSize)],
    ['Head', head ? describeHead(head) : 'not read, see below'],
    ['Tokenizer', model.tokenizer ?? 'none'],
  ];
  const abilities = model.abilities.map(
    ({ name: what, works, why }) => `| ${works ? '✓' : '✗'} | ${cell(what)} | ${cell(why ?? '')} |`,
  );
  const files = model.files.map(
    ({ path, bytes }) => `| ${cell(path)} | ${formatBytes(bytes)} |${path === model.file ? ' in use' : ''} |`,
  );
  return [
    `# ${escapeMarkdown(name)}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([key, value]) => `| ${key!} | ${cell(value!)} |`),
    '',
    '## What works',
    '',
    '| | | |',
    '| --- | --- | --- |',
    ...abilities,
    '',
    '## Files',
    '',
    '| File | Size | |',
    '| --- | ---: | --- |',
    ...files,
    '',
    'Several ONNX files? *Concept Probe: Choose Precision…* takes another.',
    '',
  ].join('\n');
}

function vocabularyText({ vocabSize, rowsWithoutToken }: ModelDetails): string {
  if (vocabSize === null) return 'unknown';
  if (!rowsWithoutToken) return `${formatCount(vocabSize)} tokens`;
  return `${formatCount(vocabSize - rowsWithoutToken)} tokens in ${formatCount(vocabSize)} rows; ${rowsHaveNoToken(rowsWithoutToken)}`;
}

function cell(text: string): string {
  return escapeMarkdown(text).replaceAll('\n', ' ');
}
