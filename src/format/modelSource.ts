import { t } from '@vscode/l10n';
import { modelSources, parseReference } from '../protocol/foundModel';
import { parseHubReference } from '../protocol/hubReference';
import { pathOf, type ModelChoice } from '../protocol/modelChoice';

/** Where a model comes from: "Ollama (ollama:llama2:7b)", "Hugging Face cache", "folder". */
export function sourceText(model: ModelChoice): string {
  const text = pathOf(model);
  if (text === null) return t('built-in model');
  if (parseHubReference(text)) return t`the Hub, over the network (${text})`;
  const reference = parseReference(text);
  if (reference) return `${modelSources[reference.tool]} (${text})`;
  return /[/\\]models--[^/\\]+[/\\]snapshots[/\\]/u.test(text) ? modelSources.hf : t('folder');
}

/** The name of a model that a reference gives; `undefined` for a path. */
export function nameInReference(text: string): string | undefined {
  return parseHubReference(text)?.id.split('/')[1] ?? parseReference(text)?.name;
}
