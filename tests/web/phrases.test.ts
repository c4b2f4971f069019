// 快捷话术 and links to quotes in a real browser: one tap puts them into the chat where the client can, and onto the clipboard elsewhere.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { openDesk } from '../../src/crm/access/desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
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

  /** An approved quote of a deal. */
  const approved = (dealId: string) =>
    sandbox.app.transact(async (tx) => {
      const deal = await tx.opportunity.get(dealId);
      const desk = await openDesk(tx, { staffId: deal?.ownerId ?? '', accountId: sandbox.app.accounts[0]?.id ?? '' });
      const lines = [{ name: '轴承座', unit: '件', quantityMilli: 1_000, priceMinor: 100 }];
      const begun = desk && (await beginQuote(desk, dealId, { title: '轴承座', taxBp: 0, taxIncluded: true, lines }));
      if (!begun?.ok) throw new Error('no quote was begun');
      await tx.quote.update({ id: begun.value.id }, { status: 'approved' });
      return begun.value.id;
    });

  it('WeCom: the link to a quote goes into the chat of its own customer and of nobody else', async () => {
    const { wecom, company: others } = sandbox;
    if (!wecom) throw new Error('the sandbox has WeCom');
    const { platform, company } = wecom;
    const page = await blankPage(browser(), { userAgent: userAgents.wecom });
    const beside = { contact: company.customers.lin };
    const open = async (quoteId: string): Promise<void> => {
      await page.goto(platform.openPage(company.staff.lina, `${sandbox.url}/app/quotes/${quoteId}`, beside));
      await page.getByRole('button', { name: '发给客户', exact: true }).click();
    };
    await open(await approved(company.deals.valve));
    await page.getByRole('button', { name: '放进聊天' }).click();
    await page.getByText('已放进聊天，由你发出').waitFor();
    const said = [...platform.world.messages.values()].map(({ body }) => String(body.content));
    expect(said.find((text) => text.includes('/q/'))).toMatch(
      /^您好，报价单 Q\d{8}-\d{3} 请查收：http:\S+\/q\/[\w-]{43}\n有效期至/,
    );
    await open(await approved(others.deals.bearing));
    await page.getByRole('button', { name: '复制链接' }).waitFor();
    // Whether the chat is its customer's has been asked by then.
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('button', { name: '放进聊天' }).count()).toBe(0);
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
