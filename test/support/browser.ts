import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

// Nothing but the page may use the network: Chromium has affairs of its own.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where a Chromium is (`CHROMIUM_PATH` may say it); undefined when there is none. Throws when `REQUIRE_BROWSER` is set. */
export const findChromium = (): string | undefined => {
  const named = process.env['CHROMIUM_PATH'];
  const found = [...(named ? [named] : []), ...PLACES].find((path) => existsSync(path));
  if (!found && process.env['REQUIRE_BROWSER'])
    throw new Error('Failed to find a Chromium, and REQUIRE_BROWSER is set');
  return found;
};

/** Starts the Chromium that `findChromium` found, without a window; `more` are flags of its command line. */
export const launchChromium = (...more: readonly string[]): Promise<Browser> => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('Failed to start a browser: no Chromium was found');
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...more] });
};

/** The title of a suite that needs a browser; it says plainly why it is skipped where there is none. */
export const inBrowser = (title: string): string =>
  findChromium() ? title : `${title} (skipped: no Chromium was found; set CHROMIUM_PATH)`;
