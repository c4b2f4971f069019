/** Orders on the wire: what arrives, once, within the limits, what each refusal becomes, and what we look up. */
import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/channel/card.ts';
import type { ContactFacts, GroupFacts, Order } from '../../../src/channel/delivery.ts';
import { type Desk, openDesk } from './harness.ts';

const card = (title: string): Card => ({
  title,
  tone: 'warning',
  summary: title,
  blocks: [
    { type: 'text', text: '报价发送 3 个工作日没有跟进', style: 'emphasis' },
    { type: 'fields', fields: [{ label: '客户', value: '福兴建材' }] },
    { type: 'buttons', buttons: [{ label: '已跟进', style: 'primary', actionKey: 'k', confirm: '确定？' }] },
  ],
});
const addLi = (desk: Desk) => desk.emulator.world.addMember({ name: '李雷', userid: 'lilei' });
const to = { kind: 'person', id: 'lilei' } as const;
const cardTo = (key: string): Order => ({ kind: 'card.send', key, to, card: card('超时提醒') });
const textTo = (key: string, id = 'lilei'): Order => ({
  kind: 'text.send',
  key,
  to: { kind: 'person', id },
  text: `今日 ${key} 单`,
});
const failure = (desk: Desk, order: Order) =>
  desk.channel.deliver(order).then(
    () => null,
    (error) => error,
  );
const tokens = (desk: Desk) =>
  desk.emulator.journal.entries.filter((entry) => entry.kind === 'api' && entry.path.endsWith('/gettoken')).length;

describe('sending', () => {
  it('a text and a card reach a person', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    await desk.channel.deliver(textTo('3'));
    const sent = await desk.channel.deliver(cardTo('c'));
    expect(sent).toMatchObject({ kind: 'sent', messageId: 'liaodan-c', updateHandle: expect.stringMatching(/./) });
    expect(desk.emulator.textsOf(li)).toEqual(['今日 3 单']);
    expect(desk.emulator.cardsOf(li)).toMatchObject([{ buttons: ['已跟进'] }]);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it.each(['reset', 'apply_then_reset'] as const)(
    'a send that ends in %s and is tried again is one message',
    async (kind) => {
      await using desk = await openDesk();
      const li = addLi(desk);
      for (const order of [cardTo('c'), textTo('t')]) {
        desk.emulator.misbehave.failNextSends(1, { kind });
        expect(await failure(desk, order)).toMatchObject({ outcome: 'retryable', code: 'network' });
        await desk.channel.deliver(order);
      }
      expect(desk.emulator.cardsOf(li)).toHaveLength(1);
      expect(desk.emulator.textsOf(li)).toHaveLength(1);
    },
  );

  it('the platform never has to drop a message in silence', async () => {
    await using desk = await openDesk();
    addLi(desk);
    const results = await Promise.all(Array.from({ length: 33 }, (_, n) => failure(desk, textTo(`${n}`))));
    expect(results.filter((error) => error !== null)).toHaveLength(3);
    expect(results.at(-1)).toMatchObject({ outcome: 'throttled', code: 'local_limit' });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('somebody who is gone is a dead row with a sentence', async () => {
    await using desk = await openDesk();
    expect(await failure(desk, textTo('t', 'nobody'))).toMatchObject({ outcome: 'permanent', code: '81013' });
  });

  it('a group that the app made gets words, also for a card', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const group = desk.emulator.world.createGroup({ name: '主管群', members: [li], byApp: 'leaders1' });
    const order = { ...cardTo('g'), to: { kind: 'chat', id: group.chatId } } as Order;
    expect(await desk.channel.deliver(order)).toMatchObject({ kind: 'sent', updateHandle: null });
    expect(desk.emulator.textsOf(group)[0]).toContain('超时提醒');
    expect(await failure(desk, { ...order, to: { kind: 'chat', id: 'unknown' } } as Order)).toMatchObject({
      outcome: 'permanent',
    });
  });
});

describe('updates', () => {
  it('go once by the handle of the sending', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const sent = await desk.channel.deliver(cardTo('c'));
    if (sent.kind !== 'sent') throw new Error('not sent');
    const update = {
      kind: 'card.update',
      key: 'u',
      messageId: sent.messageId,
      sentAt: desk.emulator.clock.now(),
      updateHandle: sent.updateHandle,
      to,
      card: { ...card('已跟进'), blocks: [] },
    } as const;
    expect(await desk.channel.deliver(update)).toEqual({ kind: 'updated' });
    expect(desk.emulator.cardsOf(li)).toMatchObject([
      { updates: 1, buttons: [], text: expect.stringContaining('已跟进') },
    ]);
    expect(await failure(desk, update)).toMatchObject({ outcome: 'permanent', code: 'update_window_closed' });
  });
});

describe('tokens', () => {
  it('are one for many calls, and one more when the platform revokes it', async () => {
    await using desk = await openDesk();
    addLi(desk);
    await Promise.all(['a', 'b', 'c'].map((key) => desk.channel.deliver(textTo(key))));
    expect(tokens(desk)).toBe(1);
    desk.emulator.misbehave.revokeTokens();
    await desk.channel.deliver(textTo('d'));
    expect(tokens(desk)).toBe(2);
  });

  it('a wrong secret is asked for once, and the state says what to do', async () => {
    await using desk = await openDesk({ env: { WECOM_SECRET: 'wrong' } });
    expect(desk.channel.state()).toMatchObject({ status: 'failed', detail: expect.stringContaining('WECOM_SECRET') });
    expect(await failure(desk, textTo('t'))).toMatchObject({ outcome: 'permanent', code: '40001' });
    expect(tokens(desk)).toBe(1);
    expect(desk.log.lines.join()).not.toContain('wrong');
  });
});

describe('refusals', () => {
  it('an address that is not trusted is named, in the state and in the error', async () => {
    await using desk = await openDesk({ trustedIps: ['203.0.113.1'] });
    expect(desk.channel.state()).toMatchObject({ status: 'failed', detail: expect.stringContaining('127.0.0.1') });
    expect(await failure(desk, textTo('t'))).toMatchObject({ outcome: 'permanent', code: '60020' });
  });

  it('busy is tried again, a rate waits', async () => {
    await using desk = await openDesk();
    addLi(desk);
    desk.emulator.misbehave.failNextSends(1);
    expect(await failure(desk, textTo('t'))).toMatchObject({ outcome: 'retryable', code: '-1' });
    desk.emulator.misbehave.failNextSends(1, { kind: 'rate_limit' });
    expect(await failure(desk, textTo('t'))).toMatchObject({ outcome: 'throttled', retryAfterMs: 60_000 });
  });
});

describe('contacts', () => {
  it('an added one is announced, greeted once, and looked up', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const wang = desk.emulator.world.addCustomer({ name: '王总', company: '福兴建材' });
    await desk.emulator.addContact(wang, li, { state: 'fair-7' }).first;
    const [event] = desk.events();
    if (event?.type !== 'contact_added' || !event.welcomeCode) throw new Error('no greeting possible');
    expect(event.chat.id).toBe(`dm:lilei:${wang.externalUserId}`);
    const welcome: Order = { kind: 'welcome.send', key: 'w', welcomeCode: event.welcomeCode, text: '您好' };
    expect(await desk.channel.deliver(welcome)).toEqual({ kind: 'done' });
    expect(await failure(desk, { ...welcome, key: 'w2' })).toMatchObject({ outcome: 'permanent' });
    const looked = await desk.channel.deliver({
      kind: 'contact.lookup',
      key: 'l',
      staffId: 'lilei',
      personId: wang.externalUserId,
    });
    expect(looked).toMatchObject({
      kind: 'contact',
      contact: { personId: wang.externalUserId, staffId: 'lilei', name: '王总', company: '福兴建材' },
    });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('a half-added one has no facts yet', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const wang = desk.emulator.world.addCustomer({ name: '王总' });
    await desk.emulator.addContact(wang, li, { half: true }).first;
    const lookup = { kind: 'contact.lookup', key: 'l', staffId: 'lilei', personId: wang.externalUserId } as const;
    expect(await desk.channel.deliver(lookup)).toEqual({ kind: 'contact', contact: null });
    await desk.emulator.confirmContact(wang, li).first;
    expect(await desk.channel.deliver(lookup)).toMatchObject({ contact: { name: '王总' } });
  });

  it('every address book is read page by page; one without customers is no fault', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const han = desk.emulator.world.addMember({ name: '韩梅梅', userid: 'han' });
    for (let n = 0; n < 130; n += 1) {
      desk.emulator.knowContact(desk.emulator.world.addCustomer({ name: `客户 ${n}` }), n < 105 ? li : han, {
        remark: `备注 ${n}`,
      });
    }
    const pages: (readonly ContactFacts[])[] = [];
    for await (const page of desk.channel.contacts?.() ?? []) pages.push(page);
    expect(pages.length).toBeGreaterThan(1);
    const all = pages.flat();
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(130);
    expect(all.find(({ name }) => name === '客户 129')).toMatchObject({ staffId: 'han', remark: '备注 129' });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('nobody’s customers are an empty book; no right to read them is a fault', async () => {
    await using desk = await openDesk();
    addLi(desk);
    const read = async () => {
      const all: ContactFacts[] = [];
      for await (const page of desk.channel.contacts?.() ?? []) all.push(...page);
      return all;
    };
    expect(await read()).toEqual([]);
    desk.emulator.grants.customerContact = false;
    await expect(read()).rejects.toMatchObject({ code: 48002 });
  });
});

describe('customer groups', () => {
  const read = async (desk: Desk) => {
    const all: GroupFacts[] = [];
    for await (const page of desk.channel.groups?.() ?? []) all.push(...page);
    return all;
  };

  it('are read over several pages, with name and owner', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const wang = desk.emulator.world.addCustomer({ name: '王总' });
    for (let n = 0; n < 105; n += 1) desk.emulator.world.createGroup({ name: `项目群 ${n}`, members: [li, wang] });
    const gone = desk.emulator.world.createGroup({ name: '散了', members: [li, wang] });
    desk.emulator.dismissGroup(gone);
    const groups = await read(desk);
    expect(groups).toHaveLength(105);
    expect(groups[104]).toMatchObject({ name: '项目群 104', ownerId: 'lilei' });
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('of an app that does not see the whole company are none, and no fault', async () => {
    await using desk = await openDesk();
    addLi(desk);
    desk.emulator.grants.wholeCompany = false;
    expect(await read(desk)).toEqual([]);
  });
});

describe('names', () => {
  it('of colleagues, customers and customer groups', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const wang = desk.emulator.world.addCustomer({ name: '王总' });
    desk.emulator.knowContact(wang, li);
    const stranger = desk.emulator.world.addCustomer({ name: '路人' });
    const person = (chatId: string, personId: string) =>
      desk.channel.deliver({ kind: 'person.lookup', key: 'p', chatId, personId });
    expect(await person('app:lilei', 'lilei')).toEqual({ kind: 'person', name: '李雷' });
    expect(await person('app:lilei', 'nobody')).toEqual({ kind: 'person', name: null });
    expect(await person(`dm:lilei:${wang.externalUserId}`, wang.externalUserId)).toEqual({
      kind: 'person',
      name: '王总',
    });
    expect(await person(`dm:lilei:${wang.externalUserId}`, 'lilei')).toEqual({ kind: 'person', name: '李雷' });
    expect(await person('wrGroup', stranger.externalUserId)).toEqual({ kind: 'person', name: null });
    expect(await desk.channel.deliver({ kind: 'chat.lookup', key: 'c', chatId: 'kf:wkA:wmA' })).toEqual({
      kind: 'chat',
      name: null,
    });
    const group = desk.emulator.world.createGroup({ name: '福兴项目群', members: [li, wang] });
    expect(await desk.channel.deliver({ kind: 'chat.lookup', key: 'g', chatId: group.chatId })).toEqual({
      kind: 'chat',
      name: '福兴项目群',
    });
  });

  it('of a service customer, while the platform still tells', async () => {
    await using desk = await openDesk();
    const li = addLi(desk);
    const account = desk.emulator.kf.addAccount({ name: '福兴服务', staff: [li.userid] });
    const wang = desk.emulator.world.addCustomer({ name: '王总' });
    desk.emulator.kf.customerSays(wang, account, '在吗');
    const chatId = `kf:${account.openKfId}:${wang.externalUserId}`;
    expect(
      await desk.channel.deliver({ kind: 'person.lookup', key: 'p', chatId, personId: wang.externalUserId }),
    ).toEqual({
      kind: 'person',
      name: '王总',
    });
  });
});
