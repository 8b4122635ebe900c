import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

/** A minimal extension that shows everything the harness reads. */
const manifest = {
  name: 'harness-probe',
  displayName: 'Harness Probe',
  description: 'Made and packed by a test.',
  publisher: 'concept-probe',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.90.0' },
  main: './extension.js',
  files: ['extension.js'],
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [
      { command: 'harness.show', title: 'Show Words', category: 'Harness' },
      { command: 'harness.ask', title: 'Ask for a Fruit', category: 'Harness' },
      { command: 'harness.drop', title: 'Drop', category: 'Harness' },
      { command: 'harness.dropToo', title: 'Drop from Menu', category: 'Harness' },
    ],
    views: { explorer: [{ id: 'harness.things', name: 'Harness Things' }] },
    menus: {
      'view/item/context': [
        { command: 'harness.drop', when: 'view == harness.things', group: 'inline' },
        { command: 'harness.dropToo', when: 'view == harness.things' },
      ],
      'editor/context': [{ command: 'harness.ask' }],
    },
  },
};

/** Runs in the extension host, where only `vscode` is available: plain JavaScript, as text. */
const code = `
const vscode = require('vscode');
exports.activate = (context) => {
  const changed = new vscode.EventEmitter();
  const groups = { Royalty: ['king → queen', 'prince → princess'], Family: ['man → woman'] };
  const things = {
    onDidChangeTreeData: changed.event,
    getChildren: (name) => (name ? groups[name] ?? [] : Object.keys(groups)),
    getTreeItem: (name) => {
      const children = groups[name];
      const item = new vscode.TreeItem(name, children ? 1 : 0);
      if (children) item.description = children.length + ' pairs';
      return item;
    },
  };
  const tint = vscode.window.createTextEditorDecorationType({
    backgroundColor: 'rgba(0, 128, 255, 0.25)',
    color: 'rgb(200, 0, 0)',
    borderWidth: '0 0 2px 0', borderStyle: 'solid', borderColor: 'rgb(0, 128, 255)',
    after: { contentText: '!' },
  });
  const paint = () => {
    for (const editor of vscode.window.visibleTextEditors) {
      const text = editor.document.getText();
      const ranges = [...text.matchAll(/\\bking\\b/g)].map(({ index }) =>
        new vscode.Range(editor.document.positionAt(index), editor.document.positionAt(index + 4)));
      editor.setDecorations(tint, ranges);
    }
  };
  const bar = vscode.window.createStatusBarItem('harness.bar', vscode.StatusBarAlignment.Left, 100);
  bar.text = '$(beaker) Harness ready';
  bar.show();
  let panel;
  const words = () => {
    const editor = vscode.window.visibleTextEditors[0];
    return editor ? editor.selections.map((range) => editor.document.getText(range)) : [];
  };
  const html = () => '<html><body><h1 data-testid="words">' + words().join(' & ') + '</h1><button onclick="'
    + "acquireVsCodeApi().postMessage('pressed')" + '">Press</button></body></html>';
  context.subscriptions.push(
    tint, bar,
    vscode.window.createTreeView('harness.things', { treeDataProvider: things }),
    vscode.languages.registerHoverProvider('*', {
      provideHover(document, position) {
        const range = document.getWordRangeAtPosition(position);
        return range && new vscode.Hover('The word is **' + document.getText(range) + '**.');
      },
    }),
    vscode.window.onDidChangeVisibleTextEditors(paint),
    vscode.commands.registerCommand('harness.show', () => {
      if (!panel) {
        panel = vscode.window.createWebviewPanel('harness', 'Harness Panel', vscode.ViewColumn.Beside, { enableScripts: true });
        panel.webview.onDidReceiveMessage((message) => vscode.window.showInformationMessage('The panel says ' + message));
      }
      panel.webview.html = html();
    }),
    vscode.commands.registerCommand('harness.ask', async () => {
      const fruit = await vscode.window.showQuickPick([{ label: 'Apple', description: 'red' }, { label: 'Pear' }]);
      const many = await vscode.window.showInputBox({
        prompt: 'How many?',
        validateInput: (value) => (/^\\d+$/.test(value) ? undefined : 'Please give a number'),
      });
      void vscode.window.showInformationMessage(fruit.label + ' × ' + many);
    }),
    ...['harness.drop', 'harness.dropToo'].map((id) => vscode.commands.registerCommand(id, (name) => {
      for (const key of Object.keys(groups)) groups[key] = groups[key].filter((pair) => pair !== name);
      changed.fire();
    })),
  );
  paint();
};
`;

/** Writes and packages the extension in `directory`; returns the package's path. */
export async function packTinyExtension(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(directory, 'extension.js'), code);
  await writeFile(join(directory, 'README.md'), '# Harness Probe\n');
  await writeFile(join(directory, 'LICENSE'), 'MIT\n');
  const packagePath = join(directory, 'harness-probe.vsix');
  await createVSIX({
    cwd: directory,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}
