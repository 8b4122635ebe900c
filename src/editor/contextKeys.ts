import type { ConceptFile } from '../concepts/conceptFile';
import type { GeometryState } from '../protocol/panelMessages';

/** What `enablement`, `when` and the walkthrough in package.json depend on. A unit test compares the names. */
export const contextKeys = [
  /** Before the extension is active, package.json falls back on keys of VS Code. */
  'isActive',
  'hasFile',
  'isInvalid',
  'hasConcepts',
  'hasPairs',
  'hasContexts',
  'hasContextPairs',
  'hasContextSets',
  'hasCategories',
  'hasOtherCapitals',
  'canUndo',
  'canRedo',
  'hasResult',
  'hasMap',
  'isComputing',
  'hasSteering',
  'hasOwnModel',
  'readsFromHub',
  'hasText',
  'hasSelection',
  'isExample',
  'hasMark',
  'hasTint',
  'hasAddedPair',
  /** The walkthrough is open: VS Code does not notice a step that was done before it knew the walkthrough. */
  'hasStarted',
] as const;

export type ContextKey = (typeof contextKeys)[number];

/** Keys that say what just happened, and are set where it happens. */
export type EventKey = 'hasMark' | 'hasTint' | 'hasAddedPair' | 'hasStarted';

/** What the context keys say something about. */
export interface Situation {
  /** The current concept file, or its last valid version; `null` without one. */
  readonly file: ConceptFile | null;
  readonly isInvalid: boolean;
  readonly can: Readonly<Record<'undo' | 'redo', boolean>>;
  readonly session: GeometryState;
  /** The model setting; empty for the built-in model. */
  readonly modelFolder: string;
  readonly readsFromHub: boolean;
  /** Whether there is a text that a person reads, visible or behind other tabs, and whether something is selected in it. */
  readonly text: 'none' | 'visible' | 'selected';
  readonly isPanelVisible: boolean;
  readonly isExample: boolean;
}

/** The value of every context key that follows from the situation. */
export function contextValues(
  situation: Situation,
): Readonly<Record<Exclude<ContextKey, EventKey>, boolean>> {
  const { file, isInvalid, can, session, modelFolder, readsFromHub, text, isExample } = situation;
  const { result, progress, steering } = session;
  const hasContextPairs = (file?.contextPairs ?? []).length > 0;
  const hasContextSets = (file?.contextSets ?? []).length > 0;
  const concepts = result?.concepts ?? [];
  return {
    isActive: true,
    hasFile: file !== null || isInvalid,
    isInvalid,
    hasConcepts: (file?.concepts ?? []).length > 0,
    hasPairs: (file?.concepts ?? []).some(({ pairs }) => pairs.length > 0),
    hasContexts: hasContextPairs || hasContextSets,
    hasContextPairs,
    hasContextSets,
    hasCategories: (file?.categories ?? []).length > 0,
    hasOtherCapitals: concepts.some(({ pairs }) => pairs.some(({ instead }) => instead)),
    canUndo: can.undo,
    canRedo: can.redo,
    hasResult: concepts.length > 0,
    hasMap: situation.isPanelVisible && concepts.filter(({ kept }) => kept > 0).length > 1,
    isComputing: progress !== null,
    hasSteering: steering !== null,
    hasOwnModel: modelFolder !== '',
    readsFromHub,
    hasText: text !== 'none',
    hasSelection: text === 'selected',
    isExample,
  };
}
