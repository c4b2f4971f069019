/** The first minute of a newcomer at the demo: a customer added in the page beside the chat, words that move the deal, and what a colleague may not see. */
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDesk } from '../../sandbox/desk/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { chatNamed, openConsole } from './console-support.ts';

const STRANGERS = [
  { platform: '飞书', chat: '嘉兴华冠电机', customer: '嘉兴华冠电机', words: /^帮我报下价$/ },
  { platform: '企业微信', chat: '钱女士的客服会话', customer: '湖州恒丰泵业', words: /^帮我报下价$/ },
  { platform: '钉钉', chat: '永康鸿达五金', customer: '永康鸿达五金', words: /吴经理说：帮我报下价$/ },
] as const;

describeBrowser('the demo with the page beside the chat', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;
  let faults: string[] = [];

  beforeAll(async () => {
    sandbox = await createDesk(startSandbox({ logLevel: 'silent', wecom: {}, dingtalk: {} }));
  });
  afterAll(() => sandbox?.close());

  async function open(width = 1440, height = 900): Promise<Page & AsyncDisposable> {
    faults = [];
    return openConsole(browser(), sandbox.url, faults, { width, height });
  }
  const frameOf = (page: Page): FrameLocator => page.frameLocator('iframe');
  const complaints = () => [
    ...sandbox.platform.journal.complaints,
    ...(sandbox.wecom?.platform.journal.complaints ?? []),
    ...(sandbox.dingtalk?.platform.journal.complaints ?? []),
  ];

  it('opens with an unknown customer: one tap adds them, words move the stage, the card takes it back', async () => {
    await using page = await open();
    const [stranger] = STRANGERS;
    const frame = frameOf(page);
    await frame.getByLabel('客户名称').waitFor();
    expect(await frame.getByLabel('客户名称').inputValue()).toBe(stranger.customer);
    const { width = 0 } = (await page.locator('iframe').boundingBox()) ?? {};
    expect(width).toBeGreaterThanOrEqual(320);
    expect(width).toBeLessThanOrEqual(420);

    await frame.getByRole('button', { name: '保存客户' }).click();
    await frame.getByText('初步接触').waitFor();
    // The desk, which looks every 300 ms, knows as well, and the guide goes on.
    await page.getByRole('button', { name: '替客户说“帮我报下价”' }).click();
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    await page.getByRole('button', { name: '有新进展，刷新' }).click();
    await frame.getByText('报价发送').first().waitFor();

    await page.getByRole('button', { name: '去看李娜的卡片' }).click();
    await page.getByText('飞书的 + 菜单在群里才打开聊单').waitFor();
    const card = page.getByRole('article', { name: /今日进展/ });
    await card.getByRole('link', { name: '打开商机' }).click();
    await frame.getByRole('heading', { name: `${stranger.customer}的商机` }).waitFor();
    await card.getByRole('button', { name: '撤销' }).click();
    await page.getByText('四步都试过了').waitFor();
    await chatNamed(page, stranger.chat).click();
    await frame.getByText('初步接触').first().waitFor();
    expect(complaints()).toEqual([]);
    expect(faults).toEqual([]);
  });

  it.each(STRANGERS.slice(1))(
    '$platform: two taps, words, and the stage in the page',
    async ({ chat, customer, words }) => {
      await using page = await open();
      const frame = frameOf(page);
      await chatNamed(page, chat).click();
      await frame.getByLabel('客户名称').waitFor();
      expect(await frame.getByLabel('客户名称').inputValue()).toBe(customer);
      await frame.getByRole('button', { name: '保存客户' }).click();
      await frame.getByText('初步接触').waitFor();
      await page.getByLabel('点一句试试').getByRole('button', { name: words }).click();
      await page.getByText('聊单：已推进到「报价发送」').waitFor();
      await page.getByRole('button', { name: '有新进展，刷新' }).click();
      await frame.getByText('报价发送').first().waitFor();
      await page.getByRole('button', { name: '聊单看到了什么' }).click();
      await page.getByRole('article', { name: `商机 ${customer}的商机` }).waitFor();
      expect(complaints()).toEqual([]);
      expect(faults).toEqual([]);
    },
  );

  it.each([
    ['苏州明远 项目群', '苏州明远科技', '明远 传动轴'],
    ['林采购的客服会话', '温州泰利阀门', '泰利 球阀'],
    ['越丰项目内部群', '绍兴越丰印染', '越丰 输送辊'],
  ])(
    '%s: 李娜 sees her customer, 王强 a name and whose it is, each in a session of their own',
    async (chat, customer, deal) => {
      await using page = await open();
      const frame = frameOf(page);
      await chatNamed(page, chat).click();
      await frame.getByText(deal).first().waitFor();
      await page.getByLabel('我是').selectOption({ label: '王强（销售）' });
      await frame.getByText('这是 李娜 的客户').waitFor();
      expect(await frame.getByRole('heading', { level: 1 }).innerText()).toBe(customer);
      expect(await frame.getByText(deal).count()).toBe(0);
      await page.getByLabel('我是').selectOption({ label: '李娜（销售）' });
      await frame.getByText(deal).first().waitFor();
      expect(faults).toEqual([]);
    },
  );

  it('says where a platform has no page beside the chat, and opens the workbench instead', async () => {
    await using page = await open();
    await chatNamed(page, '王强的聊单应用').click();
    await page.getByText('企业微信的聊天工具栏只在和客户的会话里').waitFor();
    await page.getByRole('button', { name: '打开王强工作台里的聊单' }).click();
    await frameOf(page).getByRole('link', { name: '今天' }).waitFor();
    expect(complaints()).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('is a tab of its own on a phone', async () => {
    await using page = await open(375, 812);
    const tabs = page.getByRole('navigation', { name: '切换页面' });
    await tabs.getByRole('button', { name: '侧边栏' }).click();
    await frameOf(page).getByText('嘉兴华冠电机').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    expect(await page.getByRole('log').isVisible()).toBe(false);
    expect(faults).toEqual([]);
  });
});
