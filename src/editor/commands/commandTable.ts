import type { Uri } from 'vscode';
import type { TokenRule } from '../../concepts/tokenRule';
import type { InnerProduct } from '../../protocol/geometryResult';
import type { ExportFormat } from '../../protocol/panelMessages';
import type {
  ConceptReference,
  ConceptReplacement,
  ContextReference,
  PairReference,
} from '../conceptReference';

/** All selected rows, where a command of the tree's menu is run on one of several. */
export type TreeSelection = readonly (ConceptReference | PairReference | ContextReference)[];

/** The names of one or two concepts, and the inner product. */
export interface VocabularyReference {
  readonly product: InnerProduct;
  readonly x: string;
  readonly y: string | null;
}

/** Every command with its arguments, which commandArguments.ts tests. */
export interface CommandTable {
  'conceptProbe.getStarted': [];
  'conceptProbe.openExample': [];
  'conceptProbe.newText': [];
  'conceptProbe.howToRead': [];
  'conceptProbe.addPair': [];
  'conceptProbe.typePairs': [ConceptReference?];
  'conceptProbe.clearMark': [];
  'conceptProbe.showGeometry': [];
  'conceptProbe.showConcept': [ConceptReference?];
  'conceptProbe.copyConceptLink': [ConceptReference?];
  'conceptProbe.movePanelToSideBar': [];
  'conceptProbe.openPanelInEditor': [];
  'conceptProbe.changeTokenRule': [TokenRule?];
  'conceptProbe.importPairs': [];
  'conceptProbe.exportResults': [ExportFormat?];
  'conceptProbe.exportFigures': [];
  'conceptProbe.openConceptFile': [];
  'conceptProbe.selectConceptFile': [];
  /** Menus of the editor and of the Explorer give the file. */
  'conceptProbe.useConceptFile': [Uri?];
  'conceptProbe.refreshResults': [];
  'conceptProbe.cancel': [];
  'conceptProbe.showLog': [];
  'conceptProbe.selectModel': [];
  'conceptProbe.selectPrecision': [];
  'conceptProbe.showModelDetails': [];
  'conceptProbe.unloadModel': [];
  'conceptProbe.downloadModel': [];
  'conceptProbe.openFromHub': [];
  'conceptProbe.readWholeHead': [];
  'conceptProbe.exportHiddenStates': [];
  'conceptProbe.newConcept': [];
  'conceptProbe.editNote': [ConceptReference?];
  'conceptProbe.renameConcept': [ConceptReference?];
  'conceptProbe.deleteConcept': [ConceptReference?, TreeSelection?];
  'conceptProbe.swapPair': [PairReference?];
  'conceptProbe.movePair': [PairReference?];
  'conceptProbe.leaveOutPair': [PairReference?, TreeSelection?];
  'conceptProbe.includePair': [PairReference?, TreeSelection?];
  'conceptProbe.useOtherCapitals': [ConceptReplacement?];
  'conceptProbe.deletePair': [PairReference?, TreeSelection?];
  'conceptProbe.editPair': [PairReference?];
  'conceptProbe.deleteSelected': [];
  'conceptProbe.renameSelected': [];
  'conceptProbe.moveSelectedUp': [];
  'conceptProbe.moveSelectedDown': [];
  'conceptProbe.undo': [];
  'conceptProbe.redo': [];
  'conceptProbe.openProblem': [];
  'conceptProbe.revealPair': [PairReference?];
  'conceptProbe.findPairs': [(ConceptReference & { readonly product?: InnerProduct })?];
  'conceptProbe.nearestTokens': [ConceptReference?];
  'conceptProbe.projectVocabulary': [VocabularyReference?];
  'conceptProbe.analogyAccuracy': [];
  'conceptProbe.exportDirection': [ConceptReference?];
  'conceptProbe.tintDocument': [ConceptReference?];
  'conceptProbe.clearTint': [];
  'conceptProbe.showTintPeaks': [];
  'conceptProbe.showTintOptions': [];
  /** The editor's menu gives the document. */
  'conceptProbe.steerContext': [(ConceptReference | Uri)?];
  'conceptProbe.compareModels': [];
  'conceptProbe.compareManyModels': [];
  'conceptProbe.clearCovarianceCache': [];
  'conceptProbe.addContextPair': [];
  'conceptProbe.addContexts': [];
  'conceptProbe.addWords': [];
  'conceptProbe.importContexts': [];
  'conceptProbe.renameContexts': [ContextReference?];
  'conceptProbe.editContext': [ContextReference?];
  'conceptProbe.deleteContexts': [ContextReference?, TreeSelection?];
  'conceptProbe.revealContexts': [ContextReference?];
  'conceptProbe.alignContexts': [];
  'conceptProbe.measureContexts': [];
  'conceptProbe.showCategories': [];
  'conceptProbe.showSimulator': [];
  /** Menus of the editor and of the Explorer give the file. */
  'conceptProbe.openInSimulator': [Uri?];
  'conceptProbe.reproducePaper': [];
  'conceptProbe.checkTheorems': [];
}

export type CommandId = keyof CommandTable;

export type CommandHandlers = { [C in CommandId]: (...args: CommandTable[C]) => unknown };
