import * as vscode from 'vscode';
import { addPairFromSelection } from './editor/addPair';
import { ConceptDiagnostics } from './editor/conceptDiagnostics';
import { ConceptStore } from './editor/conceptStore';
import { ConceptTree } from './editor/conceptTree';
import { askForPair, editCommands } from './editor/editCommands';
import { exportResults } from './editor/exportResults';
import { importPairs } from './editor/importPairs';
import { Mark } from './editor/markedWord';
import { openConceptFile, selectConceptFile } from './editor/openConceptFile';
import { PairDecorations } from './editor/pairDecorations';
import { PairHover } from './editor/pairHover';
import { ConceptPicker } from './editor/pickConcept';
import { ProbeSession } from './editor/probeSession';
import { registerCommands, runCommand } from './editor/registerCommands';
import { revealPair } from './editor/revealPair';
import { StatusBar } from './editor/statusBar';
import { TextOccurrences } from './editor/textOccurrences';
import { EngineClient } from './engine/engineClient';
import { GeometryPanel } from './panel/geometryPanel';
import type { FromPanel } from './protocol/panelMessages';

/** Puts the rooms together; nothing is decided here. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const { extensionUri, workspaceState, subscriptions } = context;
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Concept Probe', { log: true }));
  const engine = own(new EngineClient(vscode.Uri.joinPath(extensionUri, 'dist', 'engine.js').fsPath, (text) => { log.info(text); }));
  const store = own(new ConceptStore(workspaceState));
  const session = own(new ProbeSession(store, engine, log));
  const mark = own(new Mark());
  const picker = new ConceptPicker(store, workspaceState);
  const occurrences = own(new TextOccurrences(store));
  own(new ConceptTree(store, session));
  own(new ConceptDiagnostics(store));
  own(new PairDecorations(store, occurrences));
  own(new StatusBar(store, session, mark));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new PairHover(store, session, occurrences)));
  const panel = own(
    new GeometryPanel(extensionUri, { state: () => session.state, onDidChangeState: session.onDidChange, receive }),
  );
  own(
    registerCommands(
      {
        ...editCommands(store, picker),
        'conceptProbe.addPair': () => addPairFromSelection(store, mark, picker),
        'conceptProbe.clearMark': () => { mark.clear(); },
        'conceptProbe.showGeometry': () => { panel.show(); },
        'conceptProbe.importPairs': () => importPairs(store, log),
        'conceptProbe.exportResults': (format) => exportResults(session.state, extensionUri, format),
        'conceptProbe.openConceptFile': () => openConceptFile(store),
        'conceptProbe.selectConceptFile': () => selectConceptFile(store),
        'conceptProbe.computeAgain': () => { session.refresh(); },
        'conceptProbe.cancel': () => { session.cancel(); },
        'conceptProbe.showLog': () => { log.show(); },
        'conceptProbe.revealPair': async (given) => {
          const reference = given ?? (await askForPair(store, 'Reveal which pair?'));
          if (reference) await revealPair(reference, store, occurrences);
        },
      },
      log,
    ),
  );
  await store.reload();
}

/** What is clicked in the panel is a command like any other. */
function receive(message: Exclude<FromPanel, { type: 'ready' }>): void {
  switch (message.type) {
    case 'cancel':
      return void runCommand('conceptProbe.cancel');
    case 'retry':
      return void runCommand('conceptProbe.computeAgain');
    case 'revealPair':
      return void runCommand('conceptProbe.revealPair', { concept: message.concept, pair: message.pair });
    case 'export':
      return void runCommand('conceptProbe.exportResults', message.format);
    case 'command':
      return void runCommand(`conceptProbe.${message.command}`);
  }
}
