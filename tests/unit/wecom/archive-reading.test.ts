/** Reading archived messages: own words, records, people, what is kept and what each becomes. */
import { describe, expect, test } from 'vitest';
import { normaliseArchive } from '../../../adapters/wecom/archive/normalise.ts';
import { ownWords } from '../../../adapters/wecom/archive/own-words.ts';
import { readRecord } from '../../../adapters/wecom/archive/record.ts';
import { siftMessages } from '../../../adapters/wecom/archive/sift.ts';
import { readChatData } from '../../../adapters/wecom/archive/wire.ts';
import { isRecord, type JsonRecord } from '../../../adapters/wecom/json.ts';

const corpId = 'ww1234567890abcdef';
const customer = `wm${'A1b2C3d4E5'.repeat(3)}`;
const partner = `wo${'A1b2C3d4E5'.repeat(3)}`;
const robot = `wb${'A1b2C3d4E5'.repeat(3)}`;
const head = {
  msgid: 'CAQQ1_external',
  action: 'send',
  from: customer,
  tolist: ['zhangsan'],
  roomid: '',
  msgtime: 1_700_000_000_123,
};
const everyoneAgrees = { ask: async () => {}, agreed: async () => true, learn: () => {} };

async function read(message: JsonRecord) {
  const { events } = await siftMessages([message], everyoneAgrees);
  const stored: unknown = events[0] && JSON.parse(events[0].payload);
  return isRecord(stored) ? normaliseArchive(stored, corpId) : null;
}

describe('own words', () => {
  test.each([
    ['报价发我', '报价发我'],
    ['这是一条引用/回复消息：\n“王总：\n先不用报价”\n------\n好的', '好的'],
    ['这是一条引用/回复消息：\n"王总:\n一行\n------\n两行"\n------\n\n就按这个价', '就按这个价'],
    ['This is a quote/reply:\n"Wang:\nno quote yet"\n------\nok', 'ok'],
    ['「王总：先别寄样品」\n- - - - - - - - - - - - - - -\n样品已经寄了', '样品已经寄了'],
    ['这是一条引用/回复消息：\n“王总：\n先不用报价”', ''],
    ['价格表\n------\n第二页', '价格表\n------\n第二页'],
  ])('%j says %j', (text, own) => {
    expect(ownWords(text)).toBe(own);
  });
});

describe('kinds of messages', () => {
  test.each([
    [{ msgtype: 'text', text: { content: '帮我报下价' } }, '帮我报下价'],
    [{ msgtype: 'markdown', info: { content: '已发' } }, '已发'],
    [
      {
        msgtype: 'mixed',
        mixed: {
          item: [
            { type: 'text', content: '{"content":"首款"}' },
            { type: 'image', content: '{"md5sum":"x","sdkfileid":"y"}' },
            { type: 'text', content: '{"content":"打过来了"}' },
            { type: 'text', content: 'no json' },
          ],
        },
      },
      '首款\n打过来了',
    ],
    [{ msgtype: 'image', image: { md5sum: 'x', filesize: 1, sdkfileid: 'secret-file' } }, ''],
    [{ msgtype: 'docmsg', doc: { title: '报价单', link_url: 'https://x' } }, ''],
  ])('case %#', async (body, text) => {
    expect(await read({ ...head, ...body })).toMatchObject({ type: 'message', text, sentAt: 1_700_000_000_123 });
  });

  test('a merged record becomes its lines, nested ones too', async () => {
    const inner = {
      title: 'x',
      item: [{ type: 'ChatRecordText', content: '{"content":"里面"}', msgtime: 1_600_000_000 }],
    };
    const item = [
      { type: 'ChatRecordText', content: '{"content":"外面"}', msgtime: 1_700_000_000, from_chatroom: false },
      { type: 'ChatRecordImage', content: '{"sdkfileid":"f"}', msgtime: 1_700_000_001 },
      { type: 'chatrecord', content: JSON.stringify(inner), msgtime: 1_700_000_002 },
      {
        type: 'ChatRecordMixed',
        content: '{"item":[{"type":"text","content":"{\\"content\\":\\"混排\\"}"}]}',
        msgtime: 1_700_000_003,
      },
    ];
    expect(await read({ ...head, msgtype: 'chatrecord', chatrecord: { title: '聊天记录', item } })).toMatchObject({
      text: '',
      record: [
        { text: '外面', sentAt: 1_700_000_000_000, speaker: null, speakerName: null },
        { text: '里面', sentAt: 1_600_000_000_000 },
        { text: '混排', sentAt: 1_700_000_003_000 },
      ],
    });
  });

  test('records inside records end somewhere', () => {
    let record: JsonRecord = { item: [{ type: 'ChatRecordText', content: '{"content":"最里面"}' }] };
    for (let i = 0; i < 6; i += 1) record = { item: [{ type: 'chatrecord', content: JSON.stringify(record) }] };
    expect(readRecord(record)).toEqual([]);
  });

  test('unknown types, switches and things without a head are passed over', async () => {
    expect(await read({ ...head, msgtype: 'hologram', hologram: {} })).toBeNull();
    expect(await read({ msgid: 'm', action: 'switch', time: 1, user: 'zhangsan' })).toBeNull();
    expect(await read({ hello: 'world' })).toBeNull();
    expect(await read({ ...head, msgtype: 'constructor' })).toBeNull();
  });

  test('a recall names what was taken back', async () => {
    const recall = {
      ...head,
      msgid: 'CAQQ2_external',
      action: 'recall',
      msgtype: 'revoke',
      revoke: { pre_msgid: head.msgid },
    };
    expect(await read(recall)).toEqual({
      type: 'recalled',
      eventId: 'CAQQ2_external',
      messageId: head.msgid,
      at: head.msgtime,
    });
  });
});

describe('who and where', () => {
  const words = { msgtype: 'text', text: { content: '好' } };

  test('one conversation for both directions', async () => {
    const chat = { kind: 'group', id: `dm:zhangsan:${customer}` };
    expect(await read({ ...head, ...words })).toMatchObject({
      chat,
      sender: { id: customer, tenant: null, internal: false },
    });
    expect(await read({ ...head, ...words, from: 'zhangsan', tolist: [customer] })).toMatchObject({
      chat,
      sender: { id: 'zhangsan', tenant: corpId, internal: true },
    });
  });

  test('a room is named by its id; another company’s WeCom user is an outsider, a robot is a bot', async () => {
    const room = { ...head, ...words, roomid: 'wrROOM', tolist: ['zhangsan', partner] };
    expect(await read({ ...room, from: partner })).toMatchObject({
      chat: { id: 'wrROOM' },
      sender: { internal: false },
    });
    expect(await read({ ...room, from: robot })).toMatchObject({ senderKind: 'bot' });
  });

  test('colleagues among themselves and robots in private are nobody’s business', async () => {
    expect(await read({ ...head, ...words, from: 'lisi', msgid: 'x' })).toBeNull();
    expect(await read({ ...head, ...words, from: robot })).toBeNull();
    expect(
      await read({ ...head, from: 'lisi', action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: 'x' } }),
    ).toBeNull();
  });

  test('a colleague whose userid begins like an outsider’s is a colleague', async () => {
    expect(await read({ ...head, ...words, from: 'wolfgang', tolist: ['zhangsan'] })).toBeNull();
    expect(await read({ ...head, ...words, from: 'wmli', tolist: [customer] })).toMatchObject({
      chat: { id: `dm:wmli:${customer}` },
      sender: { internal: true },
    });
  });
});

describe('what is kept', () => {
  test('neither files’ keys nor the list of who heard it', async () => {
    const message = {
      ...head,
      roomid: 'wrROOM',
      tolist: ['a', 'b'],
      msgtype: 'image',
      image: { sdkfileid: 'secret-file' },
    };
    const { events } = await siftMessages([message], everyoneAgrees);
    expect(events[0]).toMatchObject({ eventKey: 'msg:CAQQ1_external', orderKey: 'wrROOM' });
    expect(events[0]?.payload).not.toMatch(/secret-file|tolist/);
  });

  test('an overlong message id still fits the key', async () => {
    const { events } = await siftMessages(
      [{ ...head, msgid: 'x'.repeat(300), msgtype: 'text', text: { content: 'a' } }],
      everyoneAgrees,
    );
    expect(events[0]?.eventKey.length).toBeLessThanOrEqual(128);
  });

  test('agree and disagree are learnt, not stored, and count for what follows', async () => {
    const learnt: [string, boolean][] = [];
    let agreed = false;
    const consent = {
      ask: async () => {},
      agreed: async () => agreed,
      learn: (_conversation: unknown, who: string, yes: boolean) => {
        agreed = yes;
        learnt.push([who, yes]);
      },
    };
    const say = (msgid: string) => ({ ...head, msgid, msgtype: 'text', text: { content: msgid } });
    const { events, withoutConsent } = await siftMessages(
      [
        say('before'),
        { ...head, msgid: 'y', msgtype: 'agree', agree: { userid: customer, agree_time: 1 } },
        say('between'),
        { ...head, msgid: 'n', msgtype: 'disagree', disagree: { userid: customer, disagree_time: 2 } },
        say('after'),
      ],
      consent,
    );
    expect(events.map(({ eventKey }) => eventKey)).toEqual(['msg:between']);
    expect(withoutConsent).toBe(2);
    expect(learnt).toEqual([
      [customer, true],
      [customer, false],
    ]);
  });
});

describe('the library’s reply', () => {
  test('seq keeps all its digits, records are in order, rubbish is left out', () => {
    const { records } = readChatData(
      '{"errcode":0,"chatdata":[{"seq":18446744073709551615,"publickey_ver":2,"encrypt_random_key":"a","encrypt_chat_msg":"b"},{"seq":9007199254740993,"publickey_ver":1},{"seq":-1},"x",null]}',
    );
    expect(records.map(({ seq }) => seq)).toEqual(['9007199254740993', '18446744073709551615']);
  });

  test('chatdata may be missing or null; an empty slice is an empty page', () => {
    expect(readChatData('{"errcode":0,"errmsg":"ok"}').records).toEqual([]);
    expect(readChatData('{"errcode":0,"chatdata":null}').records).toEqual([]);
    expect(readChatData('').records).toEqual([]);
    expect(readChatData('{"errcode":301053}').errcode).toBe(301053);
    expect(() => readChatData('<html>')).toThrow();
  });
});
