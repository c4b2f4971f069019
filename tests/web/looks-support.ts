// What a page must look like at any size: nothing sticks out, nothing is cut off, everything can be hit and has a name.

import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Every page at every size; look at them after a change. */
export const PICTURES = '.cache/pages';
export const PHONE = { width: 375, height: 812 };
export const DESK = { width: 1440, height: 900 };

/** Takes a picture at each size and says what is wrong there. */
export async function lookAt(page: Page, name: string, sizes: readonly (typeof PHONE)[]): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.waitForLoadState('networkidle');
  for (const size of sizes) {
    await page.setViewportSize(size);
    // As tall as what it shows: bars that stay in place would cover the middle of it.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: size.width, height: Math.max(size.height, height) });
    await page.screenshot({ path: `${PICTURES}/${name}-${size.width}.png` });
    await page.setViewportSize(size);
    const flaws = { name, size, ...(await flawsOf(page)) };
    expect(flaws).toEqual({ name, size, tooWide: 0, tooSmall: [], cut: [], nameless: [] });
  }
}

/** What sticks out sideways, px; what is too small for a finger (44 px); words that end in the middle; what has no name. */
function flawsOf(page: Page): Promise<{ tooWide: number; tooSmall: string[]; cut: string[]; nameless: string[] }> {
  return page.evaluate(() => {
    const shown = (what: string) =>
      [...document.querySelectorAll<HTMLElement>(what)].filter((element) => element.getClientRects().length > 0);
    const told = (elements: readonly HTMLElement[]) => elements.map((element) => element.outerHTML.slice(0, 80));
    const isCut = (element: HTMLElement) => {
      const { overflowX, textOverflow } = getComputedStyle(element);
      // Three dots say that there is more, and a list that scrolls shows it.
      const hides = (overflowX === 'hidden' || overflowX === 'clip') && textOverflow !== 'ellipsis';
      return hides && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1;
    };
    const labelsOf = (element: HTMLElement) =>
      'labels' in element ? [...((element.labels as NodeListOf<HTMLElement> | null) ?? [])] : [];
    const nameOf = (element: HTMLElement) =>
      [element, ...labelsOf(element)]
        .map((one) => `${one.getAttribute('aria-label') ?? ''}${one.textContent}`)
        .join('')
        .trim();
    /** A box to tick is as large as the words beside it. */
    const heightOf = (element: HTMLElement) =>
      Math.max(...[element, ...labelsOf(element)].map((one) => one.getBoundingClientRect().height));
    return {
      tooWide: Math.max(0, document.documentElement.scrollWidth - innerWidth),
      tooSmall: told(shown('a, button, input, textarea, summary').filter((it) => heightOf(it) < 44)),
      cut: told(shown('main *').filter(isCut)),
      nameless: told(shown('a, button, input, textarea, select').filter((it) => nameOf(it) === '')),
    };
  });
}
