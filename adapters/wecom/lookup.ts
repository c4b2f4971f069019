/** Names of people and groups, and what address books say of outsiders. */
import type { ContactFacts } from '../../src/channel/delivery.ts';
import { isRefusedWith } from './api-failure.ts';
import { readChat } from './chats.ts';
import type { WecomClient } from './client.ts';
import { readFollowed } from './contact-facts.ts';
import { type JsonRecord, recordField, recordsField, textField } from './json.ts';

export interface Lookup {
  /** Null when the platform will not tell us. All reject with ApiFailure when it could not be asked. */
  personName(chatId: string, personId: string): Promise<string | null>;
  chatName(chatId: string): Promise<string | null>;
  contact(staffId: string, personId: string): Promise<ContactFacts | null>;
}

/** WeChat customers and people of other companies, as this company's own apps know them. */
const outsiderShape = /^w[mo][\w-]{20,62}$/;
/** No such person, no relation, out of our range, no right to ask: answers, and no reason to ask again. */
const unknown = [
  40003, 40031, 40058, 40096, 60011, 60111, 84061, 84074, 84084, 86001, 86003, 90501, 90509, 48002, 60021,
];

/** `contacts` carries the rights of 客户联系, `app` those of our app. */
export function createLookup(app: WecomClient, contacts: WecomClient): Lookup {
  /** Only for 48 hours after they wrote or came. https://developer.work.weixin.qq.com/document/path/95159 */
  async function serviceCustomerName(personId: string): Promise<string | null> {
    const reply = await app.post('kf/customer/batchget', { external_userid_list: [personId] });
    const found = recordsField(reply, 'customer_list').find(({ external_userid: id }) => id === personId);
    return (found && textField(found, 'nickname')) || null;
  }

  async function outsider(personId: string): Promise<JsonRecord> {
    return contacts.get('externalcontact/get', { external_userid: personId });
  }

  return {
    async personName(chatId, personId) {
      const chat = readChat(chatId);
      const outside = 'outsiderId' in chat ? chat.outsiderId === personId : outsiderShape.test(personId);
      if (!outside) return known(async () => textField(await app.get('user/get', { userid: personId }), 'name'));
      const served = chat.kind === 'service' ? await known(() => serviceCustomerName(personId)) : null;
      return (
        served ?? known(async () => textField(recordField(await outsider(personId), 'external_contact') ?? {}, 'name'))
      );
    },
    /** Only customer groups have a name that may be read; two people alone have none. */
    chatName: async (chatId) => {
      const chat = readChat(chatId);
      if (chat.kind === 'webhook') return chat.name;
      if (chat.kind !== 'group') return null;
      return known(async () => {
        const reply = await contacts.post('externalcontact/groupchat/get', { chat_id: chatId, need_name: 0 });
        return textField(recordField(reply, 'group_chat') ?? {}, 'name');
      });
    },
    contact: (staffId, personId) =>
      known(async () => {
        const reply = await outsider(personId);
        const followed = recordsField(reply, 'follow_user').find(({ userid }) => userid === staffId);
        const person = recordField(reply, 'external_contact');
        const tags = (followed ? recordsField(followed, 'tags') : []).flatMap(
          (tag) => textField(tag, 'tag_name') ?? [],
        );
        return person && followed ? readFollowed(person, followed, tags) : null;
      }),
  };
}

/** A refusal is an answer: we do not know. Trouble is not. */
async function known<T>(ask: () => Promise<T | null>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (isRefusedWith(error, ...unknown)) return null;
    throw error;
  }
}
