/** The archive through the real FFI path: the stand-in library in its own process, real RSA keys, the emulator's records. */
import { expect, test, vi } from 'vitest';
import { compiler } from '../../fixtures/wecom-archive-stub/compile.ts';
import { type ArchiveDesk, corpId, openArchiveDesk } from './archive-harness.ts';

// A machine without a C compiler cannot build the stand-in; `npm run setup:test` installs one, and CI always has it.
const ffi = test.skipIf(compiler === null && process.env.CI !== 'true');

/** A customer who has agreed in the private chat with zhangsan. */
function agreedCustomer({ emulator }: ArchiveDesk, name = '王总') {
  const customer = emulator.world.addCustomer({ name });
  const chat = emulator.world.chatBetween('private', ['zhangsan', customer.externalUserId], name);
  emulator.consent.set(chat.chatId, customer.externalUserId, 'Agree');
  return customer;
}

ffi('words of both sides come out of the library, in order, into one conversation', async () => {
  await using desk = await openArchiveDesk();
  const { emulator, archive } = desk;
  desk.addKey();
  const customer = agreedCustomer(desk);
  const asked = emulator.say(customer, 'zhangsan', '帮我报下价').messageId;
  emulator.say('zhangsan', customer, '好的，下午发您');
  desk.serve();
  await archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['帮我报下价', '好的，下午发您']));
  const chat = { kind: 'group', id: `dm:zhangsan:${customer.externalUserId}` };
  expect(desk.heard()).toMatchObject([
    {
      messageId: `${asked}_external`,
      chat,
      sender: { id: customer.externalUserId, tenant: null, internal: false },
      addressed: false,
    },
    { chat, sender: { id: 'zhangsan', tenant: corpId, internal: true } },
  ]);
  expect(desk.pages.cursor).toBe('2');
  expect(archive.problem()).toBeNull();
});

ffi('woken by a notice it pulls at once; without one the clock does it', async () => {
  await using desk = await openArchiveDesk({ pollMs: 60_000 });
  desk.addKey();
  const customer = agreedCustomer(desk);
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.archive.problem()).toBeNull());
  desk.emulator.say(customer, 'zhangsan', '样品收到了');
  desk.serve();
  await new Promise((resolve) => setTimeout(resolve, 300));
  desk.archive.wake();
  await vi.waitFor(() => expect(desk.words()).toEqual(['样品收到了']));
});

ffi('a sequence number beyond 2^53 is kept to the last digit', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const customer = agreedCustomer(desk);
  desk.emulator.say(customer, 'zhangsan', '一');
  desk.emulator.say(customer, 'zhangsan', '二');
  const big = 9_007_199_254_740_993n;
  desk.serve((lines) => lines.map((line, i) => line.replace(/"seq":\d+/, `"seq":${big + BigInt(i)}`)));
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['一', '二']));
  expect(desk.pages.cursor).toBe('9007199254740994');
});

ffi('what two colleagues say to each other is never stored', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  desk.emulator.say('lisi', 'zhangsan', '晚上一起吃饭吗');
  const customer = agreedCustomer(desk);
  desk.emulator.say(customer, 'zhangsan', '合同用印了');
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['合同用印了']));
  expect(JSON.stringify([...desk.events.values()])).not.toContain('吃饭');
  expect(desk.lines.join('\n')).not.toMatch(/吃饭|用印|secret-of/);
});

ffi('without recorded consent nothing of a customer is stored; it is counted', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const { emulator } = desk;
  const customer = agreedCustomer(desk);
  emulator.say(customer, 'zhangsan', '说了又后悔');
  const { chatId } = emulator.world.chatBetween('private', ['zhangsan', customer.externalUserId], '');
  emulator.consent.set(chatId, customer.externalUserId, 'Disagree');
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.pages.cursor).toBe('1'));
  expect(desk.events.size).toBe(0);
  expect(desk.archive.problem()).toMatchObject({
    status: 'ready',
    detail: expect.stringContaining('1 条消息没有保存'),
  });
});

ffi('in a room each outsider speaks for themselves, and colleagues are heard', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const { emulator } = desk;
  const [agreed, silent] = [emulator.world.addCustomer({ name: '甲' }), emulator.world.addCustomer({ name: '乙' })];
  const room = emulator.world.createGroup({ name: '客户群', members: ['zhangsan', agreed, silent] });
  emulator.consent.set(room.chatId, agreed.externalUserId, 'Agree');
  emulator.consent.set(room.chatId, silent.externalUserId, 'Agree');
  emulator.say(agreed, room, '报价单收到');
  emulator.say(silent, room, '我不想被存');
  emulator.say('zhangsan', room, '好的');
  emulator.consent.set(room.chatId, silent.externalUserId, 'Disagree');
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['报价单收到', '好的']));
  expect(desk.heard()[0]).toMatchObject({ chat: { kind: 'group', id: room.chatId } });
});

ffi('a recall is passed on with the id of what was taken back', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const customer = agreedCustomer(desk);
  const { messageId } = desk.emulator.say(customer, 'zhangsan', '发错了');
  desk.emulator.recall(messageId);
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(2));
  const [said, recalled] = desk.heard();
  expect(recalled).toMatchObject({ type: 'recalled', messageId: said?.type === 'message' ? said.messageId : '' });
});

ffi('several key versions are told apart; an old one that is gone is passed over', async () => {
  await using desk = await openArchiveDesk();
  const customer = agreedCustomer(desk);
  desk.addKey(false);
  desk.emulator.say(customer, 'zhangsan', '第一版');
  desk.addKey();
  desk.emulator.say(customer, 'zhangsan', '第二版');
  desk.addKey();
  desk.emulator.say(customer, 'zhangsan', '第三版');
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['第二版', '第三版']));
  expect(desk.archive.problem()).toMatchObject({
    status: 'degraded',
    detail: expect.stringContaining('1 条会话记录解不开'),
  });
});

ffi('a new key version whose file is missing stops the archive in front of it, with a remedy', async () => {
  await using desk = await openArchiveDesk();
  const customer = agreedCustomer(desk);
  desk.addKey();
  desk.emulator.say(customer, 'zhangsan', '旧钥匙');
  const { version, pem } = desk.addKey(false);
  desk.emulator.say(customer, 'zhangsan', '新钥匙');
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.archive.problem()?.detail).toContain('2.pem'));
  expect(desk.words()).toEqual(['旧钥匙']);
  expect(desk.pages.cursor).toBe('1');
  desk.keepKey(version, pem);
  desk.archive.wake();
  await vi.waitFor(() => expect(desk.words()).toEqual(['旧钥匙', '新钥匙']));
  expect(desk.archive.problem()).toBeNull();
});

ffi('a private key that does not fit stops it too, and is taken anew once it is exchanged', async () => {
  await using desk = await openArchiveDesk();
  const customer = agreedCustomer(desk);
  const { version, pem } = desk.addKey();
  desk.emulator.say(customer, 'zhangsan', '等钥匙');
  desk.keepKey(version, desk.addKey(false).pem);
  desk.serve();
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.archive.problem()?.detail).toContain('1.pem'));
  expect(desk.pages.cursor).toBeNull();
  desk.keepKey(version, pem);
  desk.archive.wake();
  await vi.waitFor(() => expect(desk.words()).toEqual(['等钥匙']));
});

ffi('a record that crashes the library twice is passed over, and what follows comes', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const customer = agreedCustomer(desk);
  for (const words of ['之前', '毒药', '之后']) desk.emulator.say(customer, 'zhangsan', words);
  desk.serve((lines) =>
    lines.map((line, i) => (i === 1 ? line.replace(/"encrypt_chat_msg":"[^"]*"/, '"encrypt_chat_msg":"KILL"') : line)),
  );
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['之前', '之后']), { timeout: 10_000 });
  expect(desk.pages.cursor).toBe('3');
  expect(desk.archive.problem()?.detail).toContain('1 条会话记录解不开');
  expect(desk.lines.filter((line) => line.includes('library died'))).toHaveLength(2);
});

ffi('a library that crashes on everything skips nothing', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const customer = agreedCustomer(desk);
  for (const words of ['一', '二', '三', '四']) desk.emulator.say(customer, 'zhangsan', words);
  desk.serve((lines) => lines.map((line) => line.replace(/"encrypt_chat_msg":"[^"]*"/, '"encrypt_chat_msg":"KILL"')));
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.archive.problem()?.detail).toContain('崩溃'), { timeout: 10_000 });
  expect(desk.pages.cursor).toBeNull();
  expect(desk.events.size).toBe(0);
});

ffi('broken records, control characters, unknown types and switches stop nothing', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  const { emulator } = desk;
  const customer = agreedCustomer(desk);
  const head = {
    action: 'send',
    from: customer.externalUserId,
    tolist: ['zhangsan'],
    roomid: '',
    msgtime: 1700000000000,
  };
  const bell = JSON.stringify({ msgid: 'm-bell', ...head, msgtype: 'text', text: { content: '响!铃' } });
  emulator.archive.keepRaw(bell.replace('!', '\u0007'));
  emulator.archive.keepRaw({ msgid: 'm-new', ...head, msgtype: 'hologram', hologram: {} });
  emulator.archive.keepRaw({ msgid: 'm-switch', action: 'switch', time: 1700000000000, user: 'zhangsan' });
  emulator.archive.keepRaw('this is no JSON');
  emulator.archive.keepRaw({ msgid: 'm-md', ...head, msgtype: 'markdown', info: { content: '报价 **已发**' } });
  desk.serve((lines) => [...lines, '{"seq":99}']);
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.words()).toEqual(['响铃', '报价 **已发**']));
  expect(desk.pages.cursor).toBe('99');
});

ffi('a reply without chatdata is an empty page', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  desk.emulator.say(agreedCustomer(desk), 'zhangsan', '有一条');
  desk.serve((lines) => ['!bare', ...lines]);
  await desk.archive.start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(desk.archive.problem()).toBeNull();
  desk.serve();
  await vi.waitFor(() => expect(desk.words()).toEqual(['有一条']));
});

ffi.each([
  ['!ret 10009', 'failed', '可信 IP'],
  ['!ret 10001', 'degraded', '连不上'],
  ['!err 301052', 'failed', '到期'],
  ['!err 48002', 'failed', '自己的 Secret'],
])('%s is said on the health page as %s', async (line, status, words) => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  desk.serve(() => [line]);
  await desk.archive.start();
  await vi.waitFor(() =>
    expect(desk.archive.problem()).toMatchObject({ status, detail: expect.stringContaining(words) }),
  );
  expect(desk.pages.count).toBe(0);
});

ffi('a place older than five days starts over at the oldest record, without storing twice', async () => {
  await using desk = await openArchiveDesk();
  desk.addKey();
  desk.emulator.say(agreedCustomer(desk), 'zhangsan', '还在');
  desk.pages.cursor = '500';
  desk.serve(() => ['!ret 10010']);
  await desk.archive.start();
  await vi.waitFor(() => expect(desk.archive.problem()?.detail).toContain('5 天'));
  expect(desk.pages.cursor).toBe('0');
});

ffi('a wrong secret and a file that is no library are said in words', async () => {
  await using wrong = await openArchiveDesk({ secret: 'wrong-secret' });
  await wrong.archive.start();
  await vi.waitFor(() => expect(wrong.archive.problem()?.detail).toContain('WECOM_ARCHIVE_SECRET'));
  await using absent = await openArchiveDesk({ lib: '/nowhere/libWeWorkFinanceSdk_C.so' });
  await absent.archive.start();
  await vi.waitFor(() => expect(absent.archive.problem()?.detail).toContain('WECOM_ARCHIVE_LIB'));
});

ffi('nothing moves while it is another instance’s turn, or while the page cannot be stored', async () => {
  let ours = false;
  await using desk = await openArchiveDesk({ turn: () => ours });
  desk.addKey();
  desk.emulator.say(agreedCustomer(desk), 'zhangsan', '等一等');
  desk.serve();
  await desk.archive.start();
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(desk.pages.count).toBe(0);
  expect(desk.archive.problem()).toBeNull();
  desk.pages.failures = 1;
  ours = true;
  await vi.waitFor(() => expect(desk.archive.problem()?.detail).toContain('数据库'));
  expect(desk.pages.cursor).toBeNull();
});
