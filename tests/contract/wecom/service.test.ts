/** 微信客服 on the wire: both sides' words come in once, waiting sessions reach a person, nothing is ever said to a customer. */
import { describe, expect, it } from 'vitest';
import type { ListeningWecomEmulator } from '../../../sandbox/wecom/index.ts';
import { type Desk, openDesk } from './harness.ts';

function people(emulator: ListeningWecomEmulator) {
  const li = emulator.world.addMember({ name: '李雷', userid: 'lilei' });
  const han = emulator.world.addMember({ name: '韩梅梅', userid: 'han' });
  const wang = emulator.world.addCustomer({ name: '王总' });
  const account = emulator.kf.addAccount({ name: '福兴服务', staff: ['lilei', 'han'] });
  return { li, han, wang, account };
}

type People = ReturnType<typeof people>;

/** A desk whose adapter was started in a world with these people. */
async function openWith(before: (emulator: ListeningWecomEmulator, people: People) => void = () => {}) {
  let cast: People | null = null;
  const desk = await openDesk({
    prepare: (emulator) => {
      cast = people(emulator);
      before(emulator, cast);
    },
  });
  if (cast === null) throw new Error('nobody came');
  return { desk, ...(cast as People) };
}

const events = (desk: Desk, type: string) => desk.events().filter((event) => event?.type === type);
const stored = (desk: Desk, count: number) =>
  desk.until(() => desk.inbound.stored.length >= count && desk.events(), `${count} stored events`);
const assign = (desk: Desk, chatId: string, ...staffIds: string[]) =>
  desk.channel.deliver({ kind: 'session.assign', key: 'k', chatId, staffIds });

describe('words', () => {
  it('of both sides arrive in the chat of the customer and the account', async () => {
    const { desk, li, wang, account } = await openWith();
    await using _ = desk;
    expect(desk.channel.state()).toEqual({ status: 'ready', transport: 'webhook + 微信客服', detail: null });
    const said = desk.emulator.kf.customerSays(wang, account, '能不能报个价');
    const chat = { kind: 'group', id: `kf:${account.openKfId}:${wang.externalUserId}` };
    expect(await stored(desk, 2)).toMatchObject([
      {
        type: 'message',
        messageId: said.messageId,
        chat,
        sender: { id: wang.externalUserId, internal: false },
        text: '能不能报个价',
        addressed: false,
      },
      { type: 'session_waiting', chat, person: { id: wang.externalUserId, internal: false } },
    ]);
    expect(desk.inbound.stored.map(({ orderKey }) => orderKey)).toEqual([chat.id, chat.id]);
    expect(await assign(desk, chat.id, 'lilei')).toEqual({ kind: 'assigned', staffId: 'lilei' });
    desk.emulator.kf.staffAnswers(li, wang, account, '报价单发您了');
    expect((await stored(desk, 3))[2]).toMatchObject({
      type: 'message',
      chat,
      sender: { id: 'lilei', internal: true },
      text: '报价单发您了',
    });
    expect(desk.emulator.textsOf(wang)).toEqual([]);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('doubled bells, empty pages that say there is more and short pages change nothing', async () => {
    const { desk, wang, account } = await openWith();
    await using _ = desk;
    desk.emulator.kf.shortPages(0, 3);
    desk.emulator.kf.shortPages(1, 3);
    for (const words of ['一', '二', '三']) desk.emulator.kf.customerSays(wang, account, words);
    desk.emulator.kf.ring(account.openKfId, { copies: 3 });
    await desk.until(() => events(desk, 'message').length >= 3, 'three messages');
    await desk.emulator.quiet();
    expect(events(desk, 'message').map((event) => event?.type === 'message' && event.text)).toEqual(['一', '二', '三']);
    expect(desk.emulator.journal.complaints).toEqual([]);
  });

  it('said while we were away are pulled at the start, and the session that waits is announced', async () => {
    const { desk, wang, account } = await openWith((emulator, { wang, account }) => {
      emulator.kf.customerSays(wang, account, '有人吗');
      emulator.kf.customerSays(wang, account, '能不能报个价');
    });
    await using _ = desk;
    expect(desk.events()).toMatchObject([
      { type: 'message', text: '有人吗' },
      { type: 'message', text: '能不能报个价' },
      { type: 'session_waiting', chat: { id: `kf:${account.openKfId}:${wang.externalUserId}` } },
    ]);
  });

  it('a merged record arrives with its lines', async () => {
    const { desk, wang, account } = await openWith();
    await using _ = desk;
    const first = desk.emulator.kf.customerSays(wang, account, '样品收到了');
    desk.emulator.kf.customerForwards(wang, account, [first.messageId]);
    await desk.until(() => events(desk, 'message').length === 2, 'the record');
    expect(events(desk, 'message')[1]).toMatchObject({
      text: '',
      record: [{ speakerName: '王总', speaker: null, text: '样品收到了' }],
    });
  });

  it('taken back are told, and where they come in the same page their words are not kept', async () => {
    const { desk, wang, account } = await openWith((emulator, { wang, account }) => {
      const said = emulator.kf.customerSays(wang, account, '报价太高了别告诉老板');
      emulator.kf.customerRecalls(said.messageId);
    });
    await using _ = desk;
    expect(desk.inbound.stored.map(({ payload }) => payload).join()).not.toContain('别告诉老板');
    const [message, recalled] = desk.events();
    expect(message).toMatchObject({ type: 'message', text: '' });
    expect(recalled).toMatchObject({ type: 'recalled', messageId: message?.type === 'message' && message.messageId });
    expect(desk.inbound.stored[1]?.orderKey).toBe(`kf:${account.openKfId}:${wang.externalUserId}`);
  });
});

describe('the cursor', () => {
  it('moves with what was stored: a page that could not be stored is pulled again', async () => {
    const { desk, wang, account } = await openWith();
    await using _ = desk;
    const before = desk.inbound.cursors.get(`kf:${account.openKfId}`);
    let failures = 1;
    desk.inbound.onPage = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
    };
    desk.emulator.kf.customerSays(wang, account, '能不能报个价');
    await desk.until(() => desk.channel.state().status === 'degraded', 'the trouble to show');
    expect(desk.inbound.cursors.get(`kf:${account.openKfId}`)).toBe(before);
    await stored(desk, 2);
    await desk.until(() => desk.channel.state().status === 'ready', 'the trouble to pass');
    expect(desk.inbound.cursors.get(`kf:${account.openKfId}`)).not.toBe(before);
  });

  it('without a turn nothing is pulled', async () => {
    const { desk, wang, account } = await openWith();
    await using _ = desk;
    desk.inbound.turn = false;
    await desk.emulator.kf.customerSays(wang, account, '能不能报个价').delivery?.first;
    await desk.emulator.quiet();
    expect(desk.inbound.stored).toEqual([]);
  });

  it('an old token is given up, and a refused one costs one more call', async () => {
    const { desk, wang, account } = await openWith();
    await using _ = desk;
    desk.emulator.misbehave.api({ match: /sync_msg/, effect: { kind: 'error', code: 95007 } });
    desk.emulator.kf.customerSays(wang, account, '能不能报个价');
    await stored(desk, 2);
    const calls = desk.emulator.journal.entries.filter(
      (entry) => entry.kind === 'api' && entry.path.endsWith('sync_msg'),
    );
    const bodies = calls.slice(-2).map((entry) => entry.kind === 'api' && (entry.body as { token?: string }).token);
    expect(bodies[0]).toMatch(/^ENC/);
    expect(bodies[1]).toBeUndefined();
  });
});

describe('sessions', () => {
  async function waiting() {
    const open = await openWith();
    const { desk, wang, account } = open;
    desk.emulator.kf.customerSays(wang, account, '能不能报个价');
    await desk.until(() => events(desk, 'session_waiting').length === 1, 'the session to wait');
    const session = () => desk.emulator.kf.sessions.of(account.openKfId, wang.externalUserId);
    return { ...open, session, chatId: `kf:${account.openKfId}:${wang.externalUserId}` };
  }

  it('go to the first candidate who is on the staff and receiving', async () => {
    const { desk, li, account, session, chatId } = await waiting();
    await using _ = desk;
    desk.emulator.world.addMember({ name: '外人', userid: 'stranger' });
    desk.emulator.kf.staffStops(li, account, 'stopped');
    expect(await assign(desk, chatId, 'stranger', 'lilei', 'han')).toEqual({ kind: 'assigned', staffId: 'han' });
    expect(session()).toMatchObject({ state: 3, servicer: 'han' });
    expect(await assign(desk, chatId, 'lilei')).toEqual({ kind: 'assigned', staffId: 'han' });
  });

  it('go to the pool when nobody can, and are offered again when somebody begins to receive', async () => {
    const { desk, li, han, account, session, chatId } = await waiting();
    await using _ = desk;
    for (const member of [li, han]) desk.emulator.kf.staffStops(member, account, 'paused');
    expect(await assign(desk, chatId, 'lilei', 'han')).toEqual({ kind: 'assigned', staffId: null, waiting: true });
    expect(session().state).toBe(2);
    desk.emulator.kf.staffStops(li, account, 'receiving');
    await desk.until(() => events(desk, 'session_waiting').length === 2, 'the second call');
    expect(await assign(desk, chatId, 'lilei')).toEqual({ kind: 'assigned', staffId: 'lilei' });
  });

  it('in somebody’s hands are not announced again; ended ones are when the customer returns', async () => {
    const { desk, wang, account, chatId } = await waiting();
    await using _ = desk;
    await assign(desk, chatId, 'lilei');
    desk.emulator.kf.customerSays(wang, account, '谢谢');
    await desk.until(() => events(desk, 'message').length === 2, 'the second message');
    expect(events(desk, 'session_waiting')).toHaveLength(1);
    desk.emulator.kf.staffEnds(wang, account);
    desk.emulator.kf.customerSays(wang, account, '还想问一句');
    await desk.until(() => events(desk, 'session_waiting').length === 2, 'the session to wait again');
  });

  it('that are over are nobody’s any more', async () => {
    const { desk, wang, account, chatId } = await waiting();
    await using _ = desk;
    await assign(desk, chatId, 'lilei');
    desk.emulator.kf.staffEnds(wang, account);
    expect(await assign(desk, chatId, 'lilei')).toEqual({ kind: 'assigned', staffId: null });
  });
});

describe('accounts', () => {
  it('that are not ours stay silent; given to us they are read, taken away they are left alone', async () => {
    await using desk = await openDesk({
      prepare: (emulator) => void emulator.kf.addAccount({ name: '别家', managed: false }),
    });
    expect(desk.channel.state()).toMatchObject({
      transport: 'webhook',
      detail: expect.stringContaining('还听不到客户说话'),
    });
    const { wang, account } = people(desk.emulator);
    desk.emulator.kf.setManaged([account], true);
    await desk.until(() => desk.channel.state().transport.includes('微信客服'), 'the account to be read');
    desk.emulator.kf.customerSays(wang, account, '在吗');
    await stored(desk, 2);
    desk.emulator.kf.setManaged([account], false);
    await desk.until(() => !desk.channel.state().transport.includes('微信客服'), 'the account to be left alone');
  });

  it('a colleague outside the visible range is said to be the reason', async () => {
    await using desk = await openDesk({
      prepare: (emulator) => {
        const { account } = people(emulator);
        emulator.world.addMember({ name: '隐身', userid: 'hidden', visible: false });
        account.staff.set('hidden', { receiving: true, stopType: 0 });
      },
    });
    expect(desk.channel.state()).toMatchObject({ status: 'degraded', detail: expect.stringContaining('可见范围') });
  });
});
