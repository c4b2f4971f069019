/** What stored payloads mean to the core. */
import { describe, expect, it } from 'vitest';
import { createNormalise } from '../../../adapters/wecom/normalise.ts';
import { contactXml, corpId, eventXml, messageXml } from './sealing.ts';

const normalise = createNormalise(corpId, {
  kf: { normalise: ({ say }) => ({ type: 'recalled', eventId: 'e', messageId: String(say), at: 1 }) },
  bot: null,
});
const zhangsan = { id: 'zhangsan', tenant: corpId, internal: true };
const outsiderId = 'wmQ7bXCgAAdDkYxPcKm0J4sMZfN2vH1w';

describe('a message to the app', () => {
  it('is addressed to us, by a colleague, in their chat with the app', () => {
    expect(normalise(messageXml({ Content: '  王总：能不能报个价\n李雷：好的  ' }))).toEqual({
      type: 'message',
      messageId: '7294958612345678901',
      chat: { kind: 'direct', id: 'app:zhangsan' },
      sender: zhangsan,
      senderKind: 'person',
      text: '  王总：能不能报个价\n李雷：好的  ',
      addressed: true,
      mentions: [],
      repliesTo: null,
      record: null,
      sentAt: 1_700_000_000_000,
    });
  });

  it.each([
    ['a link', { MsgType: 'link', Title: '报价单', Description: '含税', Url: 'https://a' }, '报价单\n含税'],
    ['a picture', { MsgType: 'image', PicUrl: 'https://a', MediaId: 'm' }, ''],
    ['a kind to come', { MsgType: 'hologram' }, ''],
  ])('%s', (_name, fields, text) => {
    const { Content: _none, ...rest } = { Content: '', ...fields };
    expect(normalise(messageXml({ Content: '', ...rest }))).toMatchObject({ type: 'message', text });
  });
});

describe('contacts', () => {
  it('an added one carries the code of the greeting and the chat of the two', () => {
    expect(normalise(contactXml('add_external_contact', { State: 'fair-7', WelcomeCode: 'WC' }))).toMatchObject({
      type: 'contact_added',
      staff: zhangsan,
      person: { id: outsiderId, tenant: null, internal: false },
      chat: { kind: 'group', id: `dm:zhangsan:${outsiderId}` },
      welcomeCode: 'WC',
      at: 1_700_000_000_000,
    });
  });

  it.each([
    ['add_half_external_contact', 'contact_added'],
    ['edit_external_contact', 'contact_edited'],
    ['del_external_contact', 'contact_removed'],
    ['del_follow_user', 'contact_removed'],
  ])('%s is %s', (change, type) => {
    expect(normalise(contactXml(change))).toMatchObject({ type, welcomeCode: null });
  });

  it('the same XML has the same id, another one another', () => {
    const idOf = (xml: string) => (normalise(xml) as { eventId: string }).eventId;
    expect(idOf(contactXml('edit_external_contact'))).toBe(idOf(contactXml('edit_external_contact')));
    expect(idOf(contactXml('edit_external_contact'))).not.toBe(
      idOf(contactXml('edit_external_contact', { CreateTime: 1 })),
    );
  });
});

describe('customer groups', () => {
  const changed = (UpdateDetail: string, ChangeType = 'update') =>
    eventXml('change_external_chat', { FromUserName: 'sys', ChangeType, UpdateDetail, ChatId: 'wrGroup' });

  it('renamed: the name is to be looked up', () => {
    expect(normalise(changed('change_name'))).toEqual({
      type: 'chat_renamed',
      eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
      chat: { kind: 'group', id: 'wrGroup' },
      name: null,
      at: 1_700_000_000_000,
    });
  });

  it('everything else about them is of no interest', () => {
    for (const detail of ['add_member', 'del_member', 'change_owner', 'change_notice'])
      expect(normalise(changed(detail))).toBeNull();
    expect(normalise(changed('', 'dismiss'))).toBeNull();
  });
});

describe('other payloads', () => {
  it('go to the source that stored them', () => {
    expect(normalise('{"liaodan":"kf","say":"m1"}')).toMatchObject({ type: 'recalled', messageId: 'm1' });
  });

  it('of no interest are null', () => {
    expect(normalise(eventXml('enter_agent'))).toBeNull();
    expect(normalise(contactXml('transfer_fail'))).toBeNull();
  });

  it.each([
    '{"liaodan":"bot"}',
    '{"liaodan":"constructor"}',
    '{"liaodan":7}',
    '{}',
    '{broken',
    'words',
    messageXml({ CreateTime: 0 }),
    messageXml({ FromUserName: '' }),
  ])('that cannot be understood throw: %#', (payload) => {
    expect(() => normalise(payload)).toThrow();
  });
});
