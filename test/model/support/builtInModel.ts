import { buildModel } from '../../../scripts/buildModel';

/** The built-in model's folder, made first where it is missing or out of date (a second or two, and once a download). */
export function builtInModel(): Promise<string> {
  return buildModel(() => undefined);
}
