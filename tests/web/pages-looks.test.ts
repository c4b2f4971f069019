// What the pages look like on a phone, in a narrow sidebar and on a desk: nothing sticks out, everything can be hit; pictures are kept in .cache/pages.

import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Chat, Person } from '../../sandbox/feishu/world.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { DESK, lookAt, PHONE, PICTURES } from './looks-support.ts';
import { visit } from './pages-support.ts';

const SIZES = [{ width: 320, height: 640 }, PHONE, DESK];

describeBrowser('the looks of the pages', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;

  // The last test alone changes anything.
  beforeAll(async () => {
    sandbox = await startSandbox({ logLevel: 'silent' });
  });
  afterAll(() => sandbox?.close());

  /** `words` are on the page when it is complete. */
  async function look(name: string, person: Person, path: string, words: string, chat?: Chat): Promise<void> {
    const { page, see, complaints } = await visit({ sandbox, browser: browser() }, person, path, chat, SIZES[0]);
    await see(words);
    await lookAt(page, name, SIZES);
    expect({ name, complaints }).toEqual({ name, complaints: [] });
    await page.context().close();
  }

  it('with something to show', async () => {
    const { staff, deals, chats } = sandbox.company;
    const { customerId } = await sandbox.app.look(async (tx) => {
      const deal = await tx.opportunity.get(deals.shaft);
      if (!deal) throw new Error('the seeded deal is gone');
      return deal;
    });
    await look('chat', staff.lina, 'customer', '宁波恒锐机电', chats.hengrui);
    await look('others', staff.wangqiang, 'customer', '这是 李娜 的客户', chats.mingyuan);
    await look('customer', staff.lina, `customers/${customerId}`, '韩经理');
    await look('deal', staff.lina, `deals/${deals.bearing}`, '为什么到这一步');
    await look('today', staff.lina, 'today', '恒锐 轴承座 3000 套');
    await look('search', staff.lina, 'search', '苏州明远科技');
  });

  it('with nothing to show', async () => {
    const { staff } = sandbox.company;
    await look('no-chat', staff.wangqiang, 'customer', '没有对应的聊天');
    await look('nothing-today', staff.wangqiang, 'today', '都处理完了');
    await look('nothing-found', staff.wangqiang, 'search', '还没有客户');
    await look('no-deal', staff.wangqiang, 'deals/none', '没有找到');
    await look('no-page', staff.wangqiang, 'nowhere', '没有这个页面');
  });

  it('says that the server is in trouble, and tries again when asked', async () => {
    const { page, see, tap } = await visit({ sandbox, browser: browser() }, sandbox.company.staff.lina, 'today');
    await see('恒锐 轴承座 3000 套');
    await page.route('**/api/today', (route) => route.fulfill({ status: 500, json: {} }));
    await page.reload();
    await see('聊单出了点问题');
    await page.screenshot({ path: `${PICTURES}/fault-375.png` });
    await page.unroute('**/api/today');
    await tap('重试');
    await see('恒锐 轴承座 3000 套');
  });

  it('says that there is no network, keeps what it shows, and goes on by itself afterwards', async () => {
    const { chats, staff } = sandbox.company;
    const { page, see } = await visit({ sandbox, browser: browser() }, staff.lina, 'customer', chats.hengrui);
    await see('宁波恒锐机电');
    // Once the other pages are here too.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => /TodayPage/.test(name)),
    );
    await page.context().setOffline(true);
    await see('没有网络');
    await see('宁波恒锐机电');
    await page.getByRole('link', { name: '今天' }).click();
    await see('连不上聊单');
    await page.screenshot({ path: `${PICTURES}/offline-375.png` });
    await page.context().setOffline(false);
    await see('恒锐 轴承座 3000 套');
  });

  it('can be used without a mouse', async () => {
    const { staff, deals } = sandbox.company;
    const { page, see } = await visit({ sandbox, browser: browser() }, staff.lina, `deals/${deals.bearing}`);
    await page.getByRole('button', { name: '改阶段' }).focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: '改到哪个阶段' });
    await sheet.waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('改阶段');
    await page.keyboard.press('Enter');
    await page.getByLabel('样品交付').press('Space');
    await page.getByRole('button', { name: '改到 样品交付' }).press('Enter');
    await see('已改到 样品交付');
  });
});
