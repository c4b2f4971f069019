/** Customer groups: page by page, by owners where there are too many of them, and which trouble is none. */
import { expect, it } from 'vitest';
import { readGroups } from '../../../adapters/wecom/groups.ts';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';
import type { GroupFacts } from '../../../src/channel/delivery.ts';
import { scriptedClient } from './doubles.ts';

const listed = (...ids: readonly string[]) => ({ errcode: 0, group_chat_list: ids.map((chat_id) => ({ chat_id })) });
const isList = (path: string) => path.endsWith('groupchat/list');

function company(list: (body: JsonRecord) => JsonRecord, get?: (id: string) => JsonRecord) {
  const client = scriptedClient((path, body) => {
    if (isList(path)) return list(body);
    if (path.endsWith('get_follow_user_list'))
      return { errcode: 0, follow_user: Array.from({ length: 150 }, (_, n) => `u${n}`) };
    const id = String(body.chat_id);
    return get?.(id) ?? { errcode: 0, group_chat: { chat_id: id, name: `群 ${id}`, owner: 'lina' } };
  });
  const read = async (): Promise<GroupFacts[]> => {
    const all: GroupFacts[] = [];
    for await (const page of readGroups(client, [1])) all.push(...page);
    return all;
  };
  return { client, read };
}

it('follows the cursor, and asks for each name and owner without the members’ names', async () => {
  const { client, read } = company(({ cursor }) =>
    cursor === '' ? { ...listed('a', 'b'), next_cursor: 'more' } : listed('c'),
  );
  expect((await read()).map(({ chatId, name, ownerId }) => `${chatId} ${name} ${ownerId}`)).toEqual([
    'a 群 a lina',
    'b 群 b lina',
    'c 群 c lina',
  ]);
  expect(client.calls.filter(({ body }) => body.chat_id).every(({ body }) => body.need_name === 0)).toBe(true);
});

it('too many owners are asked for by the hundred', async () => {
  const { read } = company(({ owner_filter }) => {
    const owners = (owner_filter as { userid_list?: readonly string[] } | undefined)?.userid_list;
    return owners ? listed(owners[0] ?? '') : { errcode: 81017 };
  });
  expect((await read()).map(({ chatId }) => chatId)).toEqual(['u0', 'u100']);
});

it('one that ended meanwhile is left out, one without a name has none', async () => {
  const { read } = company(
    () => listed('a', 'b'),
    (id) => (id === 'a' ? { errcode: 86001 } : { errcode: 0, group_chat: { chat_id: id, name: '', owner: 'lina' } }),
  );
  expect(await read()).toEqual([{ chatId: 'b', name: null, ownerId: 'lina' }]);
});

it('no right to read them is no groups; a platform that stays busy is a fault', async () => {
  expect(await company(() => ({ errcode: 48002 })).read()).toEqual([]);
  await expect(company(() => ({ errcode: -1 })).read()).rejects.toMatchObject({ code: -1 });
});
