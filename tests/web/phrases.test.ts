// 快捷话术 in a real browser: one tap puts a phrase into the chat where the client can, and onto the clipboard elsewhere.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { userAgents } from './bridge-support.ts';
import { blankPage, pageReady } from './hand-over-support.ts';
import { visit } from './pages-support.ts';

describeBrowser('phrases for the chat', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ wecom: {}, logLevel: 'silent' });
    await pageReady(sandbox);
  });
  afterAll(() => sandbox.close());

  const phrasesUsed = () => sandbox.app.look((tx) => tx.activity.list({ kind: 'phrase' }));

  it('WeCom: the phrase is said in the chat, with the names in it, and its title is noted', async () => {
    const { wecom } = sandbox;
    if (!wecom) throw new Error('the sandbox has WeCom');
    const { platform, company } = wecom;
    const page = await blankPage(browser(), { userAgent: userAgents.wecom });
    const beside = { contact: company.customers.lin };
    await page.goto(platform.openPage(company.staff.lina, `${sandbox.url}/app/customer`, beside));
    await page.getByRole('button', { name: '快捷话术' }).click();
    await page.getByText('点一句放进聊天，由你发出。').waitFor();
    await page.getByRole('button', { name: /^打招呼/ }).click();
    await page.getByText('「打招呼」已放进聊天').waitFor();
    const said = [...platform.world.messages.values()].filter(({ sender }) => sender.id === company.staff.lina.userid);
    expect(said.map(({ body }) => body.content)).toContain('林采购，您好！我是李娜，以后贵司的事随时找我。');
    await expect.poll(async () => (await phrasesUsed()).map(({ text }) => text)).toEqual(['打招呼']);
  });

  it('Feishu: the phrase is copied, the page says so, and nothing is noted or sent', async () => {
    const { company, platform } = sandbox;
    const before = (await phrasesUsed()).length;
    const messages = platform.world.messages.size;
    const { page, see, tap } = await visit(
      { sandbox, browser: browser() },
      company.staff.lina,
      'customer',
      company.chats.hengrui,
    );
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await tap('快捷话术');
    await see('点一句复制，再粘贴到聊天里发出。');
    await page.getByRole('button', { name: /^打招呼/ }).click();
    await see('已复制，粘贴到聊天里');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      '周工，您好！我是李娜，以后贵司的事随时找我。',
    );
    expect(platform.world.messages.size).toBe(messages);
    expect(await phrasesUsed()).toHaveLength(before);
  });
});
