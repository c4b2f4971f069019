/** The bot's conversations: how the platform names them, and how we do. */
import type { ChatRef } from '../../../src/channel/event.ts';
import { readChat } from '../chats.ts';
import { type JsonRecord, recordField, textField } from '../json.ts';

/** Where something of the bot's goes to. */
export interface Target {
  /** A userid as the platform gave it (it may be an encrypted one), or a group's id. */
  readonly chatId: string;
  readonly single: boolean;
}

/** Where a callback came from; null when the body does not say. */
export function targetOf(body: JsonRecord): Target | null {
  const from = recordField(body, 'from');
  const userId = from && textField(from, 'userid');
  if (textField(body, 'chattype') === 'group') {
    const chatId = textField(body, 'chatid');
    return chatId === null ? null : { chatId, single: false };
  }
  return userId === null ? null : { chatId: userId, single: true };
}

/** The person keeps the name the platform has for them here: it is the one they can be reached by. */
export const chatOf = (target: Target): ChatRef =>
  target.single ? { kind: 'direct', id: `bot:${target.chatId}` } : { kind: 'group', id: target.chatId };

/** Null for chats of the other parts of the channel. */
export function readBotChat(id: string): Target | null {
  const parts = readChat(id);
  if (parts.kind === 'bot') return { chatId: parts.userId, single: true };
  return parts.kind === 'group' ? { chatId: parts.chatId, single: false } : null;
}
