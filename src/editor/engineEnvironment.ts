import * as vscode from 'vscode';
import { hubEndpoint, settingsSection } from './stores/settings';

/** The environment of a process of this extension, which shows texts in the display language. */
export function processEnvironment(): NodeJS.ProcessEnv {
  const { uri } = vscode.l10n;
  return { ...process.env, ...(uri && { CONCEPT_PROBE_L10N: uri.fsPath }) };
}

/**
 * The environment of the engine, which reads models of the Hub over the network: the Hub of the settings, and the token only in
 * a trusted workspace.
 */
export function engineEnvironment(): NodeJS.ProcessEnv {
  const { HF_TOKEN: token, ...environment } = processEnvironment();
  const endpoint = hubEndpoint();
  return {
    ...environment,
    ...(vscode.workspace.isTrusted && token !== undefined && { HF_TOKEN: token }),
    ...(endpoint !== null && { CONCEPT_PROBE_HUB: endpoint }),
  };
}

/** Ends the engine when its environment changes; it starts again when it is needed. */
export function onEngineEnvironmentChange(engine: { dispose(): void }): vscode.Disposable {
  const end = (): void => {
    engine.dispose();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidGrantWorkspaceTrust(end),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${settingsSection}.hubEndpoint`)) end();
    }),
  );
}
