import * as vscode from 'vscode';
import { EngineError, type EngineClient } from '../../engine/engineClient';
import { describeHead } from '../../format/headDescription';
import { remoteText } from '../../format/remoteText';
import { rowsHaveNoToken } from '../../format/rowsWithoutToken';
import { formatBytes, formatCount } from '../../format/numbers';
import type { ModelDetails } from '../../protocol/modelSummary';
import { Disposable } from '../disposable';
import { escapeMarkdown } from '../escapeMarkdown';
import { machineText } from '../remoteText';
import { readSettings, settingsSection } from '../stores/settings';

const scheme = 'concept-probe';
const title = 'Model Details';

/** Milliseconds to wait for VS Code to take the new text. */
const mostWait = 5000;

/** *Show Model Details*: a readable page, shown by VS Code's own Markdown preview. It follows the model while it is open. */
export class ModelDetailsPage extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #changed = this.register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme, path: `/${title}.md` });
  #text = '';
  #reads = 0;

  constructor(
    private readonly engine: EngineClient,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this.register(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(settingsSection) && isOpen()) void this.#follow();
      }),
    );
  }

  /** @throws EngineError if the folder does not exist */
  async show(): Promise<void> {
    await this.#read();
    await this.#updateDocument();
    await vscode.commands.executeCommand('markdown.showPreview', this.#uri);
    await this.#refresh();
  }

  /** After a change of model: shows its details, or why there are none. */
  async #follow(): Promise<void> {
    try {
      await this.#read();
    } catch (error) {
      if (!(error instanceof EngineError && error.expected)) this.log.error(String(error));
      this.#text = `# ${title}\n\n${escapeMarkdown(error instanceof Error ? error.message : String(error))}\n`;
    }
    await this.#refresh();
  }

  async #read(): Promise<void> {
    const read = ++this.#reads;
    const { model } = readSettings();
    const details = await this.engine.call('details', { model });
    // Of two models selected in quick succession, the later one counts.
    if (read === this.#reads) this.#text = detailsMarkdown(details, machineText());
  }

  /** The preview identifies texts by version, which restarts for a page that VS Code has closed meanwhile. */
  async #refresh(): Promise<void> {
    await this.#updateDocument();
    await vscode.commands.executeCommand('markdown.preview.refresh');
  }

  /** VS Code keeps the document after its preview was closed, and a preview that is refreshed too early keeps the old text. */
  async #updateDocument(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.#uri);
    const isNew = (): boolean => document.isClosed || document.getText() === this.#text;
    if (isNew()) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve();
      };
      const timer = setTimeout(done, mostWait);
      const listener = vscode.workspace.onDidChangeTextDocument(() => {
        if (isNew()) done();
      });
      this.#changed.fire(this.#uri);
    });
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }
}

function isOpen(): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input, label }) => input instanceof vscode.TabInputWebview && label.includes(`${title}.md`)),
  );
}

function detailsMarkdown(model: ModelDetails, machine: string): string {
  const { name, hiddenSize, head } = model;
  const size = (value: number | null): string => (value === null ? 'unknown' : formatCount(value));
  const rows = [
    ['Source', model.source],
    // The source of a model on the Hub is its reference.
    ...(model.remote ? [] : [['Folder', `${model.folder} (${machine})`]]),
    ['File', model.file],
    ...(model.remote ? [['Read from', remoteText(model.remote)]] : []),
    ['Format', head?.format ?? 'unknown'],
    ['Tensor', head?.tensor ?? 'unknown'],
    ['Architecture', model.architecture ?? 'unknown (no config.json)'],
    ['Vocabulary', vocabularyText(model)],
    ['Hidden size', size(hiddenSize)],
    ['Head', head ? describeHead(head) : 'not readable, see below'],
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
    '*Concept Probe: Select Precision…* selects another weight file.',
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
