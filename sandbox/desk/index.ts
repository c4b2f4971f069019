/** The desk: a page that shows the sandbox's chats as people know them, and lets one speak, tap and push the clock. */
import type { Sandbox } from '../start.ts';
import { buildPage } from './build-page.ts';
import { paintScenery } from './scenery.ts';
import { createHandler } from './serve.ts';
import { createState } from './state.ts';

/** Builds the page (a second or two the first time) and puts it at the sandbox's root address. */
export async function createDesk(sandbox: Sandbox): Promise<{ readonly path: '/' }> {
  const page = await buildPage();
  const { platform, company } = sandbox;
  // Everyone's private chat with the bot stands in the list before anything is in it.
  for (const person of Object.values(company.staff)) platform.world.p2pChat(person);
  const state = createState(company);
  paintScenery(sandbox, state);
  const handler = createHandler({ sandbox, state }, page);
  sandbox.mount('/', handler);
  sandbox.mount('/console', handler);
  return { path: '/' };
}
