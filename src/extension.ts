import { translation } from './editor/translation';
import * as vscode from 'vscode';
import { attempt } from './editor/attempt';
import { commandHandlers } from './editor/commands/commandHandlers';
import { ConceptStore } from './editor/stores/conceptStore';
import { ConceptTree } from './editor/views/conceptTree';
import { Mark } from './editor/views/markedWord';
import { PairDecorations } from './editor/views/pairDecorations';
import { CursorPairs } from './editor/sessions/cursorPairs';
import { PanelSource } from './editor/sessions/panelSource';
import { languageFeatures } from './editor/views/languageFeatures';
import { ModelDetailsPage } from './editor/views/modelDetailsPage';
import { handleLinks } from './editor/commands/linkCommands';
import { panelActions } from './editor/commands/panelActions';
import { ConceptPicker } from './editor/commands/pickConcept';
import { ProbeSession } from './editor/sessions/probeSession';
import { registerCommands } from './editor/commands/registerCommands';
import { newDrops } from './editor/views/newDrops';
import { simulationLens } from './editor/views/simulationLens';
import { SimulationStore } from './editor/stores/simulationStore';
import { SimulatorSession } from './editor/sessions/simulatorSession';
import { continueExample, startContext } from './editor/commands/startCommands';
import { showState } from './editor/views/showState';
import { Tints } from './editor/sessions/tints';
import { TextOccurrences } from './editor/views/textOccurrences';
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
  const store = own(
    new ConceptStore(workspaceState, vscode.Uri.joinPath(context.globalStorageUri, 'scratch')),
  );
  const session = own(new ProbeSession(store, engine, log));
  const mark = own(new Mark());
  const picker = new ConceptPicker(store, workspaceState);
  const occurrences = own(new TextOccurrences(store));
  const tree = own(new ConceptTree(store, session, log));
  const decorations = own(new PairDecorations(store, session, occurrences));
  own(languageFeatures({ store, session, engine, occurrences }));
  own(newDrops(session));
  const modelDetails = own(new ModelDetailsPage(engine, log));
  const tints = own(new Tints(store, engine, log));
  const simulations = own(
    new SimulationStore(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'simulations')),
  );
  own(simulationLens());
  const simulator = own(new SimulatorSession(processPath('simulator'), simulations, log));
  const source = own(new PanelSource(session, simulator, simulations));
  const panel = own(
    new ProbePanel(extension, {
      translation,
      source,
      onDidChangeCursor: own(new CursorPairs(store, occurrences)).onDidChange,
      receive: panelActions({ session, decorations, simulator, simulations, log }),
      opened: simulations.load.bind(simulations),
      closed: simulator.end.bind(simulator),
    }),
  );
  own(tree.onDidClickConcept(panel.showConcept.bind(panel)));
  const showConcept = (concept?: string): void => {
    panel.show('geometry', { concept });
  };
  const start = startContext(context, showConcept);
  own(showState({ engine, store, session, panel, mark, tints, example: start.example }));
  own(handleLinks(store, showConcept, log));
  const handlers = commandHandlers({
    extension,
    start,
    showConcept,
    storage: context.globalStorageUri,
    globalMemory: globalState,
    ...{ engine, modelDetails, log, store, session, tree, mark, picker, occurrences, tints },
    ...{ simulator, simulations, panel },
  });
  own(registerCommands(handlers, log));
  void store.reload();
  void attempt(() => continueExample(start), log);
}
