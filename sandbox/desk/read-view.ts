/** Puts the desk together: each platform's chats, what the CRM made of them, and the wire between the two. */
import { upcoming } from '../../src/crm/upcoming/upcoming.ts';
import { dealViews } from './deals.ts';
import type { Desk } from './desk.ts';
import type { DeskPlatform, PlatformSight } from './platform.ts';
import { readRows } from './rows.ts';
import type { DeskView } from './view.ts';

/** Images are fetched by themselves. */
function withPictures(platform: DeskPlatform, sight: PlatformSight): PlatformSight {
  const chats = sight.chats.map((chat) => ({
    ...chat,
    messages: chat.messages.map((message) =>
      message.from === 'bot' && !message.card && platform.picture(message.id)
        ? { ...message, image: `/console/pictures/${platform.key}/${message.id}` }
        : message,
    ),
  }));
  return { ...sight, chats };
}

/** More does not help anybody. */
const MOST_AHEAD = 20;

export async function readView({ sandbox, state, platforms }: Desk): Promise<DeskView> {
  const rows = await readRows(sandbox.app);
  const deals = dealViews(rows);
  const sights = platforms.map((platform) => withPictures(platform, platform.see(rows, deals)));
  return {
    born: state.born,
    company: sandbox.platform.options.companyName,
    aheadMs: Math.round((sandbox.now() - Date.now()) / 1000) * 1000,
    platforms: sights.map(({ view }) => view),
    people: sights.flatMap(({ people }) => people),
    chats: sights.flatMap(({ chats }) => chats),
    stages: rows.active.policy.pipeline.stages.map(({ key, name }) => ({ key, name })),
    deals,
    upcoming: await sandbox.app.look((tx) => upcoming(tx, MOST_AHEAD)),
    tricks: { copies: state.copies, limit: state.limit },
    strangers: state.strangers,
  };
}
