/** From stored payloads, as the platform words them, to events of the core. */
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../adapters/feishu/normalise.ts';
import { type MessageFacts, messageEnvelope, ourTenant } from './sealing.ts';

const bot = 'ou_bot';
const atBot = {
  key: '@_user_1',
  id: { open_id: bot, union_id: 'on_b', user_id: '' },
  mentioned_type: 'bot',
  name: '聊单',
  tenant_key: ourTenant,
};
const atLi = {
  key: '@_user_2',
  id: { open_id: 'ou_li', union_id: 'on_l', user_id: '' },
  name: '李雷',
  tenant_key: ourTenant,
};

const read = (facts: MessageFacts, ownId: string | null = bot) =>
  normalise(JSON.stringify(messageEnvelope(facts)), ownId);

describe('a text', () => {
  it('carries who, where, when, and the words as people read them', () => {
    const facts = {
      text: '@_user_1 请 @_user_2 跟进，@_user_10 不认识',
      mentions: [atBot, atLi],
      message: { parent_id: 'om_before' },
    };
    expect(read(facts)).toEqual({
      type: 'message',
      messageId: 'om_5ce6d572455d361153b7cb51da133945',
      chat: { id: 'oc_5ce6d572455d361153b7xx51da133945', kind: 'group' },
      sender: { id: 'ou_84aad35d084aa403a838cf73ee18467', tenant: ourTenant, internal: true },
      senderKind: 'person',
      text: '请 @李雷 跟进，@_user_10 不认识',
      addressed: true,
      mentions: [{ id: 'ou_li', name: '李雷' }],
      repliesTo: 'om_before',
      record: null,
      sentAt: 1_609_073_151_345,
    });
  });

  it('is addressed to us in a private chat always, in a group only by our own mention', () => {
    expect(read({ text: '你好', chatType: 'p2p' })).toMatchObject({ addressed: true, chat: { kind: 'direct' } });
    expect(read({ text: '你好' })).toMatchObject({ addressed: false });
    expect(read({ text: '@_user_2 你好', mentions: [atLi] })).toMatchObject({ addressed: false });
    expect(read({ text: '@_all 开会' })).toMatchObject({ addressed: false, text: '@所有人 开会', mentions: [] });
  });

  it('is addressed to nobody in a group while we do not know who we are', () => {
    expect(read({ text: '@_user_1 报价', mentions: [atBot] }, null)).toMatchObject({
      addressed: false,
      text: '@聊单 报价',
    });
    expect(read({ text: '报价', chatType: 'p2p' }, null)).toMatchObject({ addressed: true });
  });

  it('of a person of another company is theirs', () => {
    expect(read({ text: '报价', senderTenant: '736588c9260f175e' })).toMatchObject({
      sender: { tenant: '736588c9260f175e', internal: false },
    });
    expect(read({ text: '报价', senderTenant: '' })).toMatchObject({ sender: { tenant: null, internal: false } });
  });

  it.each([
    ['two keys that begin alike', '@_user_1@_user_11', [atBot, { ...atLi, key: '@_user_11' }], '@李雷'],
    ['nothing but our name', '@_user_1', [atBot], ''],
    ['a name that looks like a pattern', '@_user_2 好', [{ ...atLi, name: '$& $1' }], '@$& $1 好'],
    ['several lines', '@_user_1 第一行\n第二行', [atBot], '第一行\n第二行'],
  ])('with %s', (_what, text, mentions, expected) => {
    expect(read({ text, mentions })).toMatchObject({ text: expected });
  });
});

describe('a rich text', () => {
  const paragraphs = [
    [
      { tag: 'at', user_id: '@_user_1', user_name: '聊单' },
      { tag: 'text', text: ' 客户要 ' },
      { tag: 'a', text: '报价单', href: 'https://x.cn' },
    ],
    [{ tag: 'img', image_key: 'img_1' }],
    [
      { tag: 'at', user_id: '@_user_2', user_name: '李雷' },
      { tag: 'a', text: '', href: 'https://y.cn' },
      { tag: 'emotion', emoji_type: 'SMILE' },
    ],
    [
      { tag: 'at', user_id: 'all' },
      { tag: 'code_block', language: 'GO', text: 'x := 1' },
      { tag: 'unheard_of' },
      'odd',
    ],
  ];
  const expected = '客户\n客户要 报价单\n\n@李雷https://y.cn\n@所有人x := 1';

  it('becomes lines, with names and links, without pictures', () => {
    const facts = { type: 'post', mentions: [atBot, atLi] };
    expect(read({ ...facts, content: { title: '客户', content: paragraphs } })).toMatchObject({
      text: expected,
      addressed: true,
    });
    expect(read({ ...facts, content: { zh_cn: { title: '客户', content: paragraphs } } })).toMatchObject({
      text: expected,
    });
  });

  it('without anything in it is empty', () => {
    for (const content of [{}, { title: '', content: [] }, { content: 'x' }, { content: [null] }]) {
      expect(read({ type: 'post', content })).toMatchObject({ text: '' });
    }
  });
});

it.each([
  'image',
  'file',
  'audio',
  'media',
  'sticker',
  'interactive',
  'share_chat',
  'location',
  'merge_forward',
  'tomorrows_type',
])('a message of type %s is a message without words', (type) => {
  expect(read({ type, message: { content: 'Merged and Forwarded Message' } })).toMatchObject({
    type: 'message',
    text: '',
    record: null,
  });
});

describe('other senders', () => {
  const sentBy = (sender: object) => {
    const envelope = messageEnvelope({ text: '自动播报' });
    return normalise(
      JSON.stringify({ ...envelope, event: { ...envelope.event, sender: { ...envelope.event.sender, ...sender } } }),
      bot,
    );
  };

  it('another bot is told apart; one without an id is of no interest', () => {
    expect(sentBy({ sender_type: 'bot' })).toMatchObject({ senderKind: 'bot' });
    expect(sentBy({ sender_type: 'app', sender_id: null })).toBeNull();
  });

  it('a person without an id cannot be understood', () => {
    expect(() => sentBy({ sender_id: { union_id: 'on_1' } })).toThrow(/open_id/);
  });
});

describe('our bot in a chat', () => {
  const membership = (type: string, event: object) =>
    normalise(JSON.stringify({ ...messageEnvelope({ header: { event_type: type, event_id: 'ev1' } }), event }), bot);
  const event = {
    chat_id: 'oc_1',
    operator_id: { open_id: 'ou_li' },
    operator_tenant_key: ourTenant,
    external: true,
    name: '项目群',
  };

  it('added and removed, by whom, into what', () => {
    expect(membership('im.chat.member.bot.added_v1', event)).toEqual({
      type: 'bot_added',
      eventId: 'ev1',
      chat: { id: 'oc_1', kind: 'group' },
      by: { id: 'ou_li', tenant: ourTenant, internal: true },
      chatName: '项目群',
      external: true,
      at: 1_608_725_989_000,
    });
    const named = { ...event, name: '', i18n_names: { zh_cn: '国际群' }, operator_tenant_key: 'other' };
    expect(membership('im.chat.member.bot.deleted_v1', named)).toMatchObject({
      type: 'bot_removed',
      chatName: '国际群',
      by: { internal: false },
    });
  });
});

describe('what cannot be read', () => {
  it('of no interest: null', () => {
    expect(
      normalise(JSON.stringify(messageEnvelope({ header: { event_type: 'contact.user.updated_v3' } })), bot),
    ).toBeNull();
    expect(normalise('{}', bot)).toBeNull();
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a message without a chat', JSON.stringify(messageEnvelope({ message: { chat_id: 7 } }))],
    ['a content that is no JSON', JSON.stringify(messageEnvelope({ message: { content: '{' } }))],
    ['a content that is a list', JSON.stringify(messageEnvelope({ message: { content: '[]' } }))],
    ['a time that is none', JSON.stringify(messageEnvelope({ message: { create_time: 'soon' } }))],
    ['a hand-over without lines', '{"liaodan":"hand_over"}'],
    ['a record without an envelope', '{"liaodan":"record","lines":[]}'],
  ])('%s throws', (_what, payload) => {
    expect(() => normalise(payload, bot)).toThrow();
  });

  it('microseconds and seconds become milliseconds', () => {
    expect(read({ message: { create_time: '1609073151345678' } })).toMatchObject({ sentAt: 1_609_073_151_345 });
    expect(read({ message: { create_time: '1609073151' } })).toMatchObject({ sentAt: 1_609_073_151_000 });
  });
});
