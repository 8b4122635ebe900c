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

/** Every command with its arguments. A unit test compares the ids with package.json. */
export interface CommandTable {
  'conceptProbe.getStarted': [];
  'conceptProbe.openExample': [];
  'conceptProbe.newText': [];
  'conceptProbe.howToRead': [];
  'conceptProbe.addPair': [];
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
  'conceptProbe.clearCovarianceCache': [];
  'conceptProbe.addContextPair': [];
  'conceptProbe.addContexts': [];
  'conceptProbe.importContexts': [];
  'conceptProbe.renameContexts': [ContextReference?];
  'conceptProbe.editContext': [ContextReference?];
  'conceptProbe.deleteContexts': [ContextReference?, TreeSelection?];
  'conceptProbe.revealContexts': [ContextReference?];
  'conceptProbe.alignContexts': [];
  'conceptProbe.measureContexts': [];
  'conceptProbe.showSimulator': [];
  /** Menus of the editor and of the Explorer give the file. */
  'conceptProbe.openInSimulator': [Uri?];
  'conceptProbe.reproducePaper': [];
  'conceptProbe.checkTheorems': [];
}

export type CommandId = keyof CommandTable;

export type CommandHandlers = { [C in CommandId]: (...args: CommandTable[C]) => unknown };

/** Every command id, for comparison with the manifest. The compiler keeps it complete. */
export const commandIds: Readonly<Record<CommandId, true>> = {
  'conceptProbe.getStarted': true,
  'conceptProbe.openExample': true,
  'conceptProbe.newText': true,
  'conceptProbe.howToRead': true,
  'conceptProbe.addPair': true,
  'conceptProbe.clearMark': true,
  'conceptProbe.showGeometry': true,
  'conceptProbe.showConcept': true,
  'conceptProbe.copyConceptLink': true,
  'conceptProbe.movePanelToSideBar': true,
  'conceptProbe.openPanelInEditor': true,
  'conceptProbe.changeTokenRule': true,
  'conceptProbe.importPairs': true,
  'conceptProbe.exportResults': true,
  'conceptProbe.exportFigures': true,
  'conceptProbe.openConceptFile': true,
  'conceptProbe.selectConceptFile': true,
  'conceptProbe.useConceptFile': true,
  'conceptProbe.refreshResults': true,
  'conceptProbe.cancel': true,
  'conceptProbe.showLog': true,
  'conceptProbe.selectModel': true,
  'conceptProbe.selectPrecision': true,
  'conceptProbe.showModelDetails': true,
  'conceptProbe.unloadModel': true,
  'conceptProbe.downloadModel': true,
  'conceptProbe.openFromHub': true,
  'conceptProbe.readWholeHead': true,
  'conceptProbe.exportHiddenStates': true,
  'conceptProbe.newConcept': true,
  'conceptProbe.editNote': true,
  'conceptProbe.renameConcept': true,
  'conceptProbe.deleteConcept': true,
  'conceptProbe.swapPair': true,
  'conceptProbe.movePair': true,
  'conceptProbe.leaveOutPair': true,
  'conceptProbe.includePair': true,
  'conceptProbe.useOtherCapitals': true,
  'conceptProbe.deletePair': true,
  'conceptProbe.editPair': true,
  'conceptProbe.deleteSelected': true,
  'conceptProbe.renameSelected': true,
  'conceptProbe.moveSelectedUp': true,
  'conceptProbe.moveSelectedDown': true,
  'conceptProbe.undo': true,
  'conceptProbe.redo': true,
  'conceptProbe.openProblem': true,
  'conceptProbe.revealPair': true,
  'conceptProbe.findPairs': true,
  'conceptProbe.nearestTokens': true,
  'conceptProbe.projectVocabulary': true,
  'conceptProbe.analogyAccuracy': true,
  'conceptProbe.exportDirection': true,
  'conceptProbe.tintDocument': true,
  'conceptProbe.clearTint': true,
  'conceptProbe.showTintPeaks': true,
  'conceptProbe.showTintOptions': true,
  'conceptProbe.steerContext': true,
  'conceptProbe.compareModels': true,
  'conceptProbe.clearCovarianceCache': true,
  'conceptProbe.addContextPair': true,
  'conceptProbe.addContexts': true,
  'conceptProbe.importContexts': true,
  'conceptProbe.renameContexts': true,
  'conceptProbe.editContext': true,
  'conceptProbe.deleteContexts': true,
  'conceptProbe.revealContexts': true,
  'conceptProbe.alignContexts': true,
  'conceptProbe.measureContexts': true,
  'conceptProbe.showSimulator': true,
  'conceptProbe.openInSimulator': true,
  'conceptProbe.reproducePaper': true,
  'conceptProbe.checkTheorems': true,
};
