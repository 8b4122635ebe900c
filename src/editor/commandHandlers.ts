import type * as vscode from 'vscode';
import type { EngineClient } from '../engine/engineClient';
import { addPairFromSelection } from './addPair';
import type { CommandHandlers } from './commandTable';
import type { ConceptStore } from './conceptStore';
import { downloadModel } from './downloadModel';
import { askForPair, editCommands } from './editCommands';
import { exportHiddenStates } from './exportHiddenStates';
import { exportResults } from './exportResults';
import { importPairs } from './importPairs';
import type { Mark } from './markedWord';
import { modelCommands, takeModel } from './modelCommands';
import type { ModelDetailsPage } from './modelDetailsPage';
import { openConceptFile, selectConceptFile } from './openConceptFile';
import type { ConceptPicker } from './pickConcept';
import type { ProbeSession } from './probeSession';
import { revealPair } from './revealPair';
import type { TextOccurrences } from './textOccurrences';

/** What the commands work with. */
export interface CommandContext {
  readonly extension: vscode.Uri;
  /** The extension's own folder on this machine. */
  readonly storage: vscode.Uri;
  readonly engine: EngineClient;
  readonly modelDetails: ModelDetailsPage;
  /** What is remembered across workspaces. */
  readonly globalMemory: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly store: ConceptStore;
  readonly session: ProbeSession;
  readonly mark: Mark;
  readonly picker: ConceptPicker;
  readonly occurrences: TextOccurrences;
  readonly showGeometry: () => void;
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
    mark,
    picker,
    occurrences,
    showGeometry,
  } = context;
  return {
    ...editCommands(store, picker),
    ...modelCommands(engine, modelDetails, globalMemory),
    'conceptProbe.downloadModel': () =>
      downloadModel({
        extension,
        storage,
        log,
        useModel: (folder, precision) => takeModel(globalMemory, folder, precision),
      }),
    'conceptProbe.exportHiddenStates': () => exportHiddenStates(engine),
    'conceptProbe.addPair': () => addPairFromSelection(store, mark, picker),
    'conceptProbe.clearMark': () => {
      mark.clear();
    },
    'conceptProbe.showGeometry': showGeometry,
    'conceptProbe.importPairs': () => importPairs(store, log),
    'conceptProbe.exportResults': (format) => exportResults(session.state, extension, format),
    'conceptProbe.openConceptFile': () => openConceptFile(store),
    'conceptProbe.selectConceptFile': () => selectConceptFile(store),
    'conceptProbe.computeAgain': () => {
      session.refresh();
    },
    'conceptProbe.cancel': () => {
      session.cancel();
    },
    'conceptProbe.showLog': () => {
      log.show();
    },
    'conceptProbe.revealPair': async (given) => {
      const reference = given ?? (await askForPair(store, 'Reveal which pair?'));
      if (reference) await revealPair(reference, store, occurrences);
    },
  };
}
