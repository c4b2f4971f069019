/** Callbacks on the wire: stored before they are acknowledged, forgeries refused, taps decided and shown. */
import { describe, expect, it } from 'vitest';
import type { Flaws } from '../../../sandbox/wecom/misbehaviour.ts';
import type { Card } from '../../../src/channel/card.ts';
import { type Desk, openDesk } from './harness.ts';

const speak = (desk: Desk, flaws: Flaws = {}) => {
  const { world } = desk.emulator;
  const li = world.members.get('lilei') ?? world.addMember({ name: '李雷', userid: 'lilei' });
  return desk.emulator.sayToApp(li, '王总：首款打过去了', { flaws }).delivery;
};

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
      options: [
        { value: 'quoted', label: '报价发送' },
        { value: 'sampling', label: '样品交付' },
      ],
      submit: { label: '改阶段', style: 'default', actionKey: 'key-choose' },
    },
  ],
};
const settled: Card = {
  title: '已推进到报价发送',
  tone: 'success',
  summary: '已推进',
  blocks: [{ type: 'text', style: 'emphasis', text: '李雷推进' }],
};

describe('messages', () => {
  it('to the app are stored, acknowledged and read back', async () => {
    await using desk = await openDesk();
    expect(desk.channel.state()).toMatchObject({ status: 'ready', transport: 'webhook' });
    expect(await speak(desk)?.first).toMatchObject({ accepted: true });
    expect(desk.events()).toMatchObject([
      {
        type: 'message',
        chat: { id: 'app:lilei', kind: 'direct' },
        sender: { id: 'lilei', internal: true },
        text: '王总：首款打过去了',
        addressed: true,
      },
    ]);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('that could not be stored come again and are stored then', async () => {
    await using desk = await openDesk();
    let failures = 1;
    desk.inbound.onStore = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
    };
    const delivery = speak(desk);
    expect((await delivery?.first)?.accepted).toBe(false);
    expect((await delivery?.done)?.accepted).toBe(true);
    expect(desk.inbound.stored).toHaveLength(1);
  });

  it('three copies are one key', async () => {
    await using desk = await openDesk();
    speak(desk, { copies: 3 });
    await desk.emulator.quiet();
    expect(desk.refusals).toEqual([null, null, null]);
    expect(desk.inbound.stored).toHaveLength(1);
  });

  it('opening the app is acknowledged and forgotten', async () => {
    await using desk = await openDesk();
    const li = desk.emulator.world.addMember({ name: '李雷' });
    expect(await desk.emulator.enterApp(li).first).toMatchObject({ accepted: true });
    expect(desk.inbound.stored).toEqual([]);
  });
});

describe('customer groups', () => {
  it('a new name is announced, and can be looked up; members and the end are acknowledged and forgotten', async () => {
    await using desk = await openDesk();
    const { world } = desk.emulator;
    const li = world.addMember({ name: '李雷', userid: 'lilei' });
    const [wang, he] = [world.addCustomer({ name: '王总' }), world.addCustomer({ name: '贺女士' })];
    const chat = world.createGroup({ name: '福兴项目群', members: [li, wang] });
    for (const name of ['福兴二期', '福兴三期']) {
      expect(await desk.emulator.renameGroup(chat, name).first).toMatchObject({ accepted: true });
      desk.emulator.clock.advance(1_000);
    }
    const renamed = { type: 'chat_renamed', chat: { kind: 'group', id: chat.chatId }, name: null };
    expect(desk.events()).toMatchObject([renamed, renamed]);
    expect(new Set(desk.inbound.stored.map(({ eventKey }) => eventKey)).size).toBe(2);
    const lookup = { kind: 'chat.lookup', key: 'l', chatId: chat.chatId } as const;
    expect(await desk.channel.deliver(lookup)).toEqual({ kind: 'chat', name: '福兴三期' });
    expect(await desk.emulator.joinGroup(chat, he).first).toMatchObject({ accepted: true });
    expect(await desk.emulator.dismissGroup(chat).first).toMatchObject({ accepted: true });
    expect(desk.inbound.stored).toHaveLength(2);
  });
});

describe('forgeries', () => {
  it.each([
    [{ forgedSignature: true }, 401],
    [{ missingSignature: true }, 401],
    [{ wrongToken: true }, 401],
    [{ wrongReceiveId: true }, 403],
    [{ wrongCorp: true }, 403],
    [{ unencrypted: true }, 400],
    [{ tampered: true }, 400],
    [{ padByte: 0 }, 400],
    [{ padByte: 33 }, 400],
    [{ wrongLength: true }, 400],
    [{ emptyEncrypt: true }, 400],
    [{ entityBomb: true }, 400],
    [{ truncated: true }, 400],
    [{ notUtf8: true }, 400],
    [{ oversize: true }, 413],
  ] as const)('%o is refused with %i and nothing is stored', async (flaws, status) => {
    await using desk = await openDesk();
    const refused = await speak(desk, flaws)?.first;
    expect(refused).toMatchObject({ accepted: false, status });
    expect(refused?.tookMs).toBeLessThan(500);
    expect(desk.inbound.stored).toEqual([]);
    expect(desk.log.lines.join()).not.toContain('首款');
    expect(await speak(desk)?.first).toMatchObject({ accepted: true });
    expect(desk.emulator.journal.complaints.filter(({ kind }) => kind === 'accepted_forgery')).toEqual([]);
  });

  it.each([{ spacedXml: true }, { bareEnvelope: true }, { splitBody: true }])(
    '%o is odd but genuine',
    async (flaws) => {
      await using desk = await openDesk();
      expect(await speak(desk, flaws)?.first).toMatchObject({ accepted: true });
    },
  );

  it('the address check of the console passes, forged ones fail', async () => {
    await using desk = await openDesk();
    expect(await desk.emulator.checkCallback()).toEqual({ ok: true });
    for (const flaws of [
      { forgedSignature: true },
      { wrongToken: true },
      { wrongReceiveId: true },
      { blankPlus: true },
    ]) {
      expect(await desk.emulator.checkCallback(flaws)).toMatchObject({ ok: false });
    }
  });
});

describe('taps', () => {
  async function sendQuestion(desk: Desk) {
    const li = desk.emulator.world.addMember({ name: '李雷', userid: 'lilei' });
    const sent = await desk.channel.deliver({
      kind: 'card.send',
      key: 'k1',
      to: { kind: 'person', id: 'lilei' },
      card: question,
    });
    const [shown] = desk.emulator.cardsOf(li);
    if (sent.kind !== 'sent' || !shown) throw new Error('not sent');
    return { li, sent, shown };
  }

  it('are acknowledged at once and the card gets its new face by the fresh code', async () => {
    await using desk = await openDesk();
    const { li, sent, shown } = await sendQuestion(desk);
    desk.inbound.answer = { notice: { tone: 'success', text: '已推进' }, card: settled };
    expect(await desk.emulator.tap(li, shown.messageId, '推进')).toMatchObject({ ok: true });
    const after = await desk.emulator.waitForCard(li, '已推进到报价发送');
    expect(after).toMatchObject({ updates: 1, buttons: [] });
    expect(after.text).toContain('李雷推进');
    expect(desk.inbound.taps).toMatchObject([
      {
        tapper: { id: 'lilei', internal: true },
        actionKey: 'key-advance',
        messageId: sent.messageId,
        chatId: 'app:lilei',
      },
    ]);
    expect(desk.emulator.textsOf(li)).toEqual([]);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('carry what was chosen', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    await desk.emulator.tap(li, shown.messageId, '改阶段', { stage: 'sampling' });
    expect(desk.inbound.taps).toMatchObject([{ actionKey: 'key-choose', values: { stage: 'sampling' } }]);
  });

  it('carry nothing where what stands for none was left chosen', async () => {
    await using desk = await openDesk();
    const { li } = await sendQuestion(desk);
    const refuse = { label: '驳回', style: 'danger', actionKey: 'key-refuse' } as const;
    const options = [{ value: '价格太低', label: '价格太低' }];
    const choice = { type: 'choice', name: 'refuse', placeholder: '原因', options, submit: refuse } as const;
    const text = { type: 'text', text: '金额' } as const;
    const card: Card = {
      ...question,
      title: '请审批',
      blocks: [
        text,
        { ...choice, optional: true, none: '不写原因', beside: [{ ...refuse, label: '同意', actionKey: 'key-agree' }] },
      ],
    };
    await desk.channel.deliver({ kind: 'card.send', key: 'k2', to: { kind: 'person', id: 'lilei' }, card });
    const shown = await desk.emulator.waitForCard(li, '请审批');
    await desk.emulator.tap(li, shown.messageId, '驳回');
    await desk.emulator.tap(li, shown.messageId, '驳回', { refuse: '价格太低' });
    expect(desk.inbound.taps.map(({ values }) => values)).toEqual([{}, { refuse: '价格太低' }]);
  });

  it('that are refused are answered privately, and the card stays', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    desk.inbound.answer = { notice: { tone: 'error', text: '这件事由韩梅梅处理' }, card: null };
    await desk.emulator.tap(li, shown.messageId, '推进');
    await desk.emulator.waitForText(li, '这件事由韩梅梅处理');
    expect(desk.emulator.card(shown.messageId)).toMatchObject({ updates: 0 });
  });

  it('that change nothing say why, because the card looks as before', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    desk.inbound.answer = { notice: { tone: 'warning', text: '请先在列表里选一个阶段。' }, card: question };
    await desk.emulator.tap(li, shown.messageId, '推进');
    await desk.emulator.waitForText(li, '请先在列表里选一个阶段');
  });

  it('a busy platform is asked again; the tap itself was acknowledged long before', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    const match = /update_template_card/;
    desk.emulator.misbehave.api({ match, effect: { kind: 'error', code: -1 } });
    desk.inbound.answer = { notice: null, card: settled };
    await desk.emulator.tap(li, shown.messageId, '推进');
    expect(await desk.emulator.waitForCard(li, '已推进到报价发送')).toMatchObject({ updates: 1 });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('an update whose answer was lost is not shouted about', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    desk.emulator.misbehave.api({ match: /update_template_card/, effect: { kind: 'apply_then_reset' } });
    desk.inbound.answer = { notice: { tone: 'success', text: '已推进' }, card: settled };
    await desk.emulator.tap(li, shown.messageId, '推进');
    await desk.emulator.waitForCard(li, '已推进到报价发送');
    await desk.channel.stop();
    expect(desk.emulator.textsOf(li)).toEqual([]);
  });

  it('where the card cannot change, the outcome comes as a word', async () => {
    await using desk = await openDesk();
    const { li, shown } = await sendQuestion(desk);
    desk.emulator.misbehave.api({ match: /update_template_card/, effect: { kind: 'error', code: 60140 } });
    desk.inbound.answer = { notice: { tone: 'success', text: '已推进到报价发送' }, card: settled };
    await desk.emulator.tap(li, shown.messageId, '推进');
    await desk.emulator.waitForText(li, '已推进到报价发送');
  });
});
