/** Messages as the documents and the wire disagree about them, read into one shape. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCarriedSessions } from '../../../../adapters/dingtalk/carried-session.ts';
import { asStored, readMessageHead } from '../../../../adapters/dingtalk/message-head.ts';
import { normalise } from '../../../../adapters/dingtalk/normalise.ts';
import type { MessageEvent } from '../../../../src/channel/event.ts';
import { ownMeans } from '../../../support/own-means.ts';
import { corpId } from './sealing.ts';

const sample = {
  senderPlatform: 'Mac',
  conversationId: 'cid6EU==',
  atUsers: [{ dingtalkId: '$:LWCP_v1:$bot' }],
  chatbotCorpId: corpId,
  chatbotUserId: '$:LWCP_v1:$bot',
  msgId: 'msgrK2U+riw==',
  senderNick: '小钉',
  isAdmin: true,
  senderStaffId: '0147',
  sessionWebhookExpiredTime: 1_708_332_604_316,
  createAt: 1_708_327_204_136,
  senderCorpId: corpId,
  conversationType: '2',
  senderId: '$:LWCP_v1:$sender',
  conversationTitle: '测试群',
  isInAtList: true,
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=66d7',
  text: { content: ' 客户要报价' },
  robotCode: 'ding',
  msgtype: 'text',
};

const { senderStaffId: _gone, ...withoutStaffId } = sample;

const read = (more: object = {}): MessageEvent => {
  const payload = JSON.stringify(asStored({ ...sample, ...more }, 1_800_000_000_000, null));
  const event = normalise(payload);
  if (event?.type !== 'message') throw new Error('no message');
  return event;
};

it('the documented sample', () => {
  expect(read()).toEqual({
    type: 'message',
    messageId: 'msgrK2U+riw==',
    chat: { id: 'cid6EU==', kind: 'group' },
    sender: { id: '0147', tenant: corpId, internal: true },
    senderKind: 'person',
    text: '客户要报价',
    addressed: true,
    mentions: [],
    repliesTo: null,
    record: null,
    senderName: '小钉',
    chatName: '测试群',
    sentAt: 1_708_327_204_136,
  });
});

it('what lets others speak in the chat is left out of what is stored', () => {
  expect(JSON.stringify(asStored(sample, 1, null))).not.toMatch(/session/i);
  expect(readMessageHead(sample)?.session).toEqual({
    webhook: sample.sessionWebhook,
    expiresAt: sample.sessionWebhookExpiredTime,
  });
});

it('it travels closed: another instance of the same app opens it, another app does not', () => {
  const note = {
    ...{ chatId: sample.conversationId, kind: 'group' as const, staffId: 'lina' },
    ...{ webhook: sample.sessionWebhook, expiresAt: sample.sessionWebhookExpiredTime },
  };
  const carried = (secret: string) => createCarriedSessions(ownMeans(() => 1).tokens.box(secret));
  const payload = JSON.stringify(asStored(sample, 1, carried('ours').close(note)));
  expect(payload).not.toContain(sample.sessionWebhook);
  const told: string[] = [];
  normalise(payload, (closed) => told.push(closed));
  expect(told.map((closed) => carried('ours').open(closed))).toEqual([note]);
  expect(told.map((closed) => carried('theirs').open(closed))).toEqual([null]);
});

describe('the sender', () => {
  it.each([null, 'dingother'])('without a staff id is a stranger, unless our company is named (%s)', (senderCorpId) => {
    const sender = { id: '$:LWCP_v1:$sender', tenant: senderCorpId, internal: false };
    expect(read({ senderStaffId: undefined, senderCorpId }).sender).toEqual(sender);
  });

  it('of our company whom nothing names is nobody: neither a colleague nor a customer', () => {
    const payload = JSON.stringify(asStored(withoutStaffId, 1, null));
    expect(normalise(payload)).toBeNull();
  });

  it('of another company is none of ours, nor is the staff id they have there', () => {
    const sender = { id: '$:LWCP_v1:$sender', tenant: 'dingother', internal: false };
    expect(read({ senderCorpId: 'dingother' }).sender).toEqual(sender);
  });

  it('who is nobody cannot be understood', () => {
    expect(() => read({ senderCorpId: 'dingother', senderId: '' })).toThrow(/sender/);
  });
});

it('instants may be numbers or texts; without one the arrival counts', () => {
  expect(read({ createAt: '1708327204136' }).sentAt).toBe(1_708_327_204_136);
  expect(read({ createAt: 'soon' }).sentAt).toBe(1_800_000_000_000);
});

it('a quotation tells what is answered and adds no words', () => {
  const repliedMsg = { msgType: 'text', msgId: 'msgOld', content: { text: '旧话' } };
  const text = { content: ' 就这句', isReplyMsg: true, repliedMsg };
  expect(read({ text })).toMatchObject({ text: '就这句', repliesTo: 'msgOld' });
  expect(read({ originalMsgId: 'msgElse' }).repliesTo).toBe('msgElse');
});

it.each([
  [
    'richText',
    { richText: [{ text: '王总' }, { type: 'picture', downloadCode: 'x' }, { text: '要报价\n' }, { text: '三吨' }] },
    '王总\n要报价\n三吨',
  ],
  ['audio', { duration: 2000, recognition: ' 要三吨 ' }, '要三吨'],
  ['audio', { duration: 2000 }, ''],
  ['picture', { downloadCode: 'x' }, ''],
  ['file', { downloadCode: 'x', fileName: '报价.pdf' }, ''],
  ['video', { duration: 1, downloadCode: 'x' }, ''],
  ['unknownMsgType', {}, ''],
])('%s %j says %j', (msgtype, content, words) => {
  expect(read({ msgtype, content, text: undefined }).text).toBe(words);
});

describe('a forwarded record', () => {
  const lines = [
    { senderName: '王总', content: '能报个价吗', createAt: '1708327204136' },
    { senderNick: '李娜', text: { content: '马上' } },
    { sender: '王总', msgtype: 'picture' },
  ];
  const record = [
    { speakerName: '王总', speaker: null, text: '能报个价吗', sentAt: 1_708_327_204_136 },
    { speakerName: '李娜', speaker: null, text: '马上', sentAt: null },
  ];

  it.each([
    ['a list', { chatRecord: lines }],
    ['a list in a text', { summary: '聊天记录', chatRecord: JSON.stringify(lines) }],
  ])('as %s', (_how, content) => {
    expect(read({ msgtype: 'chatRecord', content, text: { content: '转发' } })).toMatchObject({ text: '', record });
  });

  it('that cannot be read is a message without words, never a fault', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        expect(read({ msgtype: 'chatRecord', content, text: undefined })).toMatchObject({ text: '' });
      }),
    );
  });
});

it('nothing in the words makes reading fail', () => {
  const types = fc.constantFrom('text', 'richText', 'audio', 'chatRecord', 'file');
  fc.assert(
    fc.property(types, fc.jsonValue(), fc.jsonValue(), (msgtype, text, content) => {
      expect(typeof read({ msgtype, text, content }).text).toBe('string');
    }),
  );
});

describe('heads that belong nowhere', () => {
  it.each([{ msgId: '' }, { conversationId: 7 }, { conversationType: '3' }, { conversationType: 'constructor' }])(
    '%o',
    (more) => {
      expect(readMessageHead({ ...sample, ...more } as never)).toBeNull();
    },
  );

  it('the kind may be a number', () => {
    expect(readMessageHead({ ...sample, conversationType: 1 })?.kind).toBe('direct');
  });
});

describe('other payloads', () => {
  it('of kinds we do not know are of no interest; broken ones are faults', () => {
    expect(normalise('{"liaodan":"later"}')).toBeNull();
    for (const payload of [
      '[]',
      '{"liaodan":"message"}',
      '{"liaodan":"staff_left"}',
      '{"liaodan":"message","receivedAt":1,"data":{}}',
    ])
      expect(() => normalise(payload)).toThrow();
  });
});
