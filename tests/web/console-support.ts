/** What the console's tests have in common: opening the page under watch, finding a chat, speaking as somebody. */
import type { Browser, Locator, Page } from 'playwright-core';

/** `faults` collects whatever a stranger would see in the developer tools, and requests that leave this machine. */
export async function openConsole(
  browser: Browser,
  url: string,
  faults: string[],
  viewport: { readonly width: number; readonly height: number },
): Promise<Page & AsyncDisposable> {
  const page = await browser.newPage({ viewport, timezoneId: 'Asia/Shanghai' });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${url}/`) && !request.url().startsWith('data:')) faults.push(request.url());
  });
  await page.goto(url);
  return Object.assign(page, { [Symbol.asyncDispose]: () => page.close() });
}

/** The right column shows the page beside the chat first. */
export const showSeen = (page: Page): Promise<void> => page.getByRole('button', { name: '聊单看到了什么' }).click();

export const chatNamed = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '会话列表' }).getByRole('button', { name });

export async function say(page: Page, speaker: string, words: string): Promise<void> {
  await page.getByLabel('说话的人').selectOption({ label: speaker });
  await page.getByRole('textbox').fill(words);
  await page.getByRole('textbox').press('Enter');
}
