import { config } from '@vscode/l10n';

/** The variable with the path of a bundle of translations, which VS Code loads for the extension host only. */
const path = process.env['CONCEPT_PROBE_L10N'];

// Module constants are translated as well, so each process imports this file first.
if (path !== undefined) config({ fsPath: path });
