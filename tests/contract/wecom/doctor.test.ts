/** The setup doctor of WeCom against the emulated platform: each thing set up wrongly is named, and what to do about it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { wecom } from '../../../adapters/wecom/index.ts';
import { findingsOf, statesOf, wordsOf } from '../../support/findings.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { recordingInbound, recordingLog } from '../../unit/wecom/doubles.ts';
import { type Desk, openDesk } from './harness.ts';

interface Ask {
  readonly env?: Readonly<Record<string, string>>;
  readonly publicUrl?: string | null;
  readonly to?: string;
  readonly aheadMs?: number;
}

/** A channel of its own beside the running one, as the command line makes it. */
function examine({ emulator }: Desk, { env = {}, publicUrl, to = '', aheadMs = 0 }: Ask = {}) {
  const { corpId, agentId, secret, token, aesKey } = emulator.options;
  const read = wecom.readSettings({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(agentId),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_AES_KEY: aesKey,
    WECOM_API_BASE: emulator.apiBase,
    ...env,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the test are wrong');
  const now = () => emulator.clock.now() + aheadMs;
  const context = {
    inbound: recordingInbound(),
    now,
    log: recordingLog(),
    usage: createRecordingUsage(),
    publicUrl: null,
    ...ownMeans(now),
  };
  const here = new URL(emulator.deliveries.callbackUrl() ?? '').origin;
  return findingsOf(
    wecom.connect(read.settings, context),
    { publicUrl: publicUrl === undefined ? here : publicUrl, testMessageTo: to || null },
    [secret, token, aesKey],
  );
}

const office = (whole: boolean) => ({
  prepare: ({ grants, world, kf }: Desk['emulator']) => {
    grants.wholeCompany = whole;
    const lina = world.addMember({ userid: 'lina', name: '李娜' });
    kf.addAccount({ name: '客服', staff: [lina.userid] });
  },
});

it('a company that is set up well has nothing to do, and nothing was sent or stored', async () => {
  await using desk = await openDesk(office(true));
  const stored = desk.inbound.stored.length;
  expect(statesOf(await examine(desk))).toEqual({
    应用凭证: 'good',
    企业可信IP: 'good',
    应用: 'good',
    可见范围: 'good',
    服务器时间: 'good',
    页面和链接: 'good',
    回调地址: 'good',
    客户联系: 'good',
    微信客服: 'good',
  });
  expect(desk.emulator.textsOf('lina')).toEqual([]);
  expect(desk.inbound.stored).toHaveLength(stored);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a wrong secret is the one thing said of the platform, and it is tried once', async () => {
  await using desk = await openDesk({ start: false });
  const findings = await examine(desk, { env: { WECOM_SECRET: 'of-another-app' } });
  expect(statesOf(findings)).toEqual({ 应用凭证: 'bad', 服务器时间: 'good', 页面和链接: 'good', 回调地址: 'good' });
  expect(wordsOf(findings, '应用凭证')).toMatch(/40001.*WECOM_SECRET/);
  const complaints = desk.emulator.journal.complaints.map(({ kind }) => kind);
  expect(complaints).toEqual(['wrong_secret']);
});

it('an address that is not trusted is named as the platform saw it', async () => {
  await using desk = await openDesk({ trustedIps: ['203.0.113.9'] });
  const findings = await examine(desk);
  expect(statesOf(findings)).toMatchObject({ 应用凭证: 'good', 企业可信IP: 'bad' });
  expect(wordsOf(findings, '企业可信IP')).toMatch(/127\.0\.0\.1.*「企业可信IP」加上它/);
});

it('the agent of another app, an app out of use, and a platform that is busy', async () => {
  await using desk = await openDesk(office(true));
  const other = await examine(desk, { env: { WECOM_AGENT_ID: '1000099' } });
  expect(wordsOf(other, '应用')).toMatch(/^bad .*301002.*WECOM_AGENT_ID/);
  desk.emulator.grants.active = false;
  expect(wordsOf(await examine(desk), '应用')).toMatch(/^bad .*48006.*重新启用/);
  desk.emulator.grants.active = true;
  desk.emulator.misbehave.api({ match: /agent\/get/, effect: { kind: 'error', code: -1 } });
  expect(wordsOf(await examine(desk), '应用')).toMatch(/^unknown /);
});

it('an empty visible range reaches nobody; a part of the company is counted', async () => {
  await using desk = await openDesk({ prepare: ({ grants }) => Object.assign(grants, { wholeCompany: false }) });
  expect(wordsOf(await examine(desk), '可见范围')).toMatch(/^bad 没有任何人.*选上所有要用的同事/);
  desk.emulator.world.addMember({ userid: 'lina', name: '李娜' });
  expect(wordsOf(await examine(desk), '可见范围')).toMatch(/^good 1 位成员、0 个部门/);
});

it('what is optional and not in use is said as that, with the steps to it', async () => {
  await using desk = await openDesk({ prepare: ({ grants }) => Object.assign(grants, { customerContact: false }) });
  const findings = await examine(desk);
  expect(wordsOf(findings, '客户联系')).toMatch(/^unknown .*可调用接口的应用/);
  expect(wordsOf(findings, '微信客服')).toMatch(/^unknown .*可管理的客服账号/);
  const own = await examine(desk, { env: { WECOM_CONTACT_SECRET: 'not-the-one' } });
  expect(wordsOf(own, '客户联系')).toMatch(/^bad .*WECOM_CONTACT_SECRET/);
});

it('keys that differ from the running server are told apart', async () => {
  await using desk = await openDesk(office(true));
  const callback = async (ask: Ask) => wordsOf(await examine(desk, ask), '回调地址');
  expect(await callback({ env: { WECOM_TOKEN: 'another' } })).toMatch(/^bad .*WECOM_TOKEN.*bad_signature/);
  expect(await callback({ env: { WECOM_AES_KEY: 'a'.repeat(43) } })).toMatch(/^bad .*WECOM_AES_KEY.*bad_encryption/);
  expect(await callback({ env: { WECOM_CORP_ID: 'ww00000000000000ff' } })).toMatch(/^bad .*wrong_corp/);
  expect(desk.refusals).toEqual(['bad_signature', 'bad_encryption', 'wrong_corp']);
});

it('an address that does not lead to us is told apart by how it fails', async () => {
  await using desk = await openDesk(office(true));
  const callback = async (publicUrl: string | null, env = {}) =>
    wordsOf(await examine(desk, { publicUrl, env }), '回调地址');
  let answer = { status: 404, body: 'nginx' };
  const other = createServer((_request, response) => {
    response.writeHead(answer.status, { location: 'https://elsewhere.example' }).end(answer.body);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  expect(await callback(url)).toMatch(/^bad .*回答的不是聊单（HTTP 404）/);
  for (const [status, body, words] of [
    [200, '<html>', /^bad .*回答的不是聊单（HTTP 200）/],
    [301, '', /^bad .*转到了别处（301）/],
    [502, '', /^bad .*聊单不在（HTTP 502）/],
    [500, '', /^bad .*没有接受（HTTP 500）/],
    [404, '{"error":"not_connected"}', /^bad .*没有接入这个平台/],
    [401, 'stale_timestamp', /^bad .*stale_timestamp.*时间/],
  ] as const) {
    answer = { status, body };
    expect(await callback(url), String(status)).toMatch(words);
  }
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
  expect(await callback(url)).toMatch(/^bad .*拒绝连接/);
  expect(await callback('http://nobody.invalid')).toMatch(/^bad .*解析不到地址/);
  expect(await callback('https://')).toMatch(/^bad .*不是一个网址/);
  expect(await callback(null)).toMatch(/^unknown .*PUBLIC_URL/);
});

it('a clock that is off is told with how much and which way', async () => {
  await using desk = await openDesk(office(true));
  expect(wordsOf(await examine(desk, { aheadMs: 90_000 }), '服务器时间')).toMatch(/^bad 比平台快了 (89|90|91) 秒/);
  expect(wordsOf(await examine(desk, { aheadMs: -90_000 }), '服务器时间')).toMatch(/^bad 比平台慢了 (89|90|91) 秒/);
  expect(wordsOf(await examine(desk, { aheadMs: 50_000 }), '服务器时间')).toMatch(/^good /);
});

it('a test message reaches the one who asked, or says why not', async () => {
  await using desk = await openDesk(office(true));
  expect(wordsOf(await examine(desk, { to: 'lina' }), '测试消息')).toMatch(/^good 已发给 lina/);
  expect(desk.emulator.textsOf('lina')).toEqual([expect.stringContaining('聊单诊断')]);
  expect(wordsOf(await examine(desk, { to: 'nobody' }), '测试消息')).toMatch(/^bad .*可见范围.*userid/);
});

it('a platform out of reach is the one thing said', async () => {
  await using desk = await openDesk({ start: false });
  desk.emulator.misbehave.api({ times: Number.POSITIVE_INFINITY, effect: { kind: 'reset' } });
  const findings = await examine(desk);
  expect(statesOf(findings)).toEqual({ 应用凭证: 'bad', 服务器时间: 'unknown', 页面和链接: 'good', 回调地址: 'good' });
  expect(wordsOf(findings, '应用凭证')).toMatch(/连不上.*代理/);
});
