// The customer page as WeCom's and DingTalk's clients open it: signed in without a tap, on the customer of the chat beside it.

import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { userAgents } from './bridge-support.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

describeBrowser('the customer page in its client', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await open({ wecom: {}, dingtalk: {} });
    await pageReady(sandbox);
  });

  async function visit(address: string, userAgent: string): Promise<Page> {
    const page = await blankPage(browser(), { userAgent });
    await page.goto(address);
    return page;
  }
  const see = (page: Page, words: string) => page.getByText(words).first().waitFor();
  const all = () => {
    const { wecom, dingtalk } = sandbox;
    if (!wecom || !dingtalk) throw new Error('the sandbox has all three platforms');
    return { wecom, dingtalk };
  };

  it('WeCom: the toolbar of a contact shows whose customer that is', async () => {
    const { platform, company } = all().wecom;
    const beside = { contact: company.customers.lin };
    const page = await visit(
      platform.openPage(company.staff.lina, `${sandbox.url}/app/customer`, beside),
      userAgents.wecom,
    );
    await see(page, '温州泰利阀门');
    expect(new URL(page.url()).searchParams.get('entered')).toBe('ok');
    await page.reload();
    await see(page, '温州泰利阀门');
    expect(platform.journal.complaints).toEqual([]);
  });

  it('WeCom: a contact of nobody opens the form', async () => {
    const { platform, company } = all().wecom;
    const beside = { contact: company.customers.he };
    const page = await visit(
      platform.openPage(company.staff.lina, `${sandbox.url}/app/customer`, beside),
      userAgents.wecom,
    );
    await page.getByRole('textbox').first().waitFor();
  });

  it("DingTalk: a group's quick entry shows the group's customer", async () => {
    const { platform, company } = all().dingtalk;
    const url = `${sandbox.url}/app/customer?platform=dingtalk&chat=$ENCCID$`;
    const address = platform.openPage(company.staff.lina, platform.quickEntry(company.dealGroup, url));
    const page = await visit(address, userAgents.dingtalk);
    await see(page, '绍兴越丰印染');
  });

  it('says what to do to somebody whom the company knows and we do not', async () => {
    const { platform } = all().wecom;
    const newcomer = platform.world.addMember({ name: '新同事' });
    const page = await visit(platform.openPage(newcomer, `${sandbox.url}/app/today`), userAgents.wecom);
    await see(page, '聊单还不认识你');
    await page.getByRole('button', { name: '重试' }).waitFor();
  });
});
