// An ordinary browser on a computer: the platforms' own login, back to the very page that was wanted, and what is refused.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

describeBrowser('signing in from an ordinary browser', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ wecom: {}, dingtalk: {}, logLevel: 'silent' });
    await pageReady(sandbox);
  });
  afterAll(() => sandbox.close());

  const desktop = (): Promise<Page> => blankPage(browser(), { viewport: { width: 1280, height: 800 } });
  const see = (page: Page, words: string) => page.getByText(words).first().waitFor();
  const choose = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).click();
  const login = (page: Page, platform: string) => page.getByRole('link', { name: `用${platform}登录` }).click();

  async function customerId(name: string): Promise<string> {
    const found = await sandbox.app.look((tx) => tx.customer.find({ name }));
    if (!found) throw new Error(`no customer ${name}`);
    return found.id;
  }

  it.each([
    ['企业微信', '温州泰利阀门', true],
    ['飞书', '宁波恒锐机电', false],
    ['钉钉', '绍兴越丰印染', false],
  ])('%s: comes back to the deep page with its query, and 退出登录 ends it', async (platform, customer, leaves) => {
    const page = await desktop();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    const path = `/app/customers/${await customerId(customer)}?from=card%20%26`;
    await page.goto(sandbox.url + path);
    await see(page, '登录聊单');
    await login(page, platform);
    await choose(page, '李娜');
    await page.getByRole('heading', { level: 1, name: customer }).waitFor();
    const url = new URL(page.url());
    expect([url.pathname, url.searchParams.get('from'), url.searchParams.get('entered')]).toEqual([
      path.split('?')[0],
      'card &',
      'ok',
    ]);
    if (leaves) {
      await page.getByRole('link', { name: '今天' }).click();
      await page.getByRole('button', { name: '退出登录' }).click();
      await see(page, '登录聊单');
      expect(new URL(page.url()).pathname).toBe('/app/today');
      expect((await page.context().cookies()).filter(({ name }) => name === 'liaodan')).toEqual([]);
    }
    expect(complaints).toEqual([]);
    for (const mount of [sandbox, sandbox.wecom, sandbox.dingtalk])
      expect(mount?.platform.journal.complaints).toEqual([]);
  });

  it('refuses a state of another browser, an answer twice, strangers and people of other companies, each in words', async () => {
    const { wecom, dingtalk } = sandbox;
    if (!wecom || !dingtalk) throw new Error('the sandbox has all three platforms');
    const page = await desktop();
    await page.goto(`${sandbox.url}/app/today`);
    await see(page, '登录聊单');

    const forged = `${sandbox.url}/app/enter/wecom?code=${wecom.platform.signInCode(wecom.company.staff.lina)}&state=00`;
    await page.goto(forged);
    await see(page, '没有登录成功');
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('liaodan');

    const newcomer = wecom.platform.world.addMember({ name: '新同事' });
    await login(page, '企业微信');
    let answered = '';
    page.on('request', (request) => {
      if (request.url().includes('/app/enter/wecom?code=')) answered = request.url();
    });
    await choose(page, newcomer.name);
    await see(page, '聊单还不认识你');
    await page.goto(answered);
    await see(page, '没有登录成功');

    const outsider = dingtalk.platform.world.addPerson({ name: '外面的人', company: '别的公司' });
    await login(page, '钉钉');
    await choose(page, outsider.name);
    await see(page, '没有登录成功');
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('liaodan');
  });
});
