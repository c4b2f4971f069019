/** Customers of members: how they come and go, what the API shows of them, groups, tags, the welcome. */
import { describe, expect, test } from 'vitest';
import { apiOf, field, standIn, startEmulator } from './support.ts';

async function shop() {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const zhou = emulator.world.addCustomer({ name: '周工' });
  const api = await apiOf(emulator);
  const get = () =>
    api.get<{ follow_user: { remark: string }[] }>('externalcontact/get', { external_userid: zhou.externalUserId });
  return { emulator, product, lina, zhou, api, get };
}

describe('coming and going', () => {
  test('an added customer is told and can be read', async () => {
    const { emulator, product, lina, zhou, get } = await shop();
    expect((await get()).errcode).toBe(84061);
    await emulator.addContact(zhou, lina, { state: 'channel-7', addWay: 1 }).done;
    const xml = product.inner()[0];
    expect(['ChangeType', 'UserID', 'ExternalUserID', 'State'].map((name) => field(xml, name))).toEqual([
      ...['add_external_contact', 'lina', zhou.externalUserId, 'channel-7'],
    ]);
    expect(field(xml, 'WelcomeCode')).toBeTruthy();
    expect(await get()).toMatchObject({
      external_contact: { name: '周工', type: 1 },
      follow_user: [{ userid: 'lina', state: 'channel-7', add_way: 1, createtime: 1_700_000_000 }],
    });
  });

  test('a half-added customer cannot be read until the member confirms', async () => {
    const { emulator, product, lina, zhou, get } = await shop();
    await emulator.addContact(zhou, lina, { half: true, welcome: false }).done;
    expect(field(product.inner()[0], 'ChangeType')).toBe('add_half_external_contact');
    expect(field(product.inner()[0], 'WelcomeCode')).toBeNull();
    expect((await get()).errcode).toBe(84061);
    await emulator.confirmContact(zhou, lina).done;
    expect((await get()).errcode).toBe(0);
  });

  test('who deletes whom makes a difference', async () => {
    const { emulator, product, lina, zhou, get } = await shop();
    emulator.knowContact(zhou, lina);
    await emulator.deleteContact(zhou, lina, 'customer').done;
    expect((await get()).errcode).toBe(0);
    await emulator.deleteContact(zhou, lina, 'member').done;
    expect((await get()).errcode).toBe(84061);
    expect(product.inner().map((xml) => field(xml, 'ChangeType'))).toEqual(['del_follow_user', 'del_external_contact']);
  });

  test('changes in the client are told, changes by the API are not', async () => {
    const { emulator, product, lina, zhou, api, get } = await shop();
    emulator.knowContact(zhou, lina);
    await emulator.editContact(zhou, lina, { remark: '恒锐周工' }).done;
    expect(field(product.inner()[0], 'ChangeType')).toBe('edit_external_contact');
    const ids = { userid: 'lina', external_userid: zhou.externalUserId };
    expect((await api.post('externalcontact/remark', { ...ids, remark: '采购' })).errcode).toBe(0);
    const tag = emulator.bonds.addTag('意向', '高');
    expect((await api.post('externalcontact/mark_tag', { ...ids, add_tag: [tag.id] })).errcode).toBe(0);
    expect((await api.post('externalcontact/mark_tag', { ...ids, add_tag: ['none'] })).errcode).toBe(40068);
    expect((await get()).follow_user[0]).toMatchObject({
      remark: '采购',
      tags: [{ group_name: '意向', tag_name: '高' }],
    });
    expect(product.received).toHaveLength(1);
  });
});

describe('rights', () => {
  test('an empty list is 84061, other people’s customers too, no right is 48002', async () => {
    const { emulator, api, zhou, lina } = await shop();
    expect((await api.get('externalcontact/list', { userid: 'lina' })).errcode).toBe(84061);
    emulator.world.addMember({ userid: 'wang', name: '王强', servesCustomers: false });
    expect((await api.get('externalcontact/list', { userid: 'wang' })).errcode).toBe(84074);
    expect((await api.get('externalcontact/list', { userid: 'zhao' })).errcode).toBe(60111);
    expect(
      (await api.post('externalcontact/remark', { userid: 'lina', external_userid: zhou.externalUserId, remark: 'x' }))
        .errcode,
    ).toBe(84061);
    emulator.knowContact(zhou, lina);
    expect(await api.get('externalcontact/list', { userid: 'lina' })).toMatchObject({
      external_userid: [zhou.externalUserId],
    });
    expect(await api.get('externalcontact/get_follow_user_list')).toMatchObject({ follow_user: ['lina'] });
    emulator.grants.customerContact = false;
    expect((await api.get('externalcontact/list', { userid: 'lina' })).errcode).toBe(48002);
  });

  test('all customers come in pages', async () => {
    const { emulator, lina, api } = await shop();
    for (let i = 0; i < 5; i += 1) emulator.knowContact(emulator.world.addCustomer({ name: `客户${i}` }), lina);
    const names: string[] = [];
    let cursor = '';
    do {
      const page = await api.post<{
        external_contact_list: { external_contact: { name: string } }[];
        next_cursor: string;
      }>('externalcontact/batch/get_by_user', { userid_list: ['lina'], cursor, limit: 2 });
      names.push(...page.external_contact_list.map(({ external_contact }) => external_contact.name));
      cursor = page.next_cursor;
    } while (cursor !== '');
    expect(names).toEqual(['客户0', '客户1', '客户2', '客户3', '客户4']);
  });
});

describe('the welcome', () => {
  async function newcomer() {
    const parts = await shop();
    await parts.emulator.addContact(parts.zhou, parts.lina).done;
    const welcome_code = field(parts.product.inner()[0], 'WelcomeCode');
    const welcome = () =>
      parts.api.post('externalcontact/send_welcome_msg', { welcome_code, text: { content: '您好，我是李娜' } });
    return { ...parts, welcome };
  }

  test('once', async () => {
    const { emulator, welcome, lina, zhou } = await newcomer();
    expect((await welcome()).errcode).toBe(0);
    expect((await welcome()).errcode).toBe(41050);
    const chat = emulator.world.chatBetween('private', [lina.userid, zhou.externalUserId]);
    expect(emulator.textsOf(chat)).toEqual(['您好，我是李娜']);
  });

  test('not after twenty seconds, not after the first word', async () => {
    const { emulator, welcome } = await newcomer();
    emulator.clock.advance(20_001);
    expect((await welcome()).errcode).toBe(41050);
    const other = await newcomer();
    other.emulator.say(other.lina, other.zhou, '您好');
    expect((await other.welcome()).errcode).toBe(41051);
  });
});

describe('customer groups', () => {
  test('a new group can be read after two seconds', async () => {
    const { emulator, product, lina, zhou, api } = await shop();
    const { chat, delivery } = emulator.foundGroup('恒锐 × 海川', [lina, zhou]);
    await delivery.done;
    expect(field(product.inner()[0], 'ChangeType')).toBe('create');
    const read = () => api.post('externalcontact/groupchat/get', { chat_id: chat.chatId, need_name: 1 });
    expect((await read()).errcode).toBe(86001);
    emulator.clock.advance(2000);
    expect(await read()).toMatchObject({
      group_chat: {
        name: '恒锐 × 海川',
        owner: 'lina',
        member_list: [
          { userid: 'lina', type: 1 },
          { type: 2, name: '周工' },
        ],
      },
    });
    const list = { limit: 10, owner_filter: { userid_list: ['lina'] } };
    expect(await api.post('externalcontact/groupchat/list', list)).toMatchObject({
      group_chat_list: [{ chat_id: chat.chatId }],
    });
  });

  test('members come and go with versions and a list of one', async () => {
    const { emulator, product, lina, zhou } = await shop();
    const { chat } = emulator.foundGroup('恒锐 × 海川', [lina, zhou]);
    const before = chat.version;
    await emulator.joinGroup(chat, emulator.world.addCustomer({ name: '韩经理' }), lina).done;
    const xml = product.inner().at(-1) ?? '';
    expect(field(xml, 'UpdateDetail')).toBe('add_member');
    expect([field(xml, 'LastMemVer'), field(xml, 'CurMemVer')]).toEqual([before, chat.version]);
    expect(xml.match(/<Item>/g)).toHaveLength(1);
    await emulator.dismissGroup(chat).done;
    expect(field(product.inner().at(-1), 'ChangeType')).toBe('dismiss');
  });
});

test('members, departments, the app and sign-in', async () => {
  const { emulator, api, lina, zhou } = await shop();
  const sales = emulator.directory.addDepartment('销售部');
  emulator.world.addMember({ userid: 'Chen', name: '陈总监', departments: [sales.id], leader: true });
  expect(await api.get('user/get', { userid: 'chen' })).toMatchObject({
    userid: 'Chen',
    department: [2],
    is_leader_in_dept: [1],
  });
  expect(await api.get('department/list')).toMatchObject({
    department: [{ id: 1 }, { id: 2, name: '销售部', parentid: 1 }],
  });
  expect(await api.get('user/simplelist', { department_id: '2' })).toMatchObject({ userlist: [{ userid: 'Chen' }] });
  expect(
    (await api.get<{ userlist: object[] }>('user/list', { department_id: '1', fetch_child: '1' })).userlist,
  ).toHaveLength(2);
  const code = emulator.signInCode(lina);
  expect(await api.get('auth/getuserinfo', { code })).toMatchObject({ errcode: 0, userid: 'lina' });
  expect((await api.get('auth/getuserinfo', { code })).errcode).toBe(42022);
  expect(await api.get('auth/getuserinfo', { code: emulator.signInCode(zhou) })).toMatchObject({
    external_userid: zhou.externalUserId,
  });
  expect((await api.get('ticket/get', { type: 'wrong' })).errcode).toBe(91040);
  expect(await api.get('get_jsapi_ticket')).toMatchObject({ ticket: emulator.tickets.corp });
});
