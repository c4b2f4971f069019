/** The setup doctor of DingTalk against the emulated platform: each thing set up wrongly is named, and what to do about it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { dingtalk } from '../../../adapters/dingtalk/index.ts';
import { findingsOf, statesOf, wordsOf } from '../../support/findings.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { recordingInbound, recordingLog } from '../../unit/dingtalk/inbound/doubles.ts';
import { type Desk, office, openDesk } from './harness.ts';

interface Ask {
  readonly env?: Readonly<Record<string, string>>;
  readonly to?: string;
  readonly aheadMs?: number;
  readonly used?: number;
  readonly place?: string;
}

/** A channel of its own beside the running one, as the command line makes it. */
function examine({ emulator }: Desk, { env = {}, to = '', aheadMs = 0, used = 0, place }: Ask = {}) {
  const { clientId, clientSecret, corpId, token, aesKey, mode } = emulator.options;
  const read = dingtalk.readSettings({
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_CORP_ID: corpId,
    DINGTALK_MODE: mode,
    ...(mode === 'webhook' && { DINGTALK_TOKEN: token, DINGTALK_AES_KEY: aesKey }),
    DINGTALK_API_BASE: emulator.apiBase,
    DINGTALK_OAPI_BASE: emulator.oapiBase,
    ...env,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the test are wrong');
  const usage = createRecordingUsage();
  usage.add('api', used);
  const now = () => emulator.clock.now() + aheadMs;
  const channel = dingtalk.connect(read.settings, {
    inbound: recordingInbound(),
    now,
    log: recordingLog(),
    usage,
    publicUrl: null,
    ...ownMeans(now),
  });
  const publicUrl = place ?? new URL(emulator.deliveries.callbackUrl() ?? '').origin;
  return findingsOf(channel, { publicUrl, testMessageTo: to || null }, [clientSecret, token, aesKey]);
}

it('an app that is set up well has nothing to do; two calls are spent, nothing is sent, no connection is taken', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  expect(statesOf(await examine(desk))).toEqual({
    应用凭证: 'good',
    通讯录范围: 'good',
    服务器时间: 'good',
    页面和链接: 'good',
    企业: 'good',
    成员信息权限: 'good',
    'Stream 连接': 'good',
    '本月 API 额度': 'good',
    本月推送额度: 'good',
    机器人发消息: 'good',
    卡片权限和模板: 'good',
  });
  expect(desk.emulator.quota.used('openApi')).toBe(2);
  expect(desk.emulator.gateway.connections()).toHaveLength(1);
  expect(desk.emulator.textsOf(lina)).toEqual([]);
  expect(desk.emulator.cardsOf(lina)).toEqual([]);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a wrong secret leaves nothing else to ask the platform', async () => {
  await using desk = await openDesk({ start: false });
  const findings = await examine(desk, { env: { DINGTALK_CLIENT_SECRET: 'of-another-app' } });
  expect(wordsOf(findings, '应用凭证')).toMatch(/^bad .*invalidClientIdOrSecret.*DINGTALK_CLIENT_SECRET/);
  expect(wordsOf(findings, 'Stream 连接')).toMatch(/^bad .*authFailed.*重新复制/);
  expect(findings.has('机器人发消息')).toBe(false);
  expect(desk.emulator.quota.used('openApi')).toBe(0);
});

it('the id of another company is told before its messages are all refused', async () => {
  await using desk = await openDesk();
  const findings = await examine(desk, { env: { DINGTALK_CORP_ID: 'dingsomeoneelse' } });
  expect(wordsOf(findings, '企业')).toMatch(/^bad .*DINGTALK_CORP_ID.*重启/);
  const effect = { kind: 'not_json', status: 502 } as const;
  desk.emulator.misbehave.api({ match: /oauth2\/ding/, effect });
  expect(wordsOf(await examine(desk), '企业')).toMatch(/^unknown /);
});

it('missing permissions are named with the page that grants them', async () => {
  await using desk = await openDesk();
  const { scopes } = desk.emulator.grants;
  for (const scope of ['qyapi_robot_sendmsg', 'Card.Instance.Write', 'qyapi_get_member', 'qyapi_get_department_list'])
    scopes.delete(scope);
  const findings = await examine(desk);
  expect(wordsOf(findings, '机器人发消息')).toMatch(/^bad 缺少权限 qyapi_robot_sendmsg.*appscope\/apply/);
  expect(wordsOf(findings, '卡片权限和模板')).toMatch(/^bad 缺少权限 Card\.Instance\.Write.*appscope\/apply/);
  expect(wordsOf(findings, '成员信息权限')).toMatch(/^bad 缺少权限 qyapi_get_member.*appscope\/apply/);
  expect(wordsOf(findings, '通讯录范围')).toMatch(/^unknown .*qyapi_get_department_list/);
  expect(desk.emulator.quota.used('openApi')).toBe(0);
});

it('a robot of another app, and a template that is not there or not published', async () => {
  await using desk = await openDesk();
  desk.emulator.cards.addTemplate({ id: 'mine.schema', published: false });
  const env = { DINGTALK_ROBOT_CODE: 'another', DINGTALK_CARD_TEMPLATE_ID: 'mine.schema' };
  const findings = await examine(desk, { env });
  expect(wordsOf(findings, '机器人发消息')).toMatch(/^bad .*DINGTALK_ROBOT_CODE/);
  expect(wordsOf(findings, '卡片权限和模板')).toMatch(/^bad 模板 mine\.schema .*发布.*DINGTALK_CARD_TEMPLATE_ID/);
  const gone = await examine(desk, { env: { DINGTALK_CARD_TEMPLATE_ID: 'gone.schema' } });
  expect(wordsOf(gone, '卡片权限和模板')).toMatch(/^bad 模板 gone\.schema /);
});

it("a month's allowance that runs out is told by our own count, and one that is out by the platform", async () => {
  await using desk = await openDesk();
  expect(wordsOf(await examine(desk, { used: 4_499 }), '本月 API 额度')).toMatch(/^good .*4499 次，上限 5000 次/);
  expect(wordsOf(await examine(desk, { used: 4_500 }), '本月 API 额度')).toMatch(/^bad .*DINGTALK_MONTHLY_CALLS/);
  desk.emulator.quota.spend('openApi', desk.emulator.quota.left('openApi'));
  const findings = await examine(desk);
  expect(wordsOf(findings, '机器人发消息')).toMatch(/^unknown .*ApiCountLimitForOrg.*额度已用完/);
  expect(wordsOf(findings, '卡片权限和模板')).toMatch(/^unknown /);
});

it('a gateway that gives no connection', async () => {
  await using desk = await openDesk();
  desk.emulator.misbehave.gateway.refuseOpening(503);
  expect(wordsOf(await examine(desk), 'Stream 连接')).toMatch(/^bad .*503.*443/);
});

it('over HTTP the address answers our own sealed event, and keys that differ are told apart', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  const callback = async (ask: Ask) => wordsOf(await examine(desk, ask), '回调地址');
  expect(await callback({})).toMatch(/^good /);
  expect(await callback({ env: { DINGTALK_TOKEN: 'another' } })).toMatch(/^bad .*DINGTALK_TOKEN.*bad_signature/);
  expect(await callback({ env: { DINGTALK_AES_KEY: 'a'.repeat(43) } })).toMatch(/^bad .*AES_KEY.*bad_encryption/);
  expect(await callback({ env: { DINGTALK_CLIENT_ID: 'dinganotherapp' } })).toMatch(/^bad .*wrong_owner/);
  expect(desk.refusals).toEqual([null, 'bad_signature', 'bad_encryption', 'wrong_owner']);
  expect(desk.inbound.stored).toEqual([]);
});

it('who gives back what was sent, or answers unsigned, is not us', async () => {
  await using desk = await openDesk({ mode: 'webhook' });
  let answer = (query: Readonly<Record<string, string>>, body: string) => ({ ...query, ...JSON.parse(body) });
  const other = createServer(async (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://other').searchParams);
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end(JSON.stringify(answer({ ...query, timeStamp: query.timestamp ?? '' }, body)));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const place = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(wordsOf(await examine(desk, { place }), '回调地址')).toMatch(/^bad .*回答的不是聊单/);
  answer = () => ({ msg_signature: 'x', timeStamp: '1', nonce: 'n', encrypt: 'e' });
  expect(wordsOf(await examine(desk, { place }), '回调地址')).toMatch(/^bad .*回答的不是聊单/);
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
});

it('a clock that is off is told with how much and which way', async () => {
  await using desk = await openDesk();
  expect(wordsOf(await examine(desk, { aheadMs: -120_000 }), '服务器时间')).toMatch(/^bad 比平台慢了 (119|120|121) 秒/);
});

it('a test message reaches the one who asked, or says why not', async () => {
  await using desk = await openDesk();
  const { lina } = office(desk.emulator);
  const findings = await examine(desk, { to: lina.userId });
  expect(wordsOf(findings, '成员信息权限')).toMatch(/^good 读得到同事的姓名/);
  expect(wordsOf(findings, '测试消息')).toMatch(/^good /);
  expect(desk.emulator.textsOf(lina)).toEqual([expect.stringContaining('聊单诊断')]);
  const nobody = await examine(desk, { to: 'nobody' });
  expect(wordsOf(nobody, '成员信息权限')).toMatch(/^bad .*没有这个人/);
  expect(wordsOf(nobody, '测试消息')).toMatch(/^bad .*可使用范围.*UserID/);
});

it('a platform out of reach is the one thing said', async () => {
  await using desk = await openDesk({ start: false });
  desk.emulator.misbehave.api({ times: Number.POSITIVE_INFINITY, effect: { kind: 'reset' } });
  const findings = await examine(desk);
  expect(wordsOf(findings, '应用凭证')).toMatch(/^bad .*连不上.*代理/);
  expect(statesOf(findings)).toMatchObject({ 服务器时间: 'unknown', 页面和链接: 'good', 'Stream 连接': 'bad' });
});
