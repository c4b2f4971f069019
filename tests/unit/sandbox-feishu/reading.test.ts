/** Reading back: messages and forwards, histories, chats and members, the address book, signing in, the message action. */
import { expect, test } from 'vitest';
import { clientOf, codeOf, standIn, startEmulator } from './support.ts';

async function desk() {
  let later = 0;
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 + later });
  await standIn(emulator);
  const { world } = emulator;
  const sales = world.addPerson({ name: '陈晓', mobile: '+8613800000000' });
  const customer = world.addPerson({ name: '王总', company: '宏达机械' });
  const group = world.createGroup({ name: '宏达询价', members: [sales, customer] });
  const wait = (ms: number): void => {
    later += ms;
  };
  return { emulator, world, sales, customer, group, client: clientOf(emulator), wait };
}

test('a merged forward arrives with a fixed text, and its parts are read by its id', async () => {
  const { emulator, world, sales, customer, group, client } = await desk();
  const ids = ['报价单收到了', '周五前寄样'].map((words) => emulator.say(customer, group, words).messageId);
  const { messageId, delivery } = emulator.forward(sales, ids);
  await delivery?.done;
  expect(world.message(messageId)).toMatchObject({ type: 'merge_forward', content: 'Merged and Forwarded Message' });
  const read = await client.im.v1.message.get({ path: { message_id: messageId } });
  expect(read.data?.items?.map((item) => [item.upper_message_id, item.sender?.id, item.body?.content])).toEqual([
    [undefined, sales.openId, 'Merged and Forwarded Message'],
    [messageId, customer.openId, '{"text":"报价单收到了"}'],
    [messageId, customer.openId, '{"text":"周五前寄样"}'],
  ]);
  expect(await codeOf(client.im.v1.message.get({ path: { message_id: ids[0] ?? '' } }))).toBe(230002);
});

test('a chat is read by pages, and so are its members', async () => {
  const { emulator, sales, customer, group, client } = await desk();
  expect(await codeOf(client.im.v1.chat.get({ path: { chat_id: group.chatId } }))).toBe(232011);
  await emulator.addBotToGroup(group, sales).done;
  for (const words of ['一', '二', '三']) emulator.say(customer, group, words);
  const params = { container_id_type: 'chat', container_id: group.chatId, page_size: 2 };
  const first = await client.im.v1.message.list({ params });
  expect(first.data).toMatchObject({ has_more: true, items: [{}, {}] });
  const rest = await client.im.v1.message.list({ params: { ...params, page_token: first.data?.page_token ?? '' } });
  expect(rest.data?.items?.map((item) => item.body?.content)).toEqual(['{"text":"三"}']);
  const chat = await client.im.v1.chat.get({ path: { chat_id: group.chatId } });
  expect(chat.data).toMatchObject({ name: '宏达询价', external: true, user_count: '2' });
  const members = await client.im.v1.chatMembers.get({ path: { chat_id: group.chatId } });
  expect(members.data?.items?.map(({ name, tenant_key }) => [name, tenant_key])).toEqual([
    ['陈晓', sales.tenantKey],
    ['王总', customer.tenantKey],
  ]);
  await emulator.quiet();
});

test('our own message is taken back once; theirs is not ours to take', async () => {
  const { emulator, sales, client } = await desk();
  const data = { receive_id: sales.openId, msg_type: 'text', content: '{"text":"发错了"}' };
  const sent = await client.im.v1.message.create({ params: { receive_id_type: 'open_id' }, data });
  const path = { message_id: sent.data?.message_id ?? '' };
  expect(await codeOf(client.im.v1.message.delete({ path }))).toBe(0);
  expect(await codeOf(client.im.v1.message.delete({ path }))).toBe(230011);
  expect(emulator.textsOf(sales)).toEqual([]);
  const said = emulator.sayToBot(sales, '好');
  expect(await codeOf(client.im.v1.message.delete({ path: { message_id: said.messageId } }))).toBe(230026);
  await emulator.quiet();
});

test('the address book knows our people and nobody else', async () => {
  const { sales, customer, client } = await desk();
  const get = (id: string) =>
    client.contact.v3.user.get({ path: { user_id: id }, params: { user_id_type: 'open_id' } });
  expect((await get(sales.openId)).data?.user).toMatchObject({ name: '陈晓', union_id: sales.unionId });
  expect(await codeOf(get(customer.openId))).toBe(41050);
  const found = await client.contact.v3.user.batchGetId({
    data: { mobiles: ['+8613800000000', '+8613900000000'] },
    params: { user_id_type: 'open_id' },
  });
  expect(found.data?.user_list).toEqual([
    { user_id: sales.openId, mobile: '+8613800000000' },
    { mobile: '+8613900000000' },
  ]);
});

test('a message action opens our page with a code that signs in once, within three minutes', async () => {
  const { emulator, sales, customer, group, client, wait } = await desk();
  const { messageId } = emulator.say(customer, group, '合同已用印');
  const action = emulator.messageAction(sales, [messageId]);
  expect(decodeURIComponent(action.query)).toContain(`"__trigger_id__":"${action.triggerCode}"`);
  expect(emulator.sourceDetail(action.triggerCode)?.content.messages[0]).toMatchObject({
    sender: { name: '王总' },
    content: '{"text":"合同已用印"}',
    openChatId: group.chatId,
    createTime: 1_700_000_000,
  });
  expect(() => emulator.signInCode(customer)).toThrow('cannot sign in');
  const exchange = async (code: string, secret = 'app secret') => {
    const body = { grant_type: 'authorization_code', client_id: client.appId, client_secret: secret, code };
    const response = await fetch(`${emulator.apiBase}/open-apis/authen/v2/oauth/token`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as { code: number; access_token?: string }) };
  };
  expect(await exchange(action.code, 'wrong')).toMatchObject({ status: 400, code: 20002 });
  const { access_token = '' } = await exchange(action.code);
  expect(await exchange(action.code)).toMatchObject({ status: 400, code: 20065 });
  const userInfo = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${emulator.apiBase}/open-apis/authen/v1/user_info`, { headers });
    return { status: response.status, ...((await response.json()) as object) };
  };
  expect(await userInfo(access_token)).toMatchObject({
    status: 200,
    code: 0,
    data: { open_id: sales.openId, name: '陈晓' },
  });
  expect(await userInfo('nonsense')).toMatchObject({ status: 200, code: 20005 });
  const late = emulator.signInCode(sales);
  wait(3 * 60_000 + 1);
  expect((await exchange(late)).code).toBe(20004);
});
