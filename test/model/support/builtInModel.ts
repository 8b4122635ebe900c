import { buildModel } from '../../../scripts/buildModel';

/** The built-in model's folder, built first if it is missing or out of date (a second or two, and one download). */
export function builtInModel(): Promise<string> {
  return buildModel(() => undefined);
}
