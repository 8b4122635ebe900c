import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { formatBytes } from '../../format/numbers';
import { plural } from '../../format/plural';
import { changeTokenRule } from './changeTokenRule';
import { UserError } from '../../errors';
import { addWords } from './addWords';
import { addContextPair, addContexts } from './addContexts';
import { addPairFromSelection } from './addPair';
import { compareMany } from './compareMany';
import { contextCommands, contextEdits } from './contextCommands';
import type { CommandHandlers } from './commandTable';
import type { ConceptStore } from '../stores/conceptStore';
import type { ConceptTree } from '../views/conceptTree';
import { downloadModel } from './downloadModel';
import { askForConcept, askForPair } from './askForRow';
import { editCommands } from './editCommands';
import { exportDirection } from './exportDirection';
import { exportHiddenStates } from './exportHiddenStates';
import { exportFigures } from './exportFigures';
import { exportResults } from './exportResults';
import { exportVectors } from './exportVectors';
import { importContexts } from './importContexts';
import { importPairs } from './importPairs';
import { openFromHub, readWholeHeadOfModel } from './openFromHub';
import { linkCommands, type ShowConcept } from './linkCommands';
import type { Mark } from '../views/markedWord';
import { askForModel, modelCommands, takeModel } from './modelCommands';
import type { ModelDetailsPage } from '../views/modelDetailsPage';
import { showStatus } from '../notify';
import { openConceptFile, selectConceptFile, useConceptFile } from './openConceptFile';
import type { ConceptPicker } from './pickConcept';
import { useOtherCapitals } from './otherCapitals';
import type { PanelHandle } from '../panelHandle';
import type { ProbeSession } from '../sessions/probeSession';
import { revealPair } from './revealPair';
import { showLine } from '../showLine';
import { simulatorCommands } from './simulatorCommands';
import type { SimulationStore } from '../stores/simulationStore';
import type { SimulatorSession } from '../sessions/simulatorSession';
import type { Tints } from '../sessions/tints';
import { tintCommands } from './tintCommands';
import { typePairs } from './typePairs';
import { startCommands, type StartContext } from './startCommands';
import { steeringCommands } from './steeringCommands';
import type { TextOccurrences } from '../views/textOccurrences';
import { vocabularyCommands } from './vocabularyCommands';

/** Everything that the commands need. */
export interface CommandContext {
  readonly extension: vscode.Uri;
  /** The extension's own folder on this machine. */
  readonly storage: vscode.Uri;
  readonly engine: EngineClient;
  readonly modelDetails: ModelDetailsPage;
  /** State that is shared by all workspaces. */
  readonly globalMemory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly store: ConceptStore;
  readonly session: ProbeSession;
  readonly tree: ConceptTree;
  readonly mark: Mark;
  readonly picker: ConceptPicker;
  readonly occurrences: TextOccurrences;
  readonly simulator: SimulatorSession;
  readonly simulations: SimulationStore;
  readonly tints: Tints;
  readonly panel: PanelHandle;
  readonly showConcept: ShowConcept;
  readonly start: StartContext;
}

/** What each command does. */
export function commandHandlers(context: CommandContext): CommandHandlers {
  const {
    engine,
    modelDetails,
    globalMemory,
    extension,
    storage,
    log,
    store,
    session,
    tree,
    mark,
    picker,
    occurrences,
    simulator,
    simulations,
    tints,
    panel,
    showConcept,
    start,
  } = context;
  const { showGeometry } = start;
  const edits = contextEdits(store, tree);
  const adding = { store, mark, picker, engine, session, tree, showGeometry };
  const models = { engine, memory: globalMemory, storage, log };
  const hub = {
    ...{ extension, log, engine },
    useModel: (reference: string) => takeModel(globalMemory, reference, ''),
    refresh: () => {
      session.refresh();
    },
  };
  return {
    ...startCommands(start),
    ...linkCommands(store, showConcept),
    'conceptProbe.movePanelToSideBar': () => panel.moveTo('sideBar'),
    'conceptProbe.openPanelInEditor': () => panel.moveTo('editor'),
    'conceptProbe.changeTokenRule': (given) => changeTokenRule(store, given),
    ...editCommands(store, picker, tree, edits, log, (concept) => typePairs(adding, { concept })),
    ...contextCommands(store, edits, log),
    ...modelCommands({ ...models, page: modelDetails }),
    ...simulatorCommands(simulator, simulations, panel),
    ...tintCommands(store, tints),
    ...vocabularyCommands(engine, store, session, showGeometry),
    ...steeringCommands(store, session, showGeometry),
    'conceptProbe.compareModels': async () => {
      const model = await askForModel(models, t('Select a Model to Compare With'));
      if (model === undefined) return;
      session.compareWith(model);
      showGeometry();
    },
    'conceptProbe.compareManyModels': () => compareMany({ extension, models, session, showGeometry }),
    'conceptProbe.analogyAccuracy': () => {
      session.show('analogies');
      showGeometry();
    },
    'conceptProbe.alignContexts': () => {
      if (store.section('contextPairs').length === 0)
        throw new UserError(
          t(
            'The concept file has no context pairs yet; select two texts and add them as a context pair, or import contexts.',
          ),
        );
      session.show('alignment');
      showGeometry();
    },
    'conceptProbe.measureContexts': () => {
      if (store.section('contextSets').length === 0)
        throw new UserError(
          t(
            'The concept file has no labelled contexts yet; select texts and add them to a set, or import contexts.',
          ),
        );
      session.show('measurement');
      showGeometry();
    },
    'conceptProbe.showCategories': () => {
      if ((store.file?.categories ?? []).length === 0)
        throw new UserError(t('The concept file has no categories yet; add words to one, or edit the file.'));
      session.show('categories');
      showGeometry();
    },
    'conceptProbe.addContextPair': () => addContextPair(store),
    'conceptProbe.addContexts': () => addContexts(store),
    'conceptProbe.addWords': () => addWords(store),
    'conceptProbe.importContexts': () => importContexts(store, log),
    'conceptProbe.exportDirection': async (given) => {
      const concept =
        given?.concept ?? (await askForConcept(store, t('Select a Concept to Export Its Direction')));
      if (concept !== undefined) await exportDirection(concept, store, engine);
    },
    'conceptProbe.clearCovarianceCache': async () => {
      const { files, bytes, folder, left = 0, remote } = await engine.call('cache', { clear: true });
      const own = `${plural(files, 'covariance')} (${formatBytes(bytes)})`;
      const what =
        remote.files === 0
          ? own
          : t`${own}, and rows of ${plural(remote.files, 'remote file')} (${formatBytes(remote.bytes)}),`;
      const removed = t`Removed ${what} from ${folder}`;
      showStatus(left === 0 ? removed : t`${removed}; ${left} could not be removed`, 8000);
    },
    'conceptProbe.downloadModel': () =>
      downloadModel({
        extension,
        storage,
        log,
        useModel: (folder, precision) => takeModel(globalMemory, folder, precision),
      }),
    'conceptProbe.openFromHub': () => openFromHub(hub),
    'conceptProbe.readWholeHead': () => readWholeHeadOfModel(hub),
    'conceptProbe.exportHiddenStates': () => exportHiddenStates(engine),
    'conceptProbe.addPair': () => addPairFromSelection(adding),
    'conceptProbe.typePairs': (given) => typePairs(adding, given),
    'conceptProbe.clearMark': () => {
      mark.clear();
    },
    'conceptProbe.showGeometry': () => {
      showGeometry();
    },
    'conceptProbe.importPairs': () => importPairs(store, engine, log),
    'conceptProbe.useOtherCapitals': (given) => useOtherCapitals(store, session, given),
    'conceptProbe.exportResults': (format) =>
      exportResults(session.state, extension, () => exportVectors(store, engine), format),
    'conceptProbe.exportFigures': () => exportFigures(session.state, extension, panel),
    'conceptProbe.openConceptFile': () => openConceptFile(store),
    'conceptProbe.selectConceptFile': () => selectConceptFile(store),
    'conceptProbe.useConceptFile': (uri) => useConceptFile(store, uri),
    'conceptProbe.refreshResults': () => {
      session.refresh();
    },
    'conceptProbe.cancel': () => {
      session.cancel();
    },
    'conceptProbe.showLog': () => {
      log.show();
    },
    'conceptProbe.revealPair': async (given) => {
      const reference = given ?? (await askForPair(store, t('Select a Pair to Reveal')));
      // The tree and the panel keep the focus, so that someone who steps through pairs there does not overwrite the words.
      if (reference) await revealPair(reference, store, occurrences, given !== undefined);
    },
    'conceptProbe.openProblem': async () => {
      const { state } = store;
      await (state.kind === 'invalid' ? showLine(state.uri, state.problem) : openConceptFile(store));
    },
  };
}
