/** Address books: what the platform's two shapes become, and which trouble is none. */
import { describe, expect, it } from 'vitest';
import { readFollowed } from '../../../adapters/wecom/contact-facts.ts';
import { readContacts } from '../../../adapters/wecom/contacts.ts';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';
import type { ContactFacts } from '../../../src/channel/delivery.ts';
import { scriptedClient } from './doubles.ts';

const entry = (id: string, userid = 'li', more: JsonRecord = {}): JsonRecord => ({
  external_contact: { external_userid: id, name: `name of ${id}`, type: 1 },
  follow_info: { userid, remark: '', createtime: 1_700_000_000, tag_id: ['t1', 'unknown'], ...more },
});
const tags = { errcode: 0, tag_group: [{ group_name: '等级', tag: [{ id: 't1', name: 'A 级' }] }] };

function book(script: (path: string, body: JsonRecord) => JsonRecord | null, colleagues: readonly string[] = ['li']) {
  const client = scriptedClient((path, body) => {
    const scripted = script(path, body);
    if (scripted) return scripted;
    if (path.endsWith('get_follow_user_list')) return { errcode: 0, follow_user: colleagues };
    return path.endsWith('get_corp_tag_list') ? tags : { errcode: 0, external_contact_list: [] };
  });
  const read = async (): Promise<ContactFacts[]> => {
    const all: ContactFacts[] = [];
    for await (const page of readContacts(client, [1, 1])) all.push(...page);
    return all;
  };
  return { client, read };
}

const pages = (path: string) => path.endsWith('get_by_user');

describe('reading', () => {
  it('follows the cursor of every hundred colleagues', async () => {
    const colleagues = Array.from({ length: 150 }, (_, n) => `u${n}`);
    const { client, read } = book((path, { cursor, userid_list }) => {
      if (!pages(path)) return null;
      const first = (userid_list as readonly string[])[0] ?? '';
      return cursor === ''
        ? { errcode: 0, external_contact_list: [entry(`${first}-1`)], next_cursor: 'more' }
        : { errcode: 0, external_contact_list: [entry(`${first}-2`)], next_cursor: '' };
    }, colleagues);
    expect((await read()).map(({ personId }) => personId)).toEqual(['u0-1', 'u0-2', 'u100-1', 'u100-2']);
    expect(
      client.calls.filter(({ path }) => pages(path)).map(({ body }) => (body.userid_list as string[]).length),
    ).toEqual([100, 100, 50, 50]);
  });

  it('names the tags it can', async () => {
    const { read } = book((path) => (pages(path) ? { errcode: 0, external_contact_list: [entry('wm1')] } : null));
    expect(await read()).toMatchObject([
      { personId: 'wm1', staffId: 'li', tags: ['A 级'], addedAt: 1_700_000_000_000 },
    ]);
  });

  it('goes without tags where it may not read them', async () => {
    const { read } = book((path) => {
      if (path.endsWith('get_corp_tag_list')) return { errcode: 48002 };
      return pages(path) ? { errcode: 0, external_contact_list: [entry('wm1')] } : null;
    });
    expect(await read()).toMatchObject([{ tags: [] }]);
  });

  it('84061 says that there are no customers', async () => {
    expect(await book((path) => (pages(path) ? { errcode: 84061 } : null)).read()).toEqual([]);
    expect(await book((path) => (path.endsWith('follow_user_list') ? { errcode: 84061 } : null)).read()).toEqual([]);
  });

  it('a busy platform is asked again, and not for ever', async () => {
    let busy = 2;
    const passing = book((path) => {
      if (!pages(path)) return null;
      busy -= 1;
      return busy >= 0 ? { errcode: 45033 } : { errcode: 0, external_contact_list: [entry('wm1')] };
    });
    expect(await passing.read()).toHaveLength(1);
    await expect(book((path) => (pages(path) ? { errcode: -1 } : null)).read()).rejects.toMatchObject({ code: -1 });
  });

  it('no right is told at once', async () => {
    const { client, read } = book((path) => (path.endsWith('follow_user_list') ? { errcode: 48002 } : null));
    await expect(read()).rejects.toMatchObject({ code: 48002 });
    expect(client.calls).toHaveLength(1);
  });
});

describe('one contact', () => {
  const person = { external_userid: 'wm1', name: '王总', corp_name: '福兴', corp_full_name: '福兴建材有限公司' };
  const followed = { userid: 'li', remark: '王总', remark_corp_name: '福兴备注', remark_mobiles: ['13800000000', ''] };

  it('has the fullest name of the company, and no remark that only repeats the name', () => {
    expect(readFollowed(person, followed, [])).toEqual({
      personId: 'wm1',
      staffId: 'li',
      name: '王总',
      company: '福兴建材有限公司',
      remark: null,
      phones: ['13800000000'],
      tags: [],
      addedAt: null,
    });
    const { corp_full_name: _none, ...short } = person;
    expect(readFollowed(short, { ...followed, remark: '福兴王总' }, [])).toMatchObject({
      company: '福兴备注',
      remark: '福兴王总',
    });
  });

  it('without its ids is none', () => {
    expect(readFollowed({ name: '王总' }, followed, [])).toBeNull();
    expect(readFollowed(person, {}, [])).toBeNull();
  });
});
