/** Orders on the wire: what arrives, once, within the limits, and what each refusal becomes. */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/channel/card.ts';
import type { Order } from '../../../src/channel/delivery.ts';
import { takeSome } from '../../../src/work/pace.ts';
import { type Desk, openDesk } from './harness.ts';

const card = (title: string): Card => ({
  title,
  tone: 'warning',
  summary: title,
  blocks: [
    { type: 'text', text: '报价发送 3 个工作日没有跟进', style: 'emphasis' },
    {
      type: 'fields',
      fields: [
        { label: '客户', value: '福兴建材' },
        { label: '金额', value: '12.5 万元' },
      ],
    },
    { type: 'divider' },
    { type: 'text', text: '规则：报价后 3 天回访', style: 'muted' },
    {
      type: 'buttons',
      buttons: [
        { label: '已跟进', style: 'primary', actionKey: 'k', confirm: '确定？' },
        { label: '转交', style: 'danger', actionKey: 'l' },
      ],
    },
  ],
});

const people = (desk: Desk) => {
  const { world } = desk.emulator;
  const li = world.addPerson({ name: '李雷' });
  const boss = world.addPerson({ name: '王总', company: '福兴建材' });
  const chat = world.createGroup({ name: '项目群', members: [li, boss] });
  return { li, boss, chat };
};

const toChat = (id: string, key: string): Order => ({
  kind: 'card.send',
  key,
  to: { kind: 'chat', id },
  card: card('超时提醒'),
});

describe('sending', () => {
  it('a text and a card reach a person and a group', async () => {
    await using desk = await openDesk('websocket');
    const { li, chat } = people(desk);
    chat.botIn = true;
    const text = await desk.channel.deliver({
      kind: 'text.send',
      key: 't',
      to: { kind: 'person', id: li.openId },
      text: '<at user_id="all"></at> 今日 3 单',
    });
    const sent = await desk.channel.deliver(toChat(chat.chatId, 'c'));
    const message = (receipt: typeof text) =>
      desk.emulator.world.message(receipt.kind === 'sent' ? receipt.messageId : '');
    expect(JSON.parse(message(text).content)).toEqual({ text: '＜at user_id="all">＜/at> 今日 3 单' });
    expect(JSON.parse(message(sent).content)).toMatchObject({ schema: '2.0', config: { update_multi: true } });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('the same order sent again is one message, however long its key', async () => {
    await using desk = await openDesk('websocket');
    const { li } = people(desk);
    const order = { ...toChat('', `stage:${'01JD'.repeat(20)}`), to: { kind: 'person', id: li.openId } } as Order;
    expect(await desk.channel.deliver(order)).toEqual(await desk.channel.deliver(order));
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('an answer that was lost on the way is asked for again without doubling the message', async () => {
    await using desk = await openDesk('websocket');
    const { li } = people(desk);
    const order = { ...toChat('', 'lost'), to: { kind: 'person', id: li.openId } } as Order;
    desk.emulator.misbehave.failNextSends(1, { kind: 'apply_then_reset' });
    await expect(desk.channel.deliver(order)).rejects.toMatchObject({
      name: 'DeliveryError',
      outcome: 'retryable',
      code: 'network',
    });
    await desk.channel.deliver(order);
    expect(desk.emulator.world.messagesIn(desk.emulator.world.p2pChat(li))).toHaveLength(1);
  });

  it('to one group are five a second at most by the pace that the core keeps', async () => {
    await using desk = await openDesk('websocket');
    const { chat } = people(desk);
    chat.botIn = true;
    const rule = desk.channel.paceOf?.({ kind: 'chat', id: chat.chatId });
    if (!rule) throw new Error('no pace');
    const { at } = takeSome(0, rule, 0, 2_000, 20);
    for (const from of at)
      expect(at.filter((time) => time >= from && time < from + 1_000).length).toBeLessThanOrEqual(5);
    const soon = at.filter((time) => time < 1_000);
    await Promise.all(soon.map((_, n) => desk.channel.deliver(toChat(chat.chatId, `k${n}`))));
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('that would have to wait too long for the app’s turn come back later', async () => {
    await using desk = await openDesk('websocket');
    const { chat } = people(desk);
    chat.botIn = true;
    const order: Order = { kind: 'person.lookup', key: 'k', chatId: chat.chatId, personId: 'ou_x' };
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => desk.channel.deliver(order)));
    const late = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(late.filter(({ code }) => code === 'local_limit').length).toBeGreaterThan(0);
    for (const error of late.filter(({ code }) => code === 'local_limit')) {
      expect(error).toMatchObject({ outcome: 'throttled' });
      expect(error.retryAfterMs).toBeGreaterThan(300);
    }
    expect(desk.emulator.journal.complaints.filter(({ kind }) => kind === 'over_api_rate')).toEqual([]);
  });
});

describe('the token', () => {
  it('that dies between two sends is replaced, and the send succeeds', async () => {
    await using desk = await openDesk('websocket');
    const { li } = people(desk);
    const order = (key: string): Order => ({
      kind: 'text.send',
      key,
      to: { kind: 'person', id: li.openId },
      text: key,
    });
    await desk.channel.deliver(order('a'));
    desk.emulator.misbehave.revokeTokens();
    expect(await desk.channel.deliver(order('b'))).toMatchObject({ kind: 'sent' });
  });

  it('is fetched once for all who need it, and again before it ends', async () => {
    await using desk = await openDesk('websocket');
    const { li } = people(desk);
    const asked = () =>
      desk.emulator.journal.entries.filter(
        (entry) => entry.kind === 'api' && entry.path.includes('tenant_access_token'),
      ).length;
    expect(asked()).toBe(1);
    desk.emulator.clock.advance(2 * 3_600_000);
    const orders = ['a', 'b', 'c'].map(
      (key): Order => ({ kind: 'text.send', key, to: { kind: 'person', id: li.openId }, text: key }),
    );
    await Promise.all(orders.map(desk.channel.deliver));
    expect(asked()).toBe(2);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });
});

describe('updating', () => {
  it('replaces the card of everybody', async () => {
    await using desk = await openDesk('websocket');
    const { chat } = people(desk);
    chat.botIn = true;
    const sent = await desk.channel.deliver(toChat(chat.chatId, 'c'));
    if (sent.kind !== 'sent') throw new Error('not sent');
    const update: Order = {
      kind: 'card.update',
      updateHandle: null,
      to: { kind: 'person', id: 'ou_somebody' },
      key: 'u',
      messageId: sent.messageId,
      sentAt: desk.emulator.clock.now(),
      card: card('已跟进'),
    };
    expect(await desk.channel.deliver(update)).toEqual({ kind: 'updated' });
    expect(desk.emulator.world.message(sent.messageId).content).toContain('已跟进');
    desk.emulator.clock.advance(14 * 24 * 3_600_000 + 1);
    await expect(desk.channel.deliver(update)).rejects.toMatchObject({
      outcome: 'permanent',
      code: 'update_window_closed',
    });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('stays away from a card whose tap is being answered, and for a moment after', async () => {
    await using desk = await openDesk('webhook');
    const { li } = people(desk);
    const sent = await desk.channel.deliver({
      kind: 'card.send',
      key: 'c',
      to: { kind: 'person', id: li.openId },
      card: card('超时提醒'),
    });
    if (sent.kind !== 'sent') throw new Error('not sent');
    const gate = Promise.withResolvers<void>();
    desk.inbound.answer = async () => {
      await gate.promise;
      return { notice: null, card: card('已跟进') };
    };
    const update: Order = {
      kind: 'card.update',
      updateHandle: null,
      to: { kind: 'person', id: 'ou_somebody' },
      key: 'u',
      messageId: sent.messageId,
      sentAt: desk.emulator.clock.now(),
      card: card('别的'),
    };
    const tapping = desk.emulator.tap(li, sent.messageId, '已跟进');
    await expect.poll(() => desk.inbound.taps.length).toBe(1);
    await expect(desk.channel.deliver(update)).rejects.toMatchObject({
      outcome: 'throttled',
      code: 'tap_in_flight',
      retryAfterMs: 1_000,
    });
    gate.resolve();
    expect(await tapping).toMatchObject({ ok: true, cardChanged: true });
    await expect(desk.channel.deliver(update)).rejects.toMatchObject({ outcome: 'throttled', code: 'tap_in_flight' });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('a tap during an update waits for its end; the update gives way and the tap keeps its face', async () => {
    await using desk = await openDesk('webhook');
    const { li } = people(desk);
    const sent = await desk.channel.deliver({
      kind: 'card.send',
      key: 'c',
      to: { kind: 'person', id: li.openId },
      card: card('超时提醒'),
    });
    if (sent.kind !== 'sent') throw new Error('not sent');
    desk.inbound.answer = { notice: null, card: card('点过了') };
    desk.emulator.misbehave.api({ match: /^PATCH/, effect: { kind: 'delay', ms: 300 } });
    const update = desk.channel.deliver({
      kind: 'card.update',
      updateHandle: null,
      to: { kind: 'person', id: 'ou_somebody' },
      key: 'u',
      messageId: sent.messageId,
      sentAt: desk.emulator.clock.now(),
      card: card('更新了'),
    });
    const ended = expect(update).rejects.toMatchObject({ outcome: 'throttled', code: '230099' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const tapped = await desk.emulator.tap(li, sent.messageId, '已跟进');
    await ended;
    expect(tapped).toMatchObject({ ok: true, cardChanged: true });
    expect(tapped.ok && tapped.tookMs).toBeGreaterThan(200);
    expect(desk.emulator.world.message(sent.messageId).content).toContain('点过了');
  });
});

describe('refusals', () => {
  it.each([
    [{ kind: 'error', status: 500, code: 2200 }, 'retryable', '2200'],
    [{ kind: 'not_json', status: 502 }, 'retryable', '502'],
    [{ kind: 'rate_limit', resetSeconds: 3 }, 'throttled', '99991400'],
    [{ kind: 'error', status: 400, code: 230002 }, 'permanent', '230002'],
    [{ kind: 'error', status: 200, code: 230013 }, 'permanent', '230013'],
    [{ kind: 'error', status: 400, code: 99991672 }, 'retryable', '99991672'],
    [{ kind: 'reset' }, 'retryable', 'network'],
  ] as const)('%o is %s %s', async (effect, outcome, code) => {
    await using desk = await openDesk('websocket');
    const { li } = people(desk);
    desk.emulator.misbehave.failNextSends(1, effect);
    const order: Order = { kind: 'text.send', key: 'a', to: { kind: 'person', id: li.openId }, text: '机密内容' };
    const error = await desk.channel.deliver(order).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      name: 'DeliveryError',
      outcome,
      code,
      retryAfterMs: outcome === 'throttled' ? 3_000 : null,
    });
    expect(desk.log.lines.join()).not.toContain('机密内容');
  });

  it('a group without the bot, a person who left, a person nobody knows', async () => {
    await using desk = await openDesk('websocket');
    const { li, chat } = people(desk);
    await expect(desk.channel.deliver(toChat(chat.chatId, 'a'))).rejects.toMatchObject({
      outcome: 'permanent',
      code: '230002',
    });
    li.departed = true;
    const order = (id: string): Order => ({ kind: 'text.send', key: id, to: { kind: 'person', id }, text: '在吗' });
    await expect(desk.channel.deliver(order(li.openId))).rejects.toMatchObject({ outcome: 'permanent' });
    await expect(desk.channel.deliver(order('ou_nobody'))).rejects.toMatchObject({ outcome: 'permanent' });
  });
});

describe('names', () => {
  it('of colleagues, of customers in the chat, and of chats; what nobody tells is null', async () => {
    await using desk = await openDesk('websocket');
    const { li, boss, chat } = people(desk);
    chat.botIn = true;
    const ask = (personId: string, chatId = chat.chatId) =>
      desk.channel.deliver({ kind: 'person.lookup', key: 'p', chatId, personId });
    expect(await ask(boss.openId)).toEqual({ kind: 'person', name: '王总' });
    expect(await ask(li.openId, 'oc_unknown')).toEqual({ kind: 'person', name: '李雷' });
    expect(await ask('ou_nobody')).toEqual({ kind: 'person', name: null });
    expect(await desk.channel.deliver({ kind: 'chat.lookup', key: 'c', chatId: chat.chatId })).toEqual({
      kind: 'chat',
      name: '项目群',
    });
    expect(await desk.channel.deliver({ kind: 'chat.lookup', key: 'c', chatId: 'oc_unknown' })).toEqual({
      kind: 'chat',
      name: null,
    });
  });
});
