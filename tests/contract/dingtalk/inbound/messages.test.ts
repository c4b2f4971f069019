/** Robot messages and events over the stream: stored before they are acknowledged, each once. */
import { describe, expect, it, vi } from 'vitest';
import { office, openDesk } from '../harness.ts';

it('a private message is stored, acknowledged and read back', async () => {
  await using desk = await openDesk();
  expect(desk.channel.state()).toEqual({ status: 'ready', transport: 'stream', detail: null });
  const { lina } = office(desk.emulator);
  const { messageId, delivery } = desk.emulator.sayToBot(lina, ' 王总：首款打过去了 ');
  expect(await delivery?.done).toMatchObject({ accepted: true });
  expect(desk.events()).toMatchObject([
    {
      type: 'message',
      messageId,
      chat: { kind: 'direct' },
      sender: { id: lina.userId, internal: true },
      senderName: '李娜',
      text: '王总：首款打过去了',
      addressed: true,
      repliesTo: null,
      record: null,
    },
  ]);
  expect(desk.events()[0]).not.toHaveProperty('chatName');
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a line in a group carries the names; a reply says what it answers', async () => {
  await using desk = await openDesk();
  const { lina, chen, deal } = office(desk.emulator);
  const { messageId } = desk.emulator.say(chen, deal, '客户：能不能报个价');
  const { delivery } = desk.emulator.mentionBot(lina, deal, '就是这句', { replyTo: messageId });
  await delivery?.done;
  expect(desk.events()).toMatchObject([
    {
      chat: { id: deal.conversationId, kind: 'group' },
      chatName: '恒锐 成交群',
      senderName: '李娜',
      text: '就是这句',
      repliesTo: messageId,
      mentions: [],
    },
  ]);
});

it('rich text is joined; pictures and files have no words; a voice has what was understood', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  const what = [
    { richText: ['王总 10:02', { picture: 'a.png' }, '样品收到了'] },
    { picture: 'b.png' },
    { file: '报价.pdf' },
    { audio: { durationMs: 2000, recognition: '客户要三吨' } },
  ];
  for (const one of what) await desk.emulator.sayToBot(lina, one).delivery?.done;
  const texts = desk.events().map((event) => (event?.type === 'message' ? event.text : null));
  expect(texts).toEqual(['王总 10:02\n样品收到了', '', '', '客户要三吨']);
});

it('what could not be stored is not acknowledged, comes again and is stored then', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  let failures = 2;
  desk.inbound.onStore = async () => {
    failures -= 1;
    if (failures >= 0) throw new Error('disk full');
  };
  const message = desk.emulator.sayToBot(lina, '在吗').delivery;
  const leaving = desk.emulator.leaveCompany(desk.emulator.world.addPerson({ name: '小周' }));
  expect([(await message?.first)?.reason, (await leaving.first).reason]).toEqual(['ack_500', 'ack_later']);
  expect([(await message?.done)?.accepted, (await leaving.done).accepted]).toEqual([true, true]);
  expect(desk.inbound.stored).toHaveLength(2);
});

it.each([true, false])(
  'three copies are one (fresh frame ids: %s), and one use of the month',
  async (freshMessageIds) => {
    await using desk = await openDesk({ freshMessageIds, deadlineMs: 300 });
    const { lina } = office(desk.emulator);
    await desk.emulator.sayToBot(lina, '在吗', { flaws: { copies: 3 } }).delivery?.done;
    await desk.emulator.quiet();
    expect(desk.inbound.stored).toHaveLength(1);
    expect(desk.usage.counts).toEqual({ push: 1 });
  },
);

it('the webhook that lets anybody speak in the chat is not stored but closed', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  await desk.emulator.sayToBot(lina, '在吗').delivery?.done;
  expect(desk.inbound.stored[0]?.payload).not.toMatch(/sessionWebhook|https?:/i);
  expect(desk.log.lines.join()).not.toContain('在吗');
});

it('it answers at that webhook, which costs no API call', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  await desk.emulator.sayToBot(lina, '在吗').delivery?.done;
  const to = { kind: 'person', id: lina.userId } as const;
  await desk.channel.deliver({ kind: 'text.send', key: 'k', to, text: '在' });
  expect(desk.emulator.textsOf(lina)).toEqual(['在']);
  expect(desk.usage.counts).toEqual({ push: 2 });
});

it('who leaves the company is told one by one; other events are acknowledged and dropped', async () => {
  await using desk = await openDesk();
  const { chen, deal } = office(desk.emulator);
  const { emulator } = desk;
  expect((await emulator.hire({ name: '小周' }).delivery.done).accepted).toBe(true);
  await emulator.push('user_leave_org', { userId: ['u1', 'u2'] })?.done;
  await emulator.leaveCompany(chen).done;
  await emulator.push('chat_update_title', { openConversationId: deal.conversationId, title: '恒锐 二期' })?.done;
  expect(desk.events()).toMatchObject([
    { type: 'staff_left', person: { id: 'u1', internal: true } },
    { type: 'staff_left', person: { id: 'u2', internal: true } },
    { type: 'staff_left', person: { id: chen.userId, internal: true } },
    { type: 'chat_renamed', chat: { id: deal.conversationId, kind: 'group' }, name: '恒锐 二期' },
  ]);
  // Comings and goings are free of charge, the renamed group is not.
  expect(desk.usage.counts).toEqual({ push: 1 });
  expect(emulator.journal.complaints).toEqual([]);
});

it('a message or event of another company is refused', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  const message = desk.emulator.sayToBot(lina, '在吗', { flaws: { wrongCorp: true } }).delivery;
  const event = desk.emulator.hire({ name: '小周' }, { wrongCorp: true }).delivery;
  expect([(await message?.done)?.reason, (await event.done).reason]).toEqual(['ack_400', 'ack_400']);
  expect(desk.inbound.stored).toEqual([]);
  expect(desk.channel.state()).toMatchObject({
    status: 'degraded',
    detail: expect.stringContaining('DINGTALK_CORP_ID'),
  });
  await desk.emulator.sayToBot(lina, '在吗').delivery?.done;
  expect(desk.channel.state().status).toBe('ready');
});

it('data that is no JSON is refused, and the next message comes through', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  const broken = desk.emulator.sayToBot(lina, '在吗', { flaws: { brokenData: true } }).delivery;
  expect((await broken?.done)?.reason).toBe('ack_400');
  expect((await desk.emulator.sayToBot(lina, '在吗').delivery?.done)?.accepted).toBe(true);
});

it.each(['errCode', 'errorCode'] as const)(
  'a used-up month (%s) is understood and said, until it turns',
  async (overQuotaNames) => {
    let at = Date.UTC(2026, 10, 30, 4);
    await using desk = await openDesk({ overQuotaNames, now: () => at });
    const { emulator } = desk;
    const { lina } = office(emulator);
    emulator.quota.spend('stream', emulator.quota.left('stream'));
    expect((await emulator.sayToBot(lina, '在吗').delivery?.done)?.accepted).toBe(true);
    expect(desk.inbound.stored).toEqual([]);
    expect(desk.channel.state()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('用完') });
    at = Date.UTC(2026, 10, 30, 16, 1);
    expect(desk.channel.state().status).toBe('ready');
    await emulator.sayToBot(lina, '新的一月').delivery?.done;
    expect(desk.inbound.stored).toHaveLength(1);
  },
);

describe('while the app is not published', () => {
  it.each(['stream', 'webhook'] as const)(
    'nobody is taken for a customer, and everybody learns why (%s)',
    async (mode) => {
      await using desk = await openDesk({ mode });
      const { emulator } = desk;
      const { lina, chen, deal } = office(emulator);
      emulator.grants.published = false;
      for (const [person, copies] of [
        [lina, 1],
        [lina, 1],
        [chen, 3],
      ] as const) {
        const { delivery } = emulator.sayToBot(person, '客户要报价', { flaws: { copies } });
        expect((await delivery?.done)?.accepted).toBe(true);
      }
      await emulator.waitForText(lina, '版本管理与发布');
      await emulator.waitForText(chen, '版本管理与发布');
      await emulator.mentionBot(lina, deal, '客户要报价').delivery?.done;
      await emulator.quiet();
      expect([lina, chen, deal].map((where) => emulator.textsOf(where).length)).toEqual([1, 1, 0]);
      expect(desk.inbound.stored).toEqual([]);
      expect(desk.usage.counts).toEqual({ push: emulator.quota.used('stream') });
      expect(desk.channel.state()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('发布') });
      emulator.grants.published = true;
      await emulator.sayToBot(lina, '在吗').delivery?.done;
      expect(desk.channel.state().status).toBe('ready');
      expect(desk.inbound.stored).toHaveLength(1);
    },
  );

  it('each is told again after an hour, and at once where the answer did not get through', async () => {
    let at = Date.UTC(2026, 10, 20, 4);
    await using desk = await openDesk({ now: () => at });
    const { emulator } = desk;
    const { lina } = office(emulator);
    emulator.grants.published = false;
    const told = () => emulator.textsOf(lina).length;
    const speak = () => emulator.sayToBot(lina, '在吗').delivery?.done;
    emulator.misbehave.api({ match: /sendBySession/, effect: { kind: 'rate_limit' } });
    await speak();
    await vi.waitFor(() => expect(desk.log.lines.join()).toContain('session webhook'));
    await speak();
    await vi.waitFor(() => expect(told()).toBe(1));
    at += 3_599_000;
    await speak();
    at += 2_000;
    await speak();
    await vi.waitFor(() => expect(told()).toBe(2));
  });
});
