/** 微信客服 without the wire: what a page becomes, when a session waits, and who is asked to take it. */
import { describe, expect, it } from 'vitest';
import { isRecord, type JsonRecord } from '../../../adapters/wecom/json.ts';
import { normaliseService } from '../../../adapters/wecom/kf/normalise.ts';
import { createPageReader } from '../../../adapters/wecom/kf/page.ts';
import { createPuller } from '../../../adapters/wecom/kf/puller.ts';
import { createSessions } from '../../../adapters/wecom/kf/sessions.ts';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import { recordingInbound, recordingLog, type ScriptedClient, scriptedClient } from './doubles.ts';
import { corpId, nowMs } from './sealing.ts';

const chat = { kind: 'group', id: 'kf:wkA:wmA' };
const said = (msgid: string, more: JsonRecord = {}): JsonRecord => ({
  msgid,
  open_kfid: 'wkA',
  external_userid: 'wmA',
  send_time: 1_700_000_000,
  origin: 3,
  msgtype: 'text',
  text: { content: `words of ${msgid}` },
  ...more,
});
const happened = (msgid: string, event_type: string, more: JsonRecord = {}): JsonRecord => ({
  msgid,
  send_time: 1_700_000_001,
  origin: 4,
  msgtype: 'event',
  event: { event_type, open_kfid: 'wkA', external_userid: 'wmA', ...more },
});

const read = ({ payload }: InboundEvent) => {
  const stored: unknown = JSON.parse(payload);
  if (!isRecord(stored)) throw new Error('not an object');
  return normaliseService(stored, corpId);
};

/** A platform whose one session is in this state. */
function setUp(state = 0, script: (path: string, body: JsonRecord) => JsonRecord | null = () => null) {
  const client: ScriptedClient = scriptedClient((path, body) => {
    const scripted = script(path, body);
    if (scripted) return scripted;
    if (path === 'kf/service_state/get')
      return { errcode: 0, service_state: state, servicer_userid: state === 3 ? 'li' : '' };
    return { errcode: 0 };
  });
  const sessions = createSessions(client, () => nowMs);
  const reader = createPageReader('wkA', sessions);
  const page = async (...rows: JsonRecord[]) => reader.read({ msg_list: rows });
  const moves = () => client.calls.filter(({ path }) => path === 'kf/service_state/trans').map(({ body }) => body);
  const looks = () => client.calls.filter(({ path }) => path === 'kf/service_state/get').length;
  return { client, sessions, page, moves, looks };
}

describe('a page', () => {
  it('is put in the order in which it was said', async () => {
    const { page } = setUp(3);
    const events = await page(
      said('b', { send_time: 1_700_000_009 }),
      said('a'),
      said('c', { send_time: 1_700_000_009 }),
    );
    expect(events.map(({ eventKey }) => eventKey)).toEqual(['msg:a', 'msg:b', 'msg:c']);
  });

  it('keeps who spoke apart: the customer, a colleague, and whoever we do not know', async () => {
    const { page } = setUp(3);
    const events = await page(
      said('a'),
      said('b', { origin: 5, servicer_userid: 'li' }),
      said('c', { origin: 7 }),
      said('d', { origin: 5 }),
    );
    expect(events.map(read)).toMatchObject([
      { sender: { id: 'wmA', internal: false }, chat },
      { sender: { id: 'li', tenant: corpId, internal: true }, chat },
      null,
    ]);
  });

  it.each([
    ['a picture', { msgtype: 'image', image: { media_id: 'm' } }, ''],
    ['a link', { msgtype: 'link', link: { title: '图纸', desc: '三张', url: 'https://a' } }, '图纸\n三张'],
    [
      'a place',
      { msgtype: 'location', location: { name: '厂区', address: '北路 1 号', latitude: 1.5 } },
      '厂区\n北路 1 号',
    ],
    ['a kind without a body', { msgtype: 'meeting' }, ''],
    ['a tapped menu entry', { text: { content: '查报价', menu_id: '1' } }, '查报价'],
  ])('%s', async (_name, more, text) => {
    const [event] = await setUp(3).page(said('a', more));
    expect(event && read(event)).toMatchObject({ type: 'message', text });
  });

  it('a record whose lines are broken keeps the others', async () => {
    const item = [
      {
        send_time: 1_700_000_000,
        msgtype: 'text',
        sender_name: '王总',
        msg_content: '{"msgtype":"text","text":{"content":"报个价"}}',
      },
      { send_time: 1_700_000_001, msgtype: 'text', sender_name: '李雷', msg_content: '{broken' },
      { send_time: 1_700_000_002, msgtype: 'text', sender_name: '王总', msg_content: '{"content":"谢谢"}' },
    ];
    const [event] = await setUp(3).page(said('a', { msgtype: 'merged_msg', merged_msg: { title: '聊天记录', item } }));
    expect(event && read(event)).toMatchObject({
      text: '',
      record: [
        { speakerName: '王总', text: '报个价', sentAt: 1_700_000_000_000 },
        { speakerName: '李雷', text: '' },
        { speakerName: '王总', text: '谢谢' },
      ],
    });
  });

  it('skips rows that lack what every row has, and events of no interest', async () => {
    const { page } = setUp(3);
    expect(await page({}, { msgid: 'a' }, said('b', { send_time: '7' }), said('c', { external_userid: '' }))).toEqual(
      [],
    );
    expect(
      await page(happened('e', 'enter_session'), happened('f', 'msg_send_fail'), happened('g', 'new_one')),
    ).toEqual([]);
  });

  it('words taken back before they were read leave no trace but that they were said; also a page later', async () => {
    const { page } = setUp(3);
    const first = await page(
      happened('r', 'user_recall_msg', { recall_msgid: 'late' }),
      said('a'),
      happened('s', 'servicer_recall_msg', { recall_msgid: 'a' }),
    );
    expect(first.map(read)).toMatchObject([
      { type: 'message', messageId: 'a', text: '' },
      { type: 'recalled', messageId: 'late' },
      { type: 'recalled', messageId: 'a', eventId: 's' },
    ]);
    const [late] = await page(said('late'));
    expect(late?.payload).not.toContain('words of');
    expect(late && read(late)).toMatchObject({ messageId: 'late', text: '' });
  });

  it('ids longer than ours can be still make one key', async () => {
    const { page } = setUp(0);
    const events = await page(said('x'.repeat(300)));
    for (const { eventKey } of events) expect(eventKey.length).toBeLessThanOrEqual(128);
    expect(new Set(events.map(({ eventKey }) => eventKey)).size).toBe(2);
  });
});

describe('waiting', () => {
  it.each([
    [0, true],
    [1, true],
    [2, true],
    [3, false],
    [4, false],
  ])('state %i: %s', async (state, waits) => {
    const events = await setUp(state).page(said('a'), said('b'));
    expect(events.map(read).filter((event) => event?.type === 'session_waiting')).toMatchObject(
      waits ? [{ eventId: 'wait:b:', chat, person: { id: 'wmA', internal: false }, at: 1_700_000_000_000 }] : [],
    );
  });

  it('a colleague’s words alone announce nothing', async () => {
    const { page, looks } = setUp(0);
    expect(await page(said('a', { origin: 5, servicer_userid: 'li' }))).toHaveLength(1);
    expect(looks()).toBe(0);
  });

  it('a session that somebody has is not asked for again, until it ends', async () => {
    const { page, looks } = setUp(3);
    await page(said('a'));
    await page(said('b'));
    expect(looks()).toBe(1);
    await page(happened('e', 'session_status_change', { change_type: 3 }), said('c', { send_time: 1_700_000_002 }));
    expect(looks()).toBe(2);
    await page(happened('f', 'session_status_change', { change_type: 1 }), said('d', { send_time: 1_700_000_003 }));
    expect(looks()).toBe(2);
  });

  it('a question that fails does not hold up the words', async () => {
    const events = await setUp(0, (path) => (path.endsWith('get') ? { errcode: -1 } : null)).page(said('a'));
    expect(events.map(read)).toMatchObject([{ type: 'message' }, { type: 'session_waiting' }]);
  });
});

describe('giving a session away', () => {
  const refuse = (codes: Readonly<Record<string, number>>) => (path: string, body: JsonRecord) =>
    path === 'kf/service_state/trans' ? { errcode: codes[String(body.servicer_userid ?? 'pool')] ?? 0 } : null;

  it.each([95014, 95019])('%i: the next one is asked', async (errcode) => {
    const { sessions, moves } = setUp(0, refuse({ a: errcode }));
    expect(await sessions.assign('wkA', 'wmA', ['a', 'b', 'c'])).toBe('b');
    expect(moves()).toMatchObject([
      { service_state: 3, servicer_userid: 'a' },
      { service_state: 3, servicer_userid: 'b' },
    ]);
  });

  it('those who are known to have stopped are not even asked', async () => {
    const { sessions, moves } = setUp(0, (path) =>
      path === 'kf/servicer/list'
        ? { errcode: 0, servicer_list: [{ userid: 'a', status: 1 }, { department_id: 7 }] }
        : null,
    );
    expect(await sessions.assign('wkA', 'wmA', ['a', 'b'])).toBe('b');
    expect(moves()).toHaveLength(1);
  });

  it('nobody can: the pool, once; a session that is there already stays', async () => {
    const { sessions, moves } = setUp(0, refuse({ a: 95014 }));
    expect(await sessions.assign('wkA', 'wmA', ['a'])).toBeNull();
    expect(moves().map((move) => move.service_state)).toEqual([3, 2]);
    expect(sessions.pooled('wkA')).toEqual(['wmA']);
    const pooled = setUp(2, refuse({ a: 95014 }));
    expect(await pooled.sessions.assign('wkA', 'wmA', ['a'])).toBeNull();
    expect(pooled.moves().map((move) => move.service_state)).toEqual([3]);
  });

  it('in somebody’s hands or over: nothing is moved', async () => {
    const held = setUp(3);
    expect(await held.sessions.assign('wkA', 'wmA', ['b'])).toBe('li');
    const over = setUp(4);
    expect(await over.sessions.assign('wkA', 'wmA', ['b'])).toBeNull();
    expect([...held.moves(), ...over.moves()]).toEqual([]);
  });

  it('somebody was faster: the state is read again, and what it says counts', async () => {
    let state = 0;
    const { sessions } = setUp(0, (path) => {
      if (path === 'kf/service_state/get') return { errcode: 0, service_state: state, servicer_userid: 'han' };
      if (path !== 'kf/service_state/trans') return null;
      state = 3;
      return { errcode: 95016 };
    });
    expect(await sessions.assign('wkA', 'wmA', ['a'])).toBe('han');
  });

  it('a fault is a fault', async () => {
    const { sessions } = setUp(0, refuse({ a: 48007 }));
    await expect(sessions.assign('wkA', 'wmA', ['a', 'b'])).rejects.toMatchObject({ code: 48007 });
  });
});

describe('pulling', () => {
  function pulling(script: (body: JsonRecord) => JsonRecord) {
    const inbound = recordingInbound();
    const client = scriptedClient((_path, body) => script(body));
    const reader = createPageReader(
      'wkA',
      createSessions(
        scriptedClient(() => ({ errcode: 0, service_state: 3 })),
        () => nowMs,
      ),
    );
    const puller = createPuller({
      openKfId: 'wkA',
      client,
      inbound,
      page: reader,
      now: () => nowMs,
      log: recordingLog(),
    });
    return { inbound, client, puller };
  }

  it('bells that come while it pulls are one more look, not many', async () => {
    const { client, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: [] }));
    for (const token of ['t1', 't2', 't3']) puller.wake(token);
    await puller.idle();
    expect(client.calls.map(({ body }) => body.token)).toEqual(['t3', 't3']);
  });

  it('goes on through empty pages, and gives up on a platform that never ends', async () => {
    let pages = 0;
    const through = pulling(() => {
      pages += 1;
      return {
        errcode: 0,
        next_cursor: `c${pages}`,
        has_more: pages < 5 ? 1 : 0,
        msg_list: pages === 5 ? [said('a')] : [],
      };
    });
    through.puller.wake(null);
    await through.puller.idle();
    expect(through.inbound.stored).toHaveLength(1);
    expect(through.inbound.cursors.get('kf:wkA')).toBe('c5');
    const endless = pulling(() => ({ errcode: 0, next_cursor: 'same', has_more: 1, msg_list: [] }));
    endless.puller.wake(null);
    await endless.puller.idle();
    expect(endless.client.calls.length).toBeLessThan(300);
  });

  it('begins where it ended, and at the very beginning with nothing', async () => {
    const { client, inbound, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: [] }));
    puller.wake(null);
    await puller.idle();
    inbound.cursors.set('kf:wkA', 'from the store');
    puller.wake(null);
    await puller.idle();
    expect(client.calls.map(({ body }) => body.cursor)).toEqual(['', 'from the store']);
    expect(client.calls[0]?.body).not.toHaveProperty('token');
  });

  it('an account that was taken from us is told as a sentence and not asked for again at once', async () => {
    const { client, puller } = pulling(() => ({ errcode: 48007 }));
    puller.wake(null);
    await puller.idle();
    expect(puller.problem()).toMatch(/没有交给本应用管理/);
    expect(client.calls).toHaveLength(1);
  });
});

it('payloads that are none are not understood', () => {
  for (const stored of [{}, { account: 'wkA' }, { account: 'wkA', row: {} }, { account: 'wkA', waiting: {} }]) {
    expect(() => normaliseService({ liaodan: 'kf', ...stored }, corpId)).toThrow();
  }
});
