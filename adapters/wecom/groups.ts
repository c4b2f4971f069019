/** Reads the company's customer groups: the list page by page, each group's name and owner by itself. */
import type { GroupFacts } from '../../src/channel/delivery.ts';
import { isRefusedWith } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { recordField, recordsField, textField, textsField } from './json.ts';
import { type Ask, createAsk, isRefusal, usualPauses } from './patient.ts';

const pageSize = 100;
const ownersAtOnce = 100;
/** More than 1,000 colleagues own groups: the list wants to know whose. */
const tooManyOwners = 81017;

/**
 * Groups are an extra: an app without the right to read them (its visible range is not the whole company) has none.
 * `client` carries the rights of 客户联系. Rejects with ApiFailure when the platform could not be asked.
 * https://developer.work.weixin.qq.com/document/path/92120
 */
export async function* readGroups(client: WecomClient, pauses = usualPauses): AsyncGenerator<readonly GroupFacts[]> {
  const ask = createAsk(client, pauses);
  try {
    yield* readList(ask, null);
  } catch (error) {
    if (isRefusedWith(error, tooManyOwners)) yield* readByOwners(ask);
    else if (!isRefusal(error)) throw error;
  }
}

async function* readByOwners(ask: Ask): AsyncGenerator<readonly GroupFacts[]> {
  const owners = textsField(await ask('externalcontact/get_follow_user_list', null), 'follow_user');
  for (let at = 0; at < owners.length; at += ownersAtOnce) yield* readList(ask, owners.slice(at, at + ownersAtOnce));
}

async function* readList(ask: Ask, owners: readonly string[] | null): AsyncGenerator<readonly GroupFacts[]> {
  let cursor = '';
  do {
    const reply = await ask('externalcontact/groupchat/list', {
      status_filter: 0,
      ...(owners && { owner_filter: { userid_list: owners } }),
      cursor,
      limit: pageSize,
    });
    const page: GroupFacts[] = [];
    for (const listed of recordsField(reply, 'group_chat_list')) {
      const chatId = textField(listed, 'chat_id');
      const facts = chatId === null ? null : await readGroup(ask, chatId);
      if (facts !== null) page.push(facts);
    }
    if (page.length > 0) yield page;
    cursor = textField(reply, 'next_cursor') ?? '';
  } while (cursor !== '');
}

/** Null when the group ended since it was listed. */
async function readGroup(ask: Ask, chatId: string): Promise<GroupFacts | null> {
  try {
    const reply = await ask('externalcontact/groupchat/get', { chat_id: chatId, need_name: 0 });
    const group = recordField(reply, 'group_chat') ?? {};
    return { chatId, name: textField(group, 'name'), ownerId: textField(group, 'owner') };
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}
