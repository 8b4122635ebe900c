import { modelSources, parseReference } from '../protocol/foundModel';
import { pathOf, type ModelChoice } from '../protocol/modelChoice';

/** Where a model comes from: "Ollama (ollama:llama2:7b)", "Hugging Face cache", "folder". */
export function sourceText(model: ModelChoice): string {
  const text = pathOf(model);
  if (text === null) return 'built-in model';
  const reference = parseReference(text);
  if (reference) return `${modelSources[reference.tool]} (${text})`;
  return /[/\\]models--[^/\\]+[/\\]snapshots[/\\]/u.test(text) ? modelSources.hf : 'folder';
}
