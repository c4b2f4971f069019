// Chromium for page tests: the browser installed on this machine, driven by playwright-core.

import { type Browser, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from './installed.ts';

/** `describe` for suites that need a browser: skipped, with the reason in the name, where there is none. */
export function describeBrowser(name: string, suite: () => void): void {
  if (findChromium()) describe(name, suite);
  else describe.skip(`${name} (no Chromium here: npm run setup:test)`, suite);
}

/**
 * Call at the top of such a suite: one headless browser for its tests, with a fresh profile in the temporary folder,
 * closed after the last, and its pages after each test. Open pages with `browser().newPage({ viewport })`: each has its own cookies and storage.
 */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  const running = (): Browser => {
    if (!browser) throw new Error('the browser did not start');
    return browser;
  };
  beforeAll(async () => {
    const executablePath = findChromium();
    if (executablePath) browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  });
  // A page that is left open goes on asking its server.
  afterEach(async () => {
    for (const context of running().contexts()) await context.close();
  });
  afterAll(() => running().close());
  return running;
}
