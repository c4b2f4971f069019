/** Names of people and chats, which events do not carry. */
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';

export interface Lookup {
  /** Null when the platform will not tell us. Rejects with ApiFailure when it could not be asked. */
  personName(chatId: string, openId: string): Promise<string | null>;
  chatName(chatId: string): Promise<string | null>;
  /** Everybody in the chat, open_id → name; bots are not among them. Stops early once `until` is found. */
  members(chatId: string, until?: string): Promise<ReadonlyMap<string, string>>;
}

const pageSize = 100;
/** 5,000 people: the largest ordinary group. */
const maxPages = 50;

export function createLookup(client: FeishuClient): Lookup {
  async function members(chatId: string, until?: string): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    let pageToken: string | undefined;
    for (let page = 0; page < maxPages; page += 1) {
      const next = pageToken === undefined ? {} : { page_token: pageToken };
      const reply = await client.asApp((lark, auth) =>
        lark.im.v1.chatMembers.get(
          { path: { chat_id: chatId }, params: { member_id_type: 'open_id', page_size: pageSize, ...next } },
          auth,
        ),
      );
      for (const { member_id: id, name } of reply.data?.items ?? []) if (id) names.set(id, name ?? '');
      pageToken = reply.data?.page_token;
      if (!reply.data?.has_more || !pageToken || (until !== undefined && names.has(until))) break;
    }
    return names;
  }

  /** The directory knows colleagues only; people of other companies are known by the member list of a chat. */
  async function directoryName(openId: string): Promise<string | null> {
    const reply = await client.asApp((lark, auth) =>
      lark.contact.v3.user.get({ path: { user_id: openId }, params: { user_id_type: 'open_id' } }, auth),
    );
    return reply.data?.user?.name || null;
  }

  return {
    members,
    async personName(chatId, openId) {
      const inChat = await known(() => members(chatId, openId));
      return inChat?.get(openId) || (await known(() => directoryName(openId)));
    },
    chatName: (chatId) =>
      known(async () => {
        const reply = await client.asApp((lark, auth) => lark.im.v1.chat.get({ path: { chat_id: chatId } }, auth));
        return reply.data?.name || null;
      }),
  };
}

/** A refusal (no scope, outside the directory range, not in the chat) is an answer: we do not know. Trouble is not. */
async function known<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiFailure && error.isRefusal) return null;
    throw error;
  }
}
