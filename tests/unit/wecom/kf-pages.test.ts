/** 微信客服: what a page of the log becomes, and when a session waits. */
import { describe, expect, it } from 'vitest';
import { normaliseService } from '../../../adapters/wecom/kf/normalise.ts';
import { chat, happened, read, said, setUp } from './kf-rows.ts';
import { corpId } from './sealing.ts';

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
      waits ? [{ eventId: 'wait:b', chat, person: { id: 'wmA', internal: false }, at: 1_700_000_000_000 }] : [],
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
  });

  it.each([1, 2, 4])('a change of kind %i says that somebody has it', async (change_type) => {
    const { page, looks } = setUp(0);
    const rows = [happened('e', 'session_status_change', { change_type }), said('a', { send_time: 1_700_000_002 })];
    expect(await page(...rows)).toHaveLength(1);
    expect(looks()).toBe(0);
  });

  it('a question that fails does not hold up the words', async () => {
    const events = await setUp(0, (path) => (path.endsWith('get') ? { errcode: -1 } : null)).page(said('a'));
    expect(events.map(read)).toMatchObject([{ type: 'message' }, { type: 'session_waiting' }]);
  });
});

it('a row of a speaker we do not know says nothing', () => {
  for (const origin of [4, 7]) {
    expect(normaliseService({ liaodan: 'kf', account: 'wkA', row: said('a', { origin }) }, corpId)).toBeNull();
  }
});

it('payloads that are none are not understood', () => {
  for (const stored of [{}, { account: 'wkA' }, { account: 'wkA', row: {} }, { account: 'wkA', waiting: {} }]) {
    expect(() => normaliseService({ liaodan: 'kf', ...stored }, corpId)).toThrow();
  }
});
