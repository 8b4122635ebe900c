import { tokenPolicies, type TokenRule } from '../../concepts/tokenRule';
import { exportFormats, type ExportFormat } from '../../protocol/panelMessages';
import type { ConceptReference, PairReference } from '../conceptReference';
import type { CommandId, CommandTable } from './commandTable';

/** What a command can be given: nothing, or a first argument that passes the test. */
type ArgumentTest<Args extends readonly unknown[]> = Args extends readonly []
  ? null
  : (given: unknown) => boolean;

/** Every command, with a test of its first argument. The compiler keeps it complete. */
export const commandArguments: { readonly [C in CommandId]: ArgumentTest<CommandTable[C]> } = {
  'conceptProbe.getStarted': null,
  'conceptProbe.openExample': null,
  'conceptProbe.newText': null,
  'conceptProbe.howToRead': null,
  'conceptProbe.addPair': null,
  'conceptProbe.typePairs': isConcept,
  'conceptProbe.clearMark': null,
  'conceptProbe.showGeometry': null,
  'conceptProbe.showConcept': isConcept,
  'conceptProbe.copyConceptLink': isConcept,
  'conceptProbe.movePanelToSideBar': null,
  'conceptProbe.openPanelInEditor': null,
  'conceptProbe.changeTokenRule': isTokenRule,
  'conceptProbe.importPairs': null,
  'conceptProbe.exportResults': isExportFormat,
  'conceptProbe.exportFigures': null,
  'conceptProbe.openConceptFile': null,
  'conceptProbe.selectConceptFile': null,
  'conceptProbe.useConceptFile': isUri,
  'conceptProbe.refreshResults': null,
  'conceptProbe.cancel': null,
  'conceptProbe.showLog': null,
  'conceptProbe.selectModel': null,
  'conceptProbe.selectPrecision': null,
  'conceptProbe.showModelDetails': null,
  'conceptProbe.unloadModel': null,
  'conceptProbe.downloadModel': null,
  'conceptProbe.openFromHub': null,
  'conceptProbe.readWholeHead': null,
  'conceptProbe.exportHiddenStates': null,
  'conceptProbe.newConcept': null,
  'conceptProbe.editNote': isConcept,
  'conceptProbe.renameConcept': isConcept,
  'conceptProbe.deleteConcept': isConcept,
  'conceptProbe.swapPair': isPair,
  'conceptProbe.movePair': isPair,
  'conceptProbe.leaveOutPair': isPair,
  'conceptProbe.includePair': isPair,
  'conceptProbe.useOtherCapitals': isReplacement,
  'conceptProbe.deletePair': isPair,
  'conceptProbe.editPair': isPair,
  'conceptProbe.deleteSelected': null,
  'conceptProbe.renameSelected': null,
  'conceptProbe.moveSelectedUp': null,
  'conceptProbe.moveSelectedDown': null,
  'conceptProbe.undo': null,
  'conceptProbe.redo': null,
  'conceptProbe.openProblem': null,
  'conceptProbe.revealPair': isPair,
  'conceptProbe.findPairs': isConcept,
  'conceptProbe.nearestTokens': isConcept,
  'conceptProbe.projectVocabulary': isVocabulary,
  'conceptProbe.analogyAccuracy': null,
  'conceptProbe.exportDirection': isConcept,
  'conceptProbe.tintDocument': isConcept,
  'conceptProbe.clearTint': null,
  'conceptProbe.showTintPeaks': null,
  'conceptProbe.showTintOptions': null,
  'conceptProbe.steerContext': isConceptOrUri,
  'conceptProbe.compareModels': null,
  'conceptProbe.compareManyModels': null,
  'conceptProbe.clearCovarianceCache': null,
  'conceptProbe.addContextPair': null,
  'conceptProbe.addContexts': null,
  'conceptProbe.addWords': null,
  'conceptProbe.importContexts': null,
  'conceptProbe.renameContexts': isContext,
  'conceptProbe.editContext': isContext,
  'conceptProbe.deleteContexts': isContext,
  'conceptProbe.revealContexts': isContext,
  'conceptProbe.alignContexts': null,
  'conceptProbe.measureContexts': null,
  'conceptProbe.showCategories': null,
  'conceptProbe.showSimulator': null,
  'conceptProbe.openInSimulator': isUri,
  'conceptProbe.reproducePaper': null,
  'conceptProbe.checkTheorems': null,
};

/**
 * The arguments that a command can use. Menus pass what they were opened on, such as the focused row in the title of a view,
 * and the Command Palette passes an object of its own; a command that can do nothing with it runs without arguments.
 */
export function usableArguments(id: CommandId, given: readonly unknown[]): readonly unknown[] {
  const [first, ...others] = given;
  if (!commandArguments[id]?.(first)) return [];
  // The other argument is what is selected: rows that stand for no concept, pair or context are no part of it.
  return [first, ...others.map((one) => (Array.isArray(one) ? one.filter(isConcept) : one))];
}

function has<K extends string>(given: unknown, ...keys: readonly K[]): given is Record<K, unknown> {
  return typeof given === 'object' && given !== null && keys.every((key) => key in given);
}

function isConcept(given: unknown): given is ConceptReference {
  return has(given, 'concept') && typeof given.concept === 'string';
}

function isPair(given: unknown): given is PairReference {
  return isConcept(given) && has(given, 'pair') && has(given.pair, 'base', 'target');
}

function isReplacement(given: unknown): boolean {
  return isPair(given) && has(given, 'instead');
}

function isContext(given: unknown): boolean {
  return isConcept(given) && has(given, 'section');
}

function isVocabulary(given: unknown): boolean {
  return has(given, 'product', 'x', 'y');
}

function isUri(given: unknown): boolean {
  return has(given, 'scheme', 'path');
}

function isConceptOrUri(given: unknown): boolean {
  return isConcept(given) || isUri(given);
}

function isTokenRule(given: unknown): given is TokenRule {
  return has(given, 'policy', 'leadingSpace') && tokenPolicies.some((policy) => policy === given.policy);
}

function isExportFormat(given: unknown): given is ExportFormat {
  return exportFormats.some((format) => format === given);
}
