import { findChromium } from '../chromium';
import { ensureCodeServer } from '../ensureCodeServer';
import { canUseDesktop, downloadDesktop, openDesktopHost } from '../vscodeDesktop';
import { openBrowserHost } from './browserHost';
import type { Host, HostOptions } from './host';

/**
 * The desktop VS Code if it is available, otherwise the one for the browser. `CONCEPT_PROBE_HOST` = `desktop` or `browser`
 * overrides this.
 *
 * @throws Error if that one is not available, or the variable has another value.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  return (await wantsDesktop()) ? openDesktopHost(options) : openBrowserHost(options);
}

/** Downloads what {@link openHost} needs in advance, so that progress is visible and no test times out. */
export async function prepareHost(): Promise<void> {
  if (await wantsDesktop()) {
    await downloadDesktop();
  } else {
    await findChromium();
    await ensureCodeServer();
  }
}

async function wantsDesktop(): Promise<boolean> {
  const wanted = process.env['CONCEPT_PROBE_HOST'];
  if (wanted && wanted !== 'desktop' && wanted !== 'browser') {
    throw new Error(`CONCEPT_PROBE_HOST must be desktop or browser, not ${wanted}.`);
  }
  return wanted ? wanted === 'desktop' : canUseDesktop();
}
