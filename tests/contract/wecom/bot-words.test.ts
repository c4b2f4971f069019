/** What colleagues say to the AI bot reaches the core once, and nothing they say is lost in silence. */
import { expect, test, vi } from 'vitest';
import { corpId, openBotDesk, wordsHeard } from './bot-harness.ts';

test('a private message is stored and read back as addressed words of a colleague', async () => {
  await using desk = await openBotDesk();
  const { messageId } = desk.emulator.sayToBot('zhangsan', '客户问：能不能报个价');
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(1));
  expect(desk.heard()[0]).toMatchObject({
    type: 'message',
    messageId,
    chat: { kind: 'direct', id: 'bot:zhangsan' },
    sender: { id: 'zhangsan', tenant: corpId, internal: true },
    senderKind: 'person',
    text: '客户问：能不能报个价',
    addressed: true,
    record: null,
  });
  const [event] = desk.store.events.values();
  expect(event).toMatchObject({ eventKey: `msg:${messageId}`, orderKey: 'bot:zhangsan' });
});

test('a mention in an internal group loses the @, and what it quotes is not kept', async () => {
  await using desk = await openBotDesk();
  const { emulator } = desk;
  const group = emulator.world.createGroup({ name: '华东项目群', members: ['zhangsan', 'lisi'], botIn: true });
  const quoted = emulator.say('lisi', group, '报价先不用发').messageId;
  emulator.mentionBot('zhangsan', group, '样品昨天寄出了', { quote: quoted });
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(1));
  expect(desk.heard()[0]).toMatchObject({
    chat: { kind: 'group', id: group.chatId },
    text: '样品昨天寄出了',
    addressed: true,
  });
  expect([...desk.store.events.values()][0]?.payload).not.toContain('报价先不用发');
});

test('mixed messages and transcripts of voices have words, pictures have none', async () => {
  await using desk = await openBotDesk();
  const { emulator } = desk;
  const item = [
    { msgtype: 'text', text: { content: '客户说首款' } },
    { msgtype: 'image', image: { url: 'https://example.invalid/one', aeskey: 'key-of-the-picture' } },
    { msgtype: 'text', text: { content: '打过来了' } },
  ];
  emulator.sayToBot('zhangsan', { type: 'mixed', body: { msg_item: item } });
  emulator.sayToBot('lisi', { type: 'voice', body: { content: '合同已经用印' } });
  emulator.sayToBot('lisi', { image: 'media-1' });
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(3));
  expect(wordsHeard(desk).sort()).toEqual(['', '合同已经用印', '客户说首款\n打过来了']);
  expect(JSON.stringify([...desk.store.events.values()])).not.toMatch(/key-of-the-picture|example\.invalid/);
});

test('a merged record becomes its lines', async () => {
  await using desk = await openBotDesk();
  const { emulator } = desk;
  const customer = emulator.world.addCustomer({ name: '王总' });
  const first = emulator.say(customer, 'zhangsan', '帮我报下价').messageId;
  const second = emulator.say('zhangsan', customer, '好的，下午发您').messageId;
  emulator.forward('zhangsan', [first, second], 'bot', { as: 'merged' });
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(1));
  expect(desk.heard()[0]).toMatchObject({
    text: '',
    record: [
      { speakerName: '王总', speaker: null, text: '帮我报下价' },
      { speakerName: '张三', speaker: null, text: '好的，下午发您' },
    ],
  });
});

test('opening the chat is no message', async () => {
  await using desk = await openBotDesk();
  desk.emulator.openBotChat('zhangsan');
  desk.emulator.sayToBot('zhangsan', '在吗');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['在吗']));
});

test('words that nothing answers get a 收到, so that the person can go on talking', async () => {
  await using desk = await openBotDesk();
  const { emulator } = desk;
  for (const words of ['一', '二', '三', '四', '五']) {
    emulator.sayToBot('zhangsan', words, { botFlaws: { copies: 2 } });
    await vi.waitFor(() => expect(wordsHeard(desk)).toContain(words));
    await emulator.waitForText('zhangsan', '收到');
    await vi.waitFor(() => expect(emulator.textsOf('zhangsan')).toHaveLength(wordsHeard(desk).length));
  }
  expect(wordsHeard(desk)).toEqual(['一', '二', '三', '四', '五']);
  expect(emulator.textsOf('zhangsan')).toHaveLength(5);
  expect(emulator.journal.complaints).toEqual([]);
});

test('a store that fails for a while loses nothing and keeps the order', async () => {
  await using desk = await openBotDesk();
  desk.store.failures = 2;
  desk.emulator.sayToBot('zhangsan', '先说的');
  desk.emulator.sayToBot('zhangsan', '后说的');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['先说的', '后说的']));
  expect(desk.bot.problem()).toBeNull();
});

test('a message that cannot be stored is not lost in silence', async () => {
  await using desk = await openBotDesk();
  desk.store.failures = 4;
  desk.emulator.sayToBot('zhangsan', '这句存不下来');
  expect(await desk.emulator.waitForText('zhangsan', '再发一次')).toContain('没有存下来');
  expect(desk.heard()).toEqual([]);
  expect(desk.bot.problem()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('1 条消息') });
  desk.emulator.sayToBot('zhangsan', '这句可以');
  await vi.waitFor(() => expect(wordsHeard(desk)).toEqual(['这句可以']));
  expect(desk.lines.join('\n')).not.toMatch(/这句|secret-of/);
});

test('an encrypted userid is turned into the plain one; the chat keeps the name it can be reached by', async () => {
  const open = `wo${'AbC0'.repeat(8)}`;
  await using desk = await openBotDesk({
    prepare: ({ world }) => world.addMember({ userid: open, name: '加密的同事' }),
    plainUserIds: async (ids) => new Map(ids.map((id) => [id, 'wangwu'])),
  });
  desk.emulator.sayToBot(open, '能报价吗');
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(1));
  expect(desk.heard()[0]).toMatchObject({ sender: { id: 'wangwu' }, chat: { id: `bot:${open}` } });
  expect(desk.bot.problem()).toBeNull();
});

test('an encrypted userid that nobody can tell is said on the health page, and the words are kept', async () => {
  const open = `wo${'AbC0'.repeat(8)}`;
  await using desk = await openBotDesk({
    prepare: ({ world }) => world.addMember({ userid: open, name: '加密的同事' }),
    plainUserIds: async () => {
      throw new Error('no network');
    },
  });
  desk.emulator.sayToBot(open, '能报价吗');
  await vi.waitFor(() => expect(desk.heard()).toHaveLength(1));
  expect(desk.bot.problem()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('加密') });
});
