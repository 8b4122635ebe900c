import { buildModel } from '../../../scripts/buildModel';

/** The embedded model's folder, made first where it is missing or out of date (a second or two, and once a download). */
export function embeddedModel(): Promise<string> {
  return buildModel(() => undefined);
}
