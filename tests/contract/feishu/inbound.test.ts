/** Both transports, one truth: what the platform pushes is stored before it is acknowledged, and taps are answered. */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/channel/card.ts';
import { openDesk } from './harness.ts';

const question: Card = {
  title: '要推进吗？',
  tone: 'info',
  summary: '福兴建材提到了报价',
  blocks: [
    { type: 'quote', speaker: '王总', text: '能不能报个价' },
    { type: 'buttons', buttons: [{ label: '推进', style: 'primary', actionKey: 'key-advance' }] },
    {
      type: 'choice',
      name: 'stage',
      placeholder: '改为…',
      options: [{ value: 'sampling', label: '样品交付' }],
      submit: { label: '改阶段', style: 'default', actionKey: 'key-choose' },
    },
  ],
};
const settled: Card = { title: '已推进到报价发送', tone: 'success', summary: '已推进', blocks: [] };

describe.each(['webhook', 'websocket'] as const)('over %s', (mode) => {
  it('a message is stored, acknowledged and read back', async () => {
    await using desk = await openDesk(mode);
    const { emulator, channel, inbound } = desk;
    expect(channel.state()).toEqual({ status: 'ready', transport: mode, detail: null });
    const boss = emulator.world.addPerson({ name: '王总', company: '福兴建材' });
    const li = emulator.world.addPerson({ name: '李雷' });
    const chat = emulator.world.createGroup({ name: '福兴建材项目群', members: [boss, li] });
    await emulator.addBotToGroup(chat, li).done;
    const said = emulator.say(boss, chat, '能不能报个价', { mention: ['bot', li] });
    expect(await said.delivery?.done).toMatchObject({ accepted: true });

    const [added, message] = inbound.stored.map(({ payload }) => channel.normalise(payload));
    expect(added).toMatchObject({
      type: 'bot_added',
      chat: { id: chat.chatId },
      by: { id: li.openId, internal: true },
      external: true,
    });
    expect(message).toMatchObject({
      type: 'message',
      messageId: said.messageId,
      chat: { id: chat.chatId, kind: 'group' },
      sender: { id: boss.openId, tenant: boss.tenantKey, internal: false },
      text: '@李雷 能不能报个价',
      addressed: true,
      mentions: [{ id: li.openId, name: '李雷' }],
    });
    expect(emulator.journal.complaints).toEqual([]);
  });

  it('an event that could not be stored is pushed again and stored then', async () => {
    await using desk = await openDesk(mode);
    const { emulator, inbound } = desk;
    const li = emulator.world.addPerson({ name: '李雷' });
    let failures = 1;
    inbound.onStore = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
    };
    const { delivery } = emulator.sayToBot(li, '样品寄出了');
    expect((await delivery?.first)?.accepted).toBe(false);
    expect((await delivery?.done)?.accepted).toBe(true);
    expect(delivery?.outcomes).toHaveLength(2);
    expect(inbound.stored).toHaveLength(1);
  });

  it('the ack waits for the store', async () => {
    await using desk = await openDesk(mode);
    const { emulator, inbound } = desk;
    const gate = Promise.withResolvers<void>();
    inbound.onStore = () => gate.promise;
    const { delivery } = emulator.sayToBot(emulator.world.addPerson({ name: '李雷' }), '合同已用印');
    const early = await Promise.race([
      delivery?.first,
      new Promise((resolve) => setTimeout(() => resolve('none'), 150)),
    ]);
    expect(early).toBe('none');
    gate.resolve();
    expect(await delivery?.first).toMatchObject({ accepted: true });
  });

  it('a tap is answered with a notice and a new face', async () => {
    await using desk = await openDesk(mode);
    const { emulator, channel, inbound } = desk;
    const li = emulator.world.addPerson({ name: '李雷' });
    const sent = await channel.deliver({
      kind: 'card.send',
      key: 'k1',
      to: { kind: 'person', id: li.openId },
      card: question,
    });
    if (sent.kind !== 'sent') throw new Error('not sent');
    inbound.answer = { notice: { tone: 'success', text: '已推进' }, card: settled };
    const tapped = await emulator.tap(li, sent.messageId, '推进');
    expect(tapped).toMatchObject({ ok: true, toast: { type: 'success', content: '已推进' }, cardChanged: true });
    expect(inbound.taps).toMatchObject([
      { tapper: { id: li.openId, internal: true }, actionKey: 'key-advance', messageId: sent.messageId, values: {} },
    ]);
    expect(emulator.journal.complaints).toEqual([]);
  });

  it('a choice carries what was chosen; a private refusal is a notice alone', async () => {
    await using desk = await openDesk(mode);
    const { emulator, channel, inbound } = desk;
    const li = emulator.world.addPerson({ name: '李雷' });
    const sent = await channel.deliver({
      kind: 'card.send',
      key: 'k2',
      to: { kind: 'person', id: li.openId },
      card: question,
    });
    if (sent.kind !== 'sent') throw new Error('not sent');
    inbound.answer = { notice: { tone: 'warning', text: '只有负责人可以改阶段' }, card: null };
    const tapped = await emulator.tap(li, sent.messageId, '改阶段', { stage: 'sampling' });
    expect(tapped).toMatchObject({ ok: true, toast: { type: 'warning' }, cardChanged: false });
    expect(inbound.taps).toMatchObject([{ actionKey: 'key-choose', values: { stage: 'sampling' } }]);
  });

  it('a record handed to the bot arrives with its lines', async () => {
    await using desk = await openDesk(mode);
    const { emulator, channel, inbound } = desk;
    const boss = emulator.world.addPerson({ name: '王总', company: '福兴建材' });
    const li = emulator.world.addPerson({ name: '李雷' });
    const chat = emulator.world.createGroup({ name: '外部群', members: [boss, li] });
    const lines = [emulator.say(boss, chat, '先报个价'), emulator.say(li, chat, '好的，今天发您')];
    const forwarded = emulator.forward(
      li,
      lines.map(({ messageId }) => messageId),
    );
    expect(await forwarded.delivery?.done).toMatchObject({ accepted: true });
    expect(channel.normalise(inbound.stored[0]?.payload ?? '')).toMatchObject({
      type: 'message',
      text: '',
      addressed: true,
      record: [
        { speaker: { id: boss.openId, internal: false }, text: '先报个价' },
        { speaker: { id: li.openId, internal: true }, text: '好的，今天发您' },
      ],
    });
  });
});
