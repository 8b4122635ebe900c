import { findChromium } from '../chromium';
import { ensureCodeServer } from '../ensureCodeServer';
import { canUseDesktop, downloadDesktop, openDesktopHost } from '../vscodeDesktop';
import { openBrowserHost } from './browserHost';
import type { Host, HostOptions } from './host';

/**
 * The desktop VS Code where it can be had, else the one for the browser. `CONCEPT_PROBE_HOST` = `desktop` or `browser` decides.
 *
 * @throws Error where that one cannot be had, or the variable says something else.
 */
export async function openHost(options: HostOptions): Promise<Host> {
  return (await wantsDesktop()) ? openDesktopHost(options) : openBrowserHost(options);
}

/** Fetches what {@link openHost} will need, so that its progress is seen and no test's time runs meanwhile. */
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
    throw new Error(`CONCEPT_PROBE_HOST is desktop or browser, not ${wanted}.`);
  }
  return wanted ? wanted === 'desktop' : canUseDesktop();
}
