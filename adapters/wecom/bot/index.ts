/** The AI bot (智能机器人) of this channel: words from its socket in, words and cards to its chats out. */

import type { BotSettings } from '../setting-parts.ts';
import type { Bot, SourceContext } from '../source.ts';

export interface BotContext extends SourceContext {
  /**
   * Plain userids of encrypted ones (`batch/openuserid_to_userid`); those it cannot tell are missing. Rejects when the
   * platform could not be asked.
   */
  readonly plainUserIds: (openUserIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Tells one colleague something privately, by the app. Never rejects. */
  readonly tell: (userId: string, text: string) => Promise<void>;
}

export function createBot(_settings: BotSettings, _context: BotContext): Bot {
  throw new Error('the bot is not written yet');
}
