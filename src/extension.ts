import * as vscode from 'vscode';
import { commandHandlers } from './editor/commands/commandHandlers';
import { ConceptDiagnostics } from './editor/views/conceptDiagnostics';
import { ConceptStore } from './editor/stores/conceptStore';
import { ConceptTree } from './editor/views/conceptTree';
import { Mark } from './editor/views/markedWord';
import { PairDecorations } from './editor/views/pairDecorations';
import { PairHover } from './editor/views/pairHover';
import { CursorPairs } from './editor/sessions/cursorPairs';
import { PanelSource } from './editor/sessions/panelSource';
import { ModelDetailsPage } from './editor/views/modelDetailsPage';
import { ModelStatus } from './editor/views/modelStatus';
import { panelActions } from './editor/commands/panelActions';
import { ConceptPicker } from './editor/commands/pickConcept';
import { ProbeSession } from './editor/sessions/probeSession';
import { registerCommands } from './editor/commands/registerCommands';
import { SimulationStore } from './editor/stores/simulationStore';
import { SimulatorSession } from './editor/sessions/simulatorSession';
import { showTints } from './editor/views/showTints';
import { StatusBar } from './editor/views/statusBar';
import { Tints } from './editor/sessions/tints';
import { TextOccurrences } from './editor/views/textOccurrences';
import { TokensHover } from './editor/views/tokensHover';
import { engineEnvironment, onEngineEnvironmentChange } from './editor/engineEnvironment';
import { EngineClient } from './engine/engineClient';
import { ProbePanel } from './panel/probePanel';

/** Creates and connects the parts of the extension; contains no logic of its own. */
export function activate(context: vscode.ExtensionContext): void {
  const { extensionUri: extension, globalState, workspaceState, subscriptions } = context;
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const log = own(vscode.window.createOutputChannel('Concept Probe', { log: true }));
  const processPath = (name: string) => vscode.Uri.joinPath(extension, 'dist', `${name}.js`).fsPath;
  const info = log.info.bind(log);
  const engine = own(new EngineClient(processPath('engine'), info, 'engine', engineEnvironment));
  own(onEngineEnvironmentChange(engine));
  const store = own(new ConceptStore(workspaceState));
  const session = own(new ProbeSession(store, engine, log));
  const mark = own(new Mark());
  const picker = new ConceptPicker(store, workspaceState);
  const occurrences = own(new TextOccurrences(store));
  const tree = own(new ConceptTree(store, session));
  own(new ConceptDiagnostics(store, session));
  const decorations = own(new PairDecorations(store, occurrences));
  own(new StatusBar(store, session, mark));
  own(new ModelStatus(session));
  const modelDetails = own(new ModelDetailsPage(engine, log));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new PairHover(store, session, occurrences)));
  own(vscode.languages.registerHoverProvider({ scheme: '*' }, new TokensHover(engine, store)));
  const tints = own(new Tints(store, engine, log));
  own(showTints(tints));
  const simulations = own(
    new SimulationStore(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'simulations')),
  );
  const simulator = own(new SimulatorSession(processPath('simulator'), simulations, log));
  const source = own(new PanelSource(session, simulator, simulations));
  const panel = own(
    new ProbePanel(extension, {
      source,
      onDidChangeCursor: own(new CursorPairs(store, occurrences)).onDidChange,
      receive: panelActions({ session, decorations, simulator, simulations, log }),
      opened: simulations.load.bind(simulations),
      closed: simulator.end.bind(simulator),
    }),
  );
  const handlers = commandHandlers({
    extension,
    storage: context.globalStorageUri,
    globalMemory: globalState,
    ...{ engine, modelDetails, log, store, session, tree, mark, picker, occurrences, simulator, tints },
    showPage: panel.show.bind(panel),
  });
  own(registerCommands(handlers, log));
  void store.reload();
}
