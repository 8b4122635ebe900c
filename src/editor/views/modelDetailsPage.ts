import { t } from '@vscode/l10n';
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
const title = t('Model Details');

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
  const size = (value: number | null): string => (value === null ? t('unknown') : formatCount(value));
  const rows = [
    [t('Source'), model.source],
    // The source of a model on the Hub is its reference.
    ...(model.remote ? [] : [[t('Folder'), `${model.folder} (${machine})`]]),
    [t('File'), model.file],
    ...(model.remote ? [[t('Read from'), remoteText(model.remote)]] : []),
    [t('Format'), head?.format ?? t('unknown')],
    [t('Tensor'), head?.tensor ?? t('unknown')],
    [t('Architecture'), model.architecture ?? t('unknown (no config.json)')],
    [t('Vocabulary'), vocabularyText(model)],
    [t('Hidden size'), size(hiddenSize)],
    [t('Head'), head ? describeHead(head) : t('not readable, see below')],
    [t('Tokenizer'), model.tokenizer ?? t('none')],
  ];
  const abilities = model.abilities.map(
    ({ name: what, works, why }) => `| ${works ? '✓' : '✗'} | ${cell(what)} | ${cell(why ?? '')} |`,
  );
  const files = model.files.map(
    ({ path, bytes }) =>
      `| ${cell(path)} | ${formatBytes(bytes)} |${path === model.file ? ` ${t('in use')}` : ''} |`,
  );
  return [
    `# ${escapeMarkdown(name)}`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([key, value]) => `| ${key!} | ${cell(value!)} |`),
    '',
    `## ${t('What works')}`,
    '',
    '| | | |',
    '| --- | --- | --- |',
    ...abilities,
    '',
    `## ${t('Files')}`,
    '',
    `| ${t('File')} | ${t('Size')} | |`,
    '| --- | ---: | --- |',
    ...files,
    '',
    t('*Concept Probe: Select Precision…* selects another weight file.'),
    '',
  ].join('\n');
}

function vocabularyText({ vocabSize, rowsWithoutToken }: ModelDetails): string {
  if (vocabSize === null) return t('unknown');
  const rows = formatCount(vocabSize);
  if (!rowsWithoutToken) return t`${rows} tokens`;
  const tokens = formatCount(vocabSize - rowsWithoutToken);
  return t`${tokens} tokens in ${rows} rows; ${rowsHaveNoToken(rowsWithoutToken)}`;
}

function cell(text: string): string {
  return escapeMarkdown(text).replaceAll('\n', ' ');
}
