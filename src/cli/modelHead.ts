import { version } from '../../package.json';
import { outputOf, pathOf, type ModelChoice } from '../protocol/modelChoice';

/** The beginning of a JSON document: its schema, the program, and the model. */
export function modelHead(model: ModelChoice) {
  const output = outputOf(model);
  return { schema: 1, version, model: pathOf(model) ?? 'embedded', ...(output !== null && { output }) };
}
