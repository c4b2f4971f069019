/** From a raw callback to the row, the tap or the bell, and the answer. */
import { encrypt } from '@wecom/crypto';
import { describe, expect, it } from 'vitest';
import { createIntake } from '../../../adapters/wecom/intake.ts';
import { createReceiver } from '../../../adapters/wecom/receive.ts';
import { createVerifier } from '../../../adapters/wecom/verify.ts';
import { recordingInbound, recordingLog } from './doubles.ts';
import {
  agentId,
  contactXml,
  corpId,
  echo,
  eventXml,
  type Fields,
  keys,
  messageXml,
  nowMs,
  push,
  tapXml,
} from './sealing.ts';

function setUp() {
  const inbound = recordingInbound();
  const log = recordingLog();
  const woken: string[] = [];
  const intake = createIntake({
    corpId,
    agentId,
    inbound,
    answerTap: async (xml, key) => {
      woken.push(`tap ${key.length}`);
      return xml.includes('key-advance');
    },
    wakeService: (account, token) => woken.push(`kf ${account} ${token}`),
    serviceAccountsChanged: () => woken.push('accounts'),
    wakeArchive: () => woken.push('archive'),
  });
  const verifier = createVerifier({ ...keys, corpId }, () => nowMs);
  return { inbound, log, woken, receive: createReceiver(verifier, intake, log) };
}

const outsiderId = 'wmQ7bXCgAAdDkYxPcKm0J4sMZfN2vH1w';
const ok = { status: 200, contentType: 'text/plain; charset=utf-8', body: '', refusal: null };

describe('a message', () => {
  it('is stored as it was under its MsgId, in the order of its chat, and only then answered with an empty 200', async () => {
    const { inbound, receive } = setUp();
    let stored = false;
    inbound.onStore = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stored = true;
    };
    const answer = await receive(push(messageXml()));
    expect(stored).toBe(true);
    expect(answer).toEqual(ok);
    expect(inbound.stored).toEqual([
      { eventKey: 'msg:7294958612345678901', orderKey: 'app:zhangsan', payload: messageXml() },
    ]);
  });

  it('sent again in a fresh envelope carries the same key', async () => {
    const { inbound, receive } = setUp();
    await receive(push(messageXml()));
    await receive(push(messageXml(), { age: 7 }));
    expect(inbound.stored).toHaveLength(1);
  });

  it('gets no 200 when it could not be stored, and the log does not say why in words of the message', async () => {
    const { inbound, log, receive } = setUp();
    inbound.onStore = () => Promise.reject(new Error('disk full while writing 能不能报个价'));
    expect(await receive(push(messageXml()))).toMatchObject({ status: 500, refusal: 'store_failed' });
    expect(log.lines.join()).not.toContain('报个价');
    expect(log.lines).toHaveLength(1);
  });

  it.each([
    ['without an id', { MsgId: '' }, 422, 'bad_xml'],
    ['with an id of another shape', { MsgId: 'a b' }, 422, 'bad_xml'],
    ['with a long id', { MsgId: '7'.repeat(65) }, 422, 'bad_xml'],
    ['without a sender', { FromUserName: '' }, 422, 'bad_xml'],
    ['to another app', { AgentID: 1000003 }, 403, 'wrong_app'],
    ['to another company', { ToUserName: 'ww00000000000000ff' }, 403, 'wrong_corp'],
  ])('%s is refused and not stored', async (_name, fields, status, refusal) => {
    const { inbound, receive } = setUp();
    expect(await receive(push(messageXml(fields)))).toMatchObject({ status, refusal });
    expect(inbound.stored).toEqual([]);
  });

  it('of a company that is not the pinned one is refused', async () => {
    const { inbound, receive } = setUp();
    inbound.isOurTenant = async () => false;
    expect(await receive(push(messageXml()))).toMatchObject({ status: 403, refusal: 'wrong_tenant' });
  });
});

describe('events', () => {
  it.each([
    'add_external_contact',
    'add_half_external_contact',
    'edit_external_contact',
    'del_external_contact',
    'del_follow_user',
  ])('%s is stored in the order of the two people', async (change) => {
    const { inbound, receive } = setUp();
    expect(await receive(push(contactXml(change)))).toEqual(ok);
    expect(inbound.stored).toMatchObject([{ orderKey: `dm:zhangsan:${outsiderId}`, payload: contactXml(change) }]);
    expect(inbound.stored[0]?.eventKey).toMatch(/^evt:[0-9a-f]{64}$/);
  });

  it('two of the same sender in the same second have two keys, and one delivered twice has one', async () => {
    const { inbound, receive } = setUp();
    await receive(push(contactXml('edit_external_contact')));
    await receive(push(contactXml('edit_external_contact')));
    await receive(push(contactXml('edit_external_contact', { UserID: 'lisi' })));
    expect(inbound.stored.map(({ orderKey }) => orderKey)).toEqual([
      `dm:zhangsan:${outsiderId}`,
      `dm:lisi:${outsiderId}`,
    ]);
  });

  it('a renamed group is stored in the order of its words, each renaming once', async () => {
    const { inbound, receive } = setUp();
    const renamed = (fields: Fields = {}) =>
      eventXml('change_external_chat', { ChangeType: 'update', UpdateDetail: 'change_name', ChatId: 'wr1', ...fields });
    for (const xml of [renamed(), renamed(), renamed({ CreateTime: 1_700_000_001 }), renamed({ ChatId: 'wr2' })])
      expect(await receive(push(xml))).toEqual(ok);
    expect(inbound.stored.map(({ orderKey }) => orderKey)).toEqual(['wr1', 'wr1', 'wr2']);
    expect(await receive(push(renamed({ ChatId: '' })))).toMatchObject({ status: 422 });
  });

  it('bells wake and store nothing', async () => {
    const { inbound, woken, receive } = setUp();
    // The bell of a service account has neither a sender nor an AgentID.
    const bell = `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[kf_msg_or_event]]></Event><Token><![CDATA[ENC1]]></Token><OpenKfId><![CDATA[wkA]]></OpenKfId></xml>`;
    await receive(push(bell));
    await receive(push(bell.replace(/<Token>.*<\/Token>/, '')));
    await receive(push(eventXml('msgaudit_notify', { AgentID: 2000004 })));
    await receive(push(eventXml('kf_account_auth_change', { AuthAddOpenKfId: ['wkA', 'wkB'] })));
    expect(woken).toEqual(['kf wkA ENC1', 'kf wkA null', 'archive', 'accounts']);
    expect(inbound.stored).toEqual([]);
  });

  it('a tap is decided before the answer; one of another app or that cannot be read is refused', async () => {
    const { woken, receive } = setUp();
    expect(await receive(push(tapXml()))).toEqual(ok);
    expect(woken).toEqual(['tap 68']);
    expect(await receive(push(tapXml({ EventKey: 'other' })))).toMatchObject({ status: 422, refusal: 'bad_xml' });
    expect(await receive(push(tapXml({ AgentID: 7 })))).toMatchObject({ status: 403, refusal: 'wrong_app' });
  });

  it.each([
    eventXml('enter_agent'),
    eventXml('change_external_chat', { ChangeType: 'update', ChatId: 'wr1', UpdateDetail: 'add_member' }),
    eventXml('change_external_chat', { ChangeType: 'dismiss', ChatId: 'wr1' }),
    eventXml('change_external_contact', { ChangeType: 'transfer_fail', UserID: 'a', ExternalUserID: 'b' }),
    eventXml('template_card_menu_event'),
    eventXml('something_new', { Deep: { Item: ['1'] } }),
  ])('a kind of no interest is acknowledged, so that it is not sent again, and not stored: %#', async (xml) => {
    const { inbound, woken, receive } = setUp();
    expect(await receive(push(xml))).toEqual(ok);
    expect([...inbound.stored, ...woken]).toEqual([]);
  });

  it('without what identifies them are refused', async () => {
    const { receive } = setUp();
    expect(await receive(push(contactXml('add_external_contact', { UserID: '' })))).toMatchObject({ status: 422 });
    expect(await receive(push(eventXml('kf_msg_or_event')))).toMatchObject({ status: 422 });
    expect(await receive(push('<xml><a></xml>'))).toMatchObject({ status: 422, refusal: 'bad_xml' });
  });
});

describe('the request itself', () => {
  it('GET answers the echo and nothing else', async () => {
    const { receive } = setUp();
    const sealed = encrypt(keys.aesKey, '1616140317555161061', corpId);
    expect(await receive(echo(sealed))).toEqual({ ...ok, body: '1616140317555161061' });
    expect(await receive({ ...echo(sealed), query: {} })).toMatchObject({ status: 400, refusal: 'no_echo' });
  });

  it('other methods and forgeries are refused with a word', async () => {
    const { receive, log } = setUp();
    expect(await receive({ ...push(messageXml()), method: 'PUT' })).toMatchObject({ status: 405 });
    expect(await receive(push(messageXml(), { token: 'forged' }))).toMatchObject({
      status: 401,
      body: 'bad_signature',
    });
    expect(log.lines).toEqual([]);
  });
});
