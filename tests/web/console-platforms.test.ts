/** The console with all three platforms in a real browser: what each lets through, and cards that are tapped there. */
import { beforeEach, expect, it } from 'vitest';
import { createDesk } from '../../sandbox/desk/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { chatNamed, openConsole, say, showSeen } from './console-support.ts';

describeBrowser('console page, three platforms', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;
  let faults: string[];

  beforeEach(async () => {
    faults = [];
    sandbox = await startSandbox({ logLevel: 'silent', wecom: {}, dingtalk: {} });
    await createDesk(sandbox);
    await sandbox.dingtalk?.platform.waitForConnection();
    return () => sandbox.close();
  });

  const open = (width = 1440, height = 900) => openConsole(browser(), sandbox.url, faults, { width, height });

  it('shows what WeCom lets through: a service session, the card of its owner, and what nobody hears', async () => {
    const valve = sandbox.wecom?.company.deals.valve ?? '';
    const stage = () => sandbox.app.look(async (tx) => (await tx.opportunity.get(valve))?.stage);
    await using page = await open();

    await chatNamed(page, '林采购的客服会话').click();
    await showSeen(page);
    await page.getByText('微信客服', { exact: true }).last().waitFor();
    await page.getByRole('button', { name: '报价啥时候能出' }).click();
    await page.getByText('聊单：已问负责人：要到「报价发送」吗').waitFor();
    await page.getByText('已分配给 李娜').waitFor();
    const arrival = page.getByRole('status').filter({ hasText: '李娜的聊单应用收到卡片' });
    await arrival.getByRole('button', { name: '去看看' }).click();
    const card = page.getByRole('article', { name: /要推进到「报价发送」吗/ });
    expect(await card.innerText()).toContain('报价啥时候能出');
    await card.getByRole('button', { name: '推进到「报价发送」' }).click();
    const done = page.getByRole('article', { name: /泰利 球阀阀体 首批：已处理/ });
    await done.waitFor();
    expect(await done.getByRole('button').allInnerTexts()).toEqual(['卡片已结束']);
    expect(await done.getByRole('button').isDisabled()).toBe(true);
    expect(await stage()).toBe('quoted');

    await chatNamed(page, '李娜和林采购的私聊').click();
    await page.getByText('聊单听不到，除非开通会话存档；可转发给聊单应用').waitFor();
    await page.getByRole('button', { name: '样品先寄两套过来吧' }).click();
    await page.getByText('聊单：听不到').waitFor();
    await page.getByRole('button', { name: '转发给聊单' }).click();
    await page.getByText('李娜把 3 句话转发给了聊单应用').waitFor();
    await page.getByText('聊单：已转发给聊单应用').waitFor();
    expect(await page.getByText('平台投诉 0').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows what DingTalk lets through: words with @, the day on a card, and the move taken back from it', async () => {
    const roller = sandbox.dingtalk?.company.deals.roller ?? '';
    const stage = () => sandbox.app.look(async (tx) => (await tx.opportunity.get(roller))?.stage);
    await using page = await open();

    await chatNamed(page, '越丰项目内部群').click();
    await showSeen(page);
    await page.getByText('只听得到 @聊单 的话').waitFor();
    await say(page, '李娜（销售）', '客户说帮我报下价');
    await page.getByText('聊单：没有 @，听不到').waitFor();
    expect(await stage()).toBe('qualified');

    await page.getByLabel('@聊单', { exact: true }).check();
    await say(page, '李娜（销售）', '客户说帮我报下价');
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    expect(await stage()).toBe('quoted');
    const arrival = page.getByRole('status').filter({ hasText: '李娜和聊单的单聊收到卡片' });
    await arrival.getByRole('button', { name: '去看看' }).click();
    const card = page.getByRole('article', { name: /今日进展/ });
    expect(await card.innerText()).toContain('越丰 输送辊 200 支：需求确认 → 报价发送');
    expect(await card.innerText()).not.toContain('**');
    expect(await page.getByLabel('本月额度').innerText()).toMatch(
      /接口调用 [1-9]\d* \/ 5,000.*推送和回话 [1-9]\d* \/ 3,000/s,
    );
    await card.getByRole('button', { name: '撤销' }).click();
    await card.getByText('已撤销').waitFor();
    expect(await stage()).toBe('qualified');
    expect(await page.getByText('平台投诉 0').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows a card made for DingTalk, and the month, on a phone without anything wider than the screen', async () => {
    await using page = await open(375, 812);
    const tabs = page.getByRole('navigation', { name: '切换页面' });
    await tabs.getByRole('button', { name: /会话/ }).click();
    await chatNamed(page, '李娜和聊单的单聊').click();
    await page.getByRole('button', { name: '粘贴一段聊天记录' }).click();
    const card = page.getByRole('article', { name: /这段话是哪个商机的/ });
    await card.waitFor();
    expect(await card.getByRole('button').count()).toBeGreaterThan(2);
    expect(await page.getByLabel('本月额度').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    expect(faults).toEqual([]);
  });
});
