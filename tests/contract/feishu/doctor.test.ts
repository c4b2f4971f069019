/** The setup doctor of Feishu against the emulated platform: each thing set up wrongly is named, and what to do about it. */
import { expect, it } from 'vitest';
import { feishu } from '../../../adapters/feishu/index.ts';
import { findingsOf, statesOf, wordsOf } from '../../support/findings.ts';
import { ownMeans } from '../../support/own-means.ts';
import { createRecordingUsage } from '../../support/recording-usage.ts';
import { recordingInbound, recordingLog } from '../../unit/feishu/doubles.ts';
import { ourTenant } from '../../unit/feishu/sealing.ts';
import { type Desk, openDesk } from './harness.ts';

interface Ask {
  readonly env?: Readonly<Record<string, string>>;
  readonly to?: string;
  readonly aheadMs?: number;
  readonly pinned?: string;
}

/** A channel of its own beside the running one, as the command line makes it. */
function examine({ emulator }: Desk, { env = {}, to = '', aheadMs = 0, pinned = ourTenant }: Ask = {}) {
  const { appId, appSecret, encryptKey, verificationToken, mode } = emulator.options;
  const read = feishu.readSettings({
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    FEISHU_MODE: mode,
    ...(mode === 'webhook' && { FEISHU_ENCRYPT_KEY: encryptKey, FEISHU_VERIFICATION_TOKEN: verificationToken }),
    FEISHU_API_BASE: emulator.apiBase,
    ...env,
  });
  if (!read.ok || read.settings === null) throw new Error('the settings of the test are wrong');
  const inbound = recordingInbound();
  inbound.isOurTenant = async (key) => key === pinned;
  const now = () => emulator.clock.now() + aheadMs;
  const channel = feishu.connect(read.settings, {
    inbound,
    now,
    log: recordingLog(),
    usage: createRecordingUsage(),
    publicUrl: null,
    ...ownMeans(now),
  });
  const publicUrl = new URL(emulator.deliveries.callbackUrl() ?? '').origin;
  return findingsOf(channel, { publicUrl, testMessageTo: to || null }, [appSecret, encryptKey, verificationToken]);
}

/** One colleague and one group with our bot in it. */
function office({ world }: Desk['emulator']) {
  const lina = world.addPerson({ name: '李娜' });
  const chat = world.createGroup({ name: '恒锐 成交群', members: [lina] });
  chat.botIn = true;
  return { lina, chat };
}

it('an app that is set up well has nothing to do, and nothing was sent or stored', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const messages = desk.emulator.world.messages.size;
  expect(statesOf(await examine(desk))).toEqual({
    应用凭证: 'good',
    机器人: 'good',
    服务器时间: 'good',
    页面和链接: 'good',
    企业: 'good',
    权限: 'good',
    通讯录范围: 'good',
    机器人所在的群: 'good',
    回调地址: 'good',
  });
  expect(desk.emulator.world.messages.size).toBe(messages);
  expect(desk.inbound.stored).toEqual([]);
  expect(desk.emulator.journal.complaints).toEqual([]);
});

it('a long connection is asked for and not made: the running server keeps every event', async () => {
  await using desk = await openDesk('websocket', { prepare: office });
  expect(wordsOf(await examine(desk), '长连接')).toMatch(/^good .*没有真的连上/);
  expect(desk.emulator.connections()).toBe(1);
  desk.emulator.misbehave.refuseDiscovery(1000040350);
  expect(wordsOf(await examine(desk), '长连接')).toMatch(/^bad .*1000040350.*停掉多余的实例/);
  desk.emulator.misbehave.refuseDiscovery(403);
  expect(wordsOf(await examine(desk), '长连接')).toMatch(/^bad .*使用长连接接收事件/);
});

it('a wrong secret is the one thing said of the platform', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const findings = await examine(desk, { env: { FEISHU_APP_SECRET: 'of-another-app' } });
  expect(statesOf(findings)).toEqual({ 应用凭证: 'bad', 服务器时间: 'good', 页面和链接: 'good', 回调地址: 'good' });
  expect(wordsOf(findings, '应用凭证')).toMatch(/10014.*凭证与基础信息/);
});

it('an app without a bot still has the rest looked at', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const effect = { kind: 'error', status: 400, code: 11205, msg: 'app do not have bot' } as const;
  desk.emulator.misbehave.api({ match: /bot\/v3\/info/, effect });
  const findings = await examine(desk);
  expect(wordsOf(findings, '机器人')).toMatch(/^bad .*11205.*添加应用能力 → 机器人/);
  expect(statesOf(findings)).toMatchObject({ 应用凭证: 'good', 企业: 'good', 权限: 'good' });
});

it('permissions that were not granted are named with what they are for', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const { scopes } = desk.emulator.grants;
  scopes.delete('im:chat.members:bot_access');
  expect(wordsOf(await examine(desk), '权限')).toMatch(/^unknown .*可选的还缺 im:chat.members:bot_access/);
  scopes.delete('im:message.group_msg');
  expect(wordsOf(await examine(desk), '权限')).toMatch(/^bad 还缺 im:message.group_msg（听到群里的话）/);
  scopes.add('im:message.group_at_msg:readonly');
  scopes.add('im:chat');
  expect(wordsOf(await examine(desk), '权限')).toMatch(/^good .*只听得到 @聊单/);
});

it('a call that lacks a permission names it, and a list that cannot be read is no fault', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const refuse = (match: RegExp, code: number, msg = '') =>
    desk.emulator.misbehave.api({ match, effect: { kind: 'error', status: 400, code, msg } });
  refuse(/tenant\/query/, 99991672, 'One of the following scopes is required: [tenant:tenant:readonly]');
  refuse(/application\/v6\/scopes/, 99991672);
  refuse(/contact\/v3\/scopes/, 99991672, 'required: [contact:contact.base:readonly, contact:contact:readonly]');
  const findings = await examine(desk);
  expect(wordsOf(findings, '企业')).toMatch(/^bad .*99991672.*tenant:tenant:readonly/);
  expect(wordsOf(findings, '权限')).toMatch(/^unknown .*docs\/connect-feishu\.md/);
  expect(wordsOf(findings, '通讯录范围')).toMatch(/^bad .*contact:contact\.base:readonly/);
  refuse(/application\/v6\/scopes/, 212100);
  expect(wordsOf(await examine(desk), '权限')).toMatch(/^bad .*还没有发布.*发布/);
});

it('another company, an empty address book and no group at all', async () => {
  await using desk = await openDesk('webhook');
  const findings = await examine(desk, { pinned: 'the-first-company' });
  expect(wordsOf(findings, '企业')).toMatch(/^bad .*不是同一家.*FEISHU_APP_ID/);
  expect(wordsOf(findings, '通讯录范围')).toMatch(/^bad 没有任何人.*通讯录权限范围/);
  expect(wordsOf(findings, '机器人所在的群')).toMatch(/^unknown .*群机器人/);
});

it('keys that differ from the running server are told apart', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const callback = async (env: Ask['env']) => wordsOf(await examine(desk, { env: env ?? {} }), '回调地址');
  expect(await callback({ FEISHU_ENCRYPT_KEY: 'another' })).toMatch(/^bad .*FEISHU_ENCRYPT_KEY.*bad_signature/);
  expect(await callback({ FEISHU_VERIFICATION_TOKEN: 'another' })).toMatch(/^bad .*VERIFICATION_TOKEN.*wrong_token/);
  expect(desk.refusals).toEqual(['bad_signature', 'wrong_token']);
});

it('a clock that is off fails the signature as well, and both are said', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  const findings = await examine(desk, { aheadMs: 400_000 });
  expect(wordsOf(findings, '服务器时间')).toMatch(/^bad 比平台快了 (399|400|401) 秒/);
  // The challenge itself may come unsigned, so a stale one is still answered.
  expect(wordsOf(findings, '回调地址')).toMatch(/^good /);
});

it('a test message reaches the one who asked, or says why not', async () => {
  await using desk = await openDesk('webhook');
  const { lina } = office(desk.emulator);
  expect(wordsOf(await examine(desk, { to: lina.openId }), '测试消息')).toMatch(/^good /);
  expect(desk.emulator.textsOf(lina)).toEqual([expect.stringContaining('聊单诊断')]);
  lina.available = false;
  expect(wordsOf(await examine(desk, { to: lina.openId }), '测试消息')).toMatch(/^bad .*可用范围/);
});

it('a platform out of reach is the one thing said', async () => {
  await using desk = await openDesk('webhook', { prepare: office });
  desk.emulator.misbehave.api({ times: Number.POSITIVE_INFINITY, effect: { kind: 'reset' } });
  const findings = await examine(desk);
  expect(statesOf(findings)).toEqual({ 应用凭证: 'bad', 服务器时间: 'unknown', 页面和链接: 'good', 回调地址: 'good' });
  expect(wordsOf(findings, '应用凭证')).toMatch(/连不上.*代理/);
});
