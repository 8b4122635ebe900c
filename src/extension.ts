import * as vscode from 'vscode';
import { commandHandlers } from './editor/commandHandlers';
import { ConceptDiagnostics } from './editor/conceptDiagnostics';
import { ConceptStore } from './editor/conceptStore';
import { ConceptTree } from './editor/conceptTree';
import { Mark } from './editor/markedWord';
import { PairDecorations } from './editor/pairDecorations';
import { PairHover } from './editor/pairHover';
import { ModelDetailsPage } from './editor/modelDetailsPage';
import { ModelStatus } from './editor/modelStatus';
import { runPanelAction } from './editor/panelActions';
import { ConceptPicker } from './editor/pickConcept';
import { ProbeSession } from './editor/probeSession';
import { registerCommands } from './editor/registerCommands';
import { StatusBar } from './editor/statusBar';
import { TextOccurrences } from './editor/textOccurrences';
import { TokensHover } from './editor/tokensHover';
import { EngineClient } from './engine/engineClient';
import { GeometryPanel } from './panel/geometryPanel';

/** Puts the rooms together; nothing is decided here. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri: extension, globalState, workspaceState, subscriptions } = context;
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Concept Probe', { log: true }));
  const enginePath = vscode.Uri.joinPath(extension, 'dist', 'engine.js').fsPath;
  const engine = own(
    new EngineClient(enginePath, (text) => {
      log.info(text);
    }),
  );
  const store = own(new ConceptStore(workspaceState));
  const session = own(new ProbeSession(store, engine, log));
  const mark = own(new Mark());
  const picker = new ConceptPicker(store, workspaceState);
  const occurrences = own(new TextOccurrences(store));
  own(new ConceptTree(store, session));
  own(new ConceptDiagnostics(store));
  own(new PairDecorations(store, occurrences));
  own(new StatusBar(store, session, mark));
  own(new ModelStatus(session));
  const modelDetails = own(new ModelDetailsPage(engine));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new PairHover(store, session, occurrences)));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new TokensHover(engine, store)));
  const panel = own(
    new GeometryPanel(extension, {
      state: () => session.state,
      onDidChangeState: session.onDidChange,
      receive: (message) => {
        runPanelAction(message, session);
      },
    }),
  );
  const showGeometry = (): void => {
    panel.show();
  };
  const handlers = commandHandlers({
    extension,
    storage: context.globalStorageUri,
    engine,
    modelDetails,
    globalMemory: globalState,
    log,
    store,
    session,
    mark,
    picker,
    occurrences,
    showGeometry,
  });
  own(registerCommands(handlers, log));
  void store.reload();
}
