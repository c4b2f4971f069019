// A colleague beside a chat, for the tests of the customer pages: the client opens the page, and what it shows is looked at.

import type { Browser, Page } from 'playwright-core';
import type { Chat, Person } from '../../sandbox/feishu/world.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

export interface Visit {
  readonly page: Page;
  /** What the page complained about in the console: refused by the content policy, thrown. */
  readonly complaints: string[];
  see(words: string): Promise<void>;
  tap(name: string): Promise<void>;
}

/** Opens `/app/<path>` as the client of this person does: from a chat's + menu, or from a link. */
export async function visit(
  { sandbox, browser }: { sandbox: Sandbox; browser: Browser },
  person: Person,
  path: string,
  chat?: Chat,
  viewport = { width: 375, height: 812 },
): Promise<Visit> {
  await pageReady(sandbox);
  const page = await blankPage(browser, { viewport });
  const complaints: string[] = [];
  page.on('console', (message) => {
    // A refusal of the server is the page's business, and a browser notes it as a fault all the same.
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const url = new URL(`${sandbox.url}/app/${path}`);
  url.searchParams.set('platform', 'feishu');
  await page.goto(sandbox.platform.openPage(person, url.href, chat));
  return {
    page,
    complaints,
    see: (words) => page.getByText(words).first().waitFor(),
    tap: (name) => page.getByRole('button', { name, exact: true }).click(),
  };
}
