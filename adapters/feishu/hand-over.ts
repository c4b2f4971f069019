/** The message action 加入聊单: who asks, may they see these messages, what do the messages really say. */
import { createHash } from 'node:crypto';
import type { Inbound } from '../../src/channel/channel.ts';
import type { PersonRef } from '../../src/channel/event.ts';
import type { HandOverRequest, HandOverResult } from '../../src/channel/hand-over.ts';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import type { Lookup } from './lookup.ts';
import { fetchMessages, toLine } from './messages.ts';
import type { SignIn } from './sign-in.ts';
import type { ReadMessage } from './wire.ts';

export interface HandOverParts {
  readonly client: FeishuClient;
  readonly lookup: Lookup;
  readonly signIn: SignIn;
  readonly inbound: Inbound;
  readonly ownId: () => string | null;
  readonly now: () => number;
}

const idShape = /^om_[A-Za-z0-9_-]{1,100}$/;
const maxMessages = 20;

/** Rejects only when the event could not be stored; the platform's failures are reasons. */
export function createHandOver(parts: HandOverParts): (request: HandOverRequest) => Promise<HandOverResult> {
  const { client, lookup, inbound } = parts;

  async function gather(ids: readonly string[]): Promise<readonly ReadMessage[]> {
    const found: ReadMessage[] = [];
    for (const id of ids) {
      const message = (await fetchMessages(client, id)).find(({ message_id }) => message_id === id);
      if (message && !message.deleted) found.push(message);
    }
    return found;
  }

  async function store(
    by: PersonRef,
    chatId: string,
    messages: readonly ReadMessage[],
    names: ReadonlyMap<string, string>,
  ) {
    const lines = messages
      .map((message) => toLine(message, names, by.tenant ?? '', parts.ownId()))
      .sort((left, right) => (left.sentAt ?? 0) - (right.sentAt ?? 0));
    const what = [by.id, ...messages.map(({ message_id }) => message_id).sort()].join(' ');
    const eventId = createHash('sha256').update(what).digest('base64url');
    const event = { eventId, by, chat: { id: chatId, kind: 'group' }, lines, at: parts.now() };
    const payload = JSON.stringify({ liaodan: 'hand_over', ...event });
    await inbound.store({ eventKey: `hand:${eventId}`, orderKey: chatId, payload });
  }

  return async (request) => {
    if (!('messageIds' in request)) return { ok: false, reason: 'bad_request' };
    const { code, messageIds } = request;
    const ids = [...new Set(messageIds)];
    const sane = ids.length >= 1 && ids.length <= maxMessages && ids.every((id) => idShape.test(id));
    const signedIn = await parts.signIn(code);
    if (!signedIn.ok) return signedIn;
    if (!sane) return { ok: false, reason: 'not_found' };
    try {
      const messages = await gather(ids);
      const chatId = messages[0]?.chat_id;
      if (messages.length < ids.length || !chatId || messages.some(({ chat_id }) => chat_id !== chatId)) {
        return { ok: false, reason: 'not_found' };
      }
      const names = await lookup.members(chatId);
      if (!names.has(signedIn.person.id)) return { ok: false, reason: 'not_member' };
      await store(signedIn.person, chatId, messages, names);
      return { ok: true, messages: messages.length };
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      return { ok: false, reason: error.isRefusal ? 'not_found' : 'unavailable' };
    }
  };
}
