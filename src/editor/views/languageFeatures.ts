import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import type { ProbeSession } from '../sessions/probeSession';
import { conceptFilePattern, type ConceptStore } from '../stores/conceptStore';
import { ConceptDiagnostics } from './conceptDiagnostics';
import { ConceptLenses } from './conceptLenses';
import { PairHover } from './pairHover';
import type { TextOccurrences } from './textOccurrences';
import { TokenHints } from './tokenHints';
import { TokensHover } from './tokensHover';
import { WordCompletion } from './wordCompletion';

/** What the features show. */
export interface LanguageFeatureSources {
  readonly store: ConceptStore;
  readonly session: ProbeSession;
  readonly engine: EngineClient;
  readonly occurrences: TextOccurrences;
}

/** Everything that is shown inside texts: in all of them the pairs and tokens, in concept files more. */
export function languageFeatures(sources: LanguageFeatureSources): vscode.Disposable {
  const { store, session, engine, occurrences } = sources;
  const conceptFiles = { pattern: conceptFilePattern };
  const lenses = new ConceptLenses(store, session);
  const hints = new TokenHints(store, session);
  const completion = new WordCompletion(store, engine);
  return vscode.Disposable.from(
    ...[lenses, hints],
    vscode.languages.registerCodeLensProvider(conceptFiles, lenses),
    vscode.languages.registerInlayHintsProvider(conceptFiles, hints),
    vscode.languages.registerCompletionItemProvider(conceptFiles, completion),
    new ConceptDiagnostics(store, session),
    vscode.languages.registerHoverProvider({ scheme: '*' }, new PairHover(store, session, occurrences)),
    vscode.languages.registerHoverProvider({ scheme: '*' }, new TokensHover(engine, store)),
  );
}
