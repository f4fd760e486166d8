import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';

/** Where the page must be tested (`.ci/run` says so), a missing browser is a failure; elsewhere its tests are skipped, and say so. */
const MUST_RUN = process.env['CSP_RECON_REQUIRE_TOOLS'] === '1';

export const hasBrowser = MUST_RUN || existsSync(CHROMIUM);

if (!hasBrowser) process.stderr.write(`No ${CHROMIUM}: the tests of report.html in a browser are skipped.\n`);

/** Debian's chromium without a window, a sandbox or a network habit of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
