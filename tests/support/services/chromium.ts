// Chromium for page tests: the browser installed on this machine, driven by playwright-core.

import { type Browser, chromium } from 'playwright-core';
import { describe } from 'vitest';
import { findChromium } from './installed.ts';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `describe` for suites that need a browser: skipped, with the reason in the name, where there is none. */
export function describeBrowser(name: string, suite: () => void): void {
  if (findChromium()) describe(name, suite);
  else describe.skip(`${name} (no Chromium here: npm run setup:test)`, suite);
}

/**
 * A headless browser with a fresh profile in the temporary folder, removed again by `close()`; null where there is
 * none. Open pages with `newPage({ viewport })`: each has its own cookies and storage.
 */
export async function launchBrowser(): Promise<Browser | null> {
  const executablePath = findChromium();
  return executablePath ? chromium.launch({ executablePath, args: FLAGS }) : null;
}
