import { config, type l10nJsonFormat } from '@vscode/l10n';
import { translationId } from '../src/protocol/translation';

const json = document.getElementById(translationId)?.textContent;
const texts = JSON.parse(json ?? 'null') as l10nJsonFormat | null;

// Module constants are translated as well, so main.ts imports this file first.
if (texts) config({ contents: texts });
