// A colleague's DingTalk for the hand-over tests: picks messages in a group and opens the page the way the client does.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Person } from '../../sandbox/dingtalk/world.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { blankPage, type OpenedPage, pageReady } from './hand-over-support.ts';

/** What the client adds to the name of its browser. */
export const userAgent =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36 AliApp(DingTalk/7.6.0)';

export function dingtalkOf({ dingtalk }: Sandbox): NonNullable<Sandbox['dingtalk']> {
  if (!dingtalk) throw new Error('these tests are about DingTalk');
  return dingtalk;
}

/** Picks messages in the menu of a group and opens the page that was entered in the console for it. */
export async function openFromMenu(
  { sandbox, browser }: { sandbox: Sandbox; browser: Browser },
  person: Person,
  messageIds: readonly string[],
  options: BrowserContextOptions & { readonly before?: (page: Page) => Promise<unknown> } = {},
): Promise<Omit<OpenedPage, 'code'>> {
  const { before, ...rest } = options;
  const { platform } = dingtalkOf(sandbox);
  await pageReady(sandbox);
  const url = `${sandbox.url}/app/hand-over?platform=dingtalk`;
  const page = await blankPage(browser, { userAgent, ...rest });
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await before?.(page);
  await page.goto(platform.openPage(person, url, platform.messageMenu(person, messageIds)));
  return { page, complaints };
}
