import { canUseDesktop, openDesktopHost } from '../vscodeDesktop';
import { openBrowserHost } from './browserHost';
import type { Host, HostOptions } from './host';

/**
 * The desktop VS Code where it can be had, else the one for the browser. `CONCEPT_PROBE_HOST` = `desktop` or `browser` decides.
 *
 * @throws Error where that one cannot be had, or the variable says something else.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  const wanted = process.env['CONCEPT_PROBE_HOST'];
  if (wanted && wanted !== 'desktop' && wanted !== 'browser') {
    throw new Error(`CONCEPT_PROBE_HOST is desktop or browser, not ${wanted}.`);
  }
  const desktop = wanted ? wanted === 'desktop' : await canUseDesktop();
  return desktop ? openDesktopHost(options) : openBrowserHost(options);
}
