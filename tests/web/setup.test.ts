// The first run in a real browser: from an empty database to greeted salespeople, with what goes wrong on the way.

import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { comeTo, type FirstRun, type Newcomer, startFirstRun } from './setup-support.ts';

/** Some twenty seconds where nothing else is under way. */
const LONG = { timeout: 180_000 };

describeBrowser('the first run', () => {
  const browser = useBrowser();
  beforeAll(() => void mkdirSync('.cache/pages', { recursive: true }));

  it(
    'on three platforms: no server, a wrong code, a wrong secret that the doctor names, and then everything to the greeting',
    LONG,
    async () => {
      await using run = await startFirstRun();
      const { feishu, wecom, dingtalk } = run;
      const { world } = feishu.emulator;
      const sales = world.addDepartment('销售部');
      const [chen, lina] = ['陈总监', '李娜'].map((name) => world.addPerson({ name, departmentIds: [sales.openId] }));
      if (!chen || !lina) throw new Error('nobody was added');
      sales.leaderId = chen.openId;
      wecom.emulator.world.addMember({ userid: 'wangqiang', name: '王强' });
      dingtalk.emulator.world.addPerson({ userId: 'xu', name: '徐会计' });

      const me = await comeTo(browser(), run.url);
      await enter(me, run.code);
      await company(me, run.url);
      await connectFeishu(me, run);
      await connectWecom(me, run);
      await connectDingtalk(me, run);

      await me.tap('下一步：同事名单');
      await me.arrive('同事名单');
      await me.tap('再读一次');
      await me.see('通讯录读完了');
      await me.see(/钉钉：已同步 1 人/);
      await me.picture('people');

      await testMessage(me);
      await feishu.emulator.waitForText(lina, '聊单诊断');

      await me.arrive('管理员');
      await me.fill('找同事', '陈');
      await me.page.getByRole('checkbox', { name: /陈总监/ }).setChecked(true);
      await me.picture('admins');
      await me.tap('保存，下一步');

      await me.arrive('主管群');
      await me.see('正在等群里的这句话');
      await me.picture('group');
      const group = world.createGroup({ name: '销售主管', members: [chen] });
      feishu.emulator.addBotToGroup(group, chen);
      feishu.emulator.say(chen, group, '@聊单 绑定 主管群', { mention: ['bot'] });
      await me.see('已绑定：销售主管');
      await me.tap('下一步：完成');

      await me.arrive('完成');
      await me.see('给 4 位同事发一条问候');
      await me.picture('finish');
      await me.tap('完成设置，开始使用');
      await me.arrive('可以用了');
      await me.see('把客户的原话转发或粘贴给“聊单”应用');
      await me.picture('closing');
      const greeting = await feishu.emulator.waitForCard(lina, '你好，我是聊单');
      expect(greeting.text).toContain('客户的话怎么到我这里');
      await wecom.emulator.waitForText('wangqiang', '你好，我是聊单');

      await me.page.reload();
      await me.arrive('设置已经完成');
      await me.see('npm run crm -- setup');
      await me.picture('finished');
      expect(me.complaints).toEqual([]);

      await reopen(browser(), run);
    },
  );
});

async function enter(me: Newcomer, code: string): Promise<void> {
  await me.arrive('输入一次性代码');
  await me.page.route('**/api/setup', (route) => route.abort());
  await me.page.reload();
  await me.see('连不上聊单服务器');
  await me.picture('no-server');
  await me.page.unroute('**/api/setup');
  await me.arrive('输入一次性代码');
  await me.fill('一次性代码', 'AAAA-AAAA');
  await me.tap('开始设置');
  await me.see('代码不对');
  await me.picture('code');
  await me.fill('一次性代码', code.toLowerCase());
  await me.tap('开始设置');
}

async function company(me: Newcomer, url: string): Promise<void> {
  await me.arrive('公司和行业');
  await me.tap('保存，下一步');
  await me.see('请填公司名称');
  await me.see('请选一个最接近的行业');
  await me.fill('公司名称', '海川精密');
  await me.page.getByRole('radio', { name: /制造/ }).check();
  await me.fill('公网地址', url);
  await me.picture('company');
  await me.tap('保存，下一步');
}

async function connectFeishu(me: Newcomer, { feishu: { environment, emulator } }: FirstRun): Promise<void> {
  await me.arrive('接入平台');
  await me.picture('platforms');
  await me.page.getByRole('link', { name: /飞书/ }).click();
  await me.arrive('接入飞书');
  await me.fill('App ID', 'cli_1');
  await me.fill('App Secret', 'not-the-secret');
  await me.tap('保存并检查');
  await me.see('App ID 的样子不对');
  await me.picture('feishu-form');
  await me.fill('App ID', environment['FEISHU_APP_ID'] ?? '');
  await me.tap('保存并检查');
  await me.see('怎么办：');
  await me.see(/有 \d+ 项要改/);
  await me.see('没有连上');
  await me.picture('feishu-wrong');
  await me.fill('App Secret', environment['FEISHU_APP_SECRET'] ?? '');
  await me.tap('保存并检查');
  await emulator.waitForConnection();
  await me.see('没有要改的，可以用了');
  expect(await me.page.getByLabel('App Secret', { exact: true }).inputValue()).toBe('');
  await me.picture('feishu-good');
}

async function connectWecom(me: Newcomer, { wecom: { environment, emulator }, url }: FirstRun): Promise<void> {
  await me.page.getByRole('link', { name: '所有平台' }).click();
  await me.page.getByRole('link', { name: /企业微信/ }).click();
  await me.arrive('接入企业微信');
  await me.see(`${url}/callbacks/wecom`);
  const values = {
    '企业 ID': 'WECOM_CORP_ID',
    AgentId: 'WECOM_AGENT_ID',
    Secret: 'WECOM_SECRET',
    Token: 'WECOM_TOKEN',
    EncodingAESKey: 'WECOM_AES_KEY',
  };
  for (const [label, variable] of Object.entries(values)) await me.fill(label, environment[variable] ?? '');
  await me.tap('保存并检查');
  await me.see('没有要改的，可以用了');
  await me.picture('wecom');
  expect(await emulator.checkCallback()).toMatchObject({ ok: true });
}

async function connectDingtalk(me: Newcomer, { dingtalk: { environment, emulator } }: FirstRun): Promise<void> {
  await me.page.getByRole('link', { name: '所有平台' }).click();
  await me.page.getByRole('link', { name: /钉钉/ }).click();
  await me.arrive('接入钉钉');
  const values = { CorpId: 'CORP_ID', 'Client ID': 'CLIENT_ID', 'Client Secret': 'CLIENT_SECRET' };
  for (const [label, name] of Object.entries(values)) await me.fill(label, environment[`DINGTALK_${name}`] ?? '');
  await me.tap('保存并检查');
  await emulator.waitForConnection();
  await me.see('都正常，可以用了');
  await me.picture('dingtalk');
}

/** Back to a step that is done: 李娜 gets a message on Feishu. */
async function testMessage(me: Newcomer): Promise<void> {
  await me.page.goto(new URL('./feishu', me.page.url()).href);
  await me.arrive('接入飞书');
  await me.fill('发给谁', '李');
  await me.tap('发给李娜');
  await me.see('测试消息');
  await me.see('没有要改的，可以用了');
  await me.picture('test-message');
  await me.tap('下一步：同事名单');
  await me.tap('下一步：管理员');
}

/** With a new code somebody else finds everything as it was left, and takes a platform back; the code works once. */
async function reopen(browser: Browser, { run, url }: FirstRun): Promise<void> {
  const { out } = await run('setup');
  const code = /一次性代码：(\S+)/.exec(out)?.[1] ?? '';
  const [colleague, another] = [await comeTo(browser, url), await comeTo(browser, url)];
  await colleague.fill('一次性代码', code);
  await colleague.tap('开始设置');
  await colleague.arrive('完成');
  await colleague.see('海川精密');
  await another.fill('一次性代码', code);
  await another.tap('开始设置');
  await another.see('这个代码已经用过');
  await colleague.page.goto(`${url}/app/setup/dingtalk`);
  await colleague.arrive('接入钉钉');
  await colleague.tap('断开');
  await colleague.tap('确定断开');
  await colleague.see('未接入');
  await colleague.see('把后台的这几项填过来');
  expect(await colleague.page.getByLabel('CorpId').inputValue()).toBe('');
}
