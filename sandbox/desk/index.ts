/** The desk: a page that shows the sandbox's chats as people know them, and lets one speak, tap and push the clock. */
import { createFrames, FRAMES_PATH, type FrameOptions } from '../client-frame/frames.ts';
import type { Sandbox } from '../start.ts';
import { buildPage } from './build-page.ts';
import { openDesk } from './desk.ts';
import { createHandler } from './serve.ts';

const PAGES_MS = 30_000;

/** Builds the page (a second or two the first time, while the sandbox may still be opening) and puts it at its root address. */
export async function createDesk(opening: Sandbox | Promise<Sandbox>): Promise<Sandbox> {
  const [sandbox, page] = await Promise.all([opening, buildPage()]);
  const desk = openDesk(sandbox);
  for (const platform of desk.platforms) platform.furnish();
  const bring = Promise.all(desk.platforms.map((platform) => platform.bringStranger()));
  const [strangers] = await Promise.all([bring, pagesReady(sandbox.url)]);
  desk.state.strangers.push(...strangers);
  const handler = createHandler(desk, page);
  sandbox.mount('/', handler);
  sandbox.mount('/console', handler);
  const openPage: FrameOptions['openPage'] = (key, personId, chatId, link) =>
    desk.platforms.find((platform) => platform.key === key)?.openPage(chatId, personId, link) ?? null;
  sandbox.mount(FRAMES_PATH, createFrames({ url: sandbox.url, openPage }));
  return sandbox;
}

/** The first minute shows the product's page: it is there when the desk opens, unless it cannot be built. */
async function pagesReady(url: string): Promise<void> {
  const until = Date.now() + PAGES_MS;
  while ((await fetch(`${url}/app/customer`)).status === 503 && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
