// The page beside a chat in a real browser: a new customer in two taps, duplicates, moving and undoing, and what strangers see.

import { beforeEach, expect, it } from 'vitest';
import type { Chat, Person } from '../../sandbox/feishu/world.ts';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { visit } from './pages-support.ts';

describeBrowser('the pages beside a chat', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await open();
  });

  const go = (person: Person, path: string, chat?: Chat) => visit({ sandbox, browser: browser() }, person, path, chat);
  const customersNamed = (name: string) => sandbox.app.look((tx) => tx.customer.list({ name }));

  /** 王强 brings the bot into the chat with a customer that nobody knows yet. */
  async function newcomer(): Promise<void> {
    const { chats, staff, customers } = sandbox.company;
    sandbox.platform.addBotToGroup(chats.newcomer, staff.wangqiang);
    sandbox.platform.say(customers.sun, chats.newcomer, '你好，我们做注塑件的');
    await settled(sandbox);
  }

  it('adds the customer of an unknown chat with two taps, and knows it the next time', async () => {
    await newcomer();
    const { staff, chats } = sandbox.company;
    const { page, see, tap, complaints } = await go(staff.wangqiang, 'customer', chats.newcomer);
    await see('这个聊天还没有客户');
    expect(await page.getByLabel('客户名称').inputValue()).toBe('东莞佳盛 询价');
    await tap('保存客户');
    await see('客户已保存');
    await page.getByRole('heading', { level: 1, name: '东莞佳盛 询价' }).waitFor();
    expect(await customersNamed('东莞佳盛 询价')).toHaveLength(1);
    const again = await go(staff.wangqiang, 'customer', chats.newcomer);
    await again.page.getByRole('heading', { level: 1, name: '东莞佳盛 询价' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows who has the customer already, and makes a second one only when told to', async () => {
    await newcomer();
    const { staff, chats } = sandbox.company;
    const { page, see, tap } = await go(staff.wangqiang, 'customer', chats.newcomer);
    await page.getByLabel('客户名称').fill('宁波恒锐机电有限公司');
    await tap('保存客户');
    await see('可能已经有这个客户');
    await see('负责人 李娜');
    await see('不是你的客户，请先联系负责人');
    expect(await page.getByRole('button', { name: '归到这个客户' }).count()).toBe(0);
    expect(await customersNamed('宁波恒锐机电有限公司')).toEqual([]);
    await tap('仍然新建');
    await page.getByRole('heading', { level: 1, name: '宁波恒锐机电有限公司' }).waitFor();
  });

  it('puts a second chat of a customer of one’s own to that customer', async () => {
    await newcomer();
    const { staff, chats, customers } = sandbox.company;
    const first = await go(staff.wangqiang, 'customer', chats.newcomer);
    await first.tap('保存客户');
    await first.see('客户已保存');
    const members = [staff.wangqiang, customers.sun];
    const second = sandbox.platform.world.createGroup({ name: '佳盛 售后', members });
    sandbox.platform.addBotToGroup(second, staff.wangqiang);
    await settled(sandbox);
    const { page, see, tap } = await go(staff.wangqiang, 'customer', second);
    await page.getByLabel('客户名称').fill('东莞佳盛 询价');
    await tap('保存客户');
    await tap('归到这个客户');
    await see('聊天已归到这个客户');
    await page.getByRole('heading', { level: 1, name: '东莞佳盛 询价' }).waitFor();
    expect(await customersNamed('东莞佳盛 询价')).toHaveLength(1);
  });

  it('moves a deal with a reason, shows why it is there, and takes the move back', async () => {
    const { staff, deals, chats } = sandbox.company;
    const { page, see, tap, complaints } = await go(staff.lina, 'customer', chats.hengrui);
    await page
      .getByRole('link', { name: /恒锐 轴承座/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: '恒锐 轴承座 3000 套' }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/app/deals/${deals.bearing}`);
    await tap('改阶段');
    await page.getByLabel('样品交付').check();
    await page.getByLabel('原因').fill('客户要先看两套样件');
    await tap('改到 样品交付');
    await see('已改到 样品交付');
    await see('客户要先看两套样件');
    expect(await stageOf(sandbox, deals.bearing)).toBe('sampling');
    await tap('撤销这一步');
    await see('已撤销');
    expect(await stageOf(sandbox, deals.bearing)).toBe('qualified');
    expect(complaints).toEqual([]);
  });

  it('asks for the reason before a deal is lost', async () => {
    const { staff, deals } = sandbox.company;
    const { page, see, tap } = await go(staff.lina, `deals/${deals.bearing}`);
    await tap('改阶段');
    await page.getByLabel('输单', { exact: true }).check();
    await tap('确认输单');
    await see('请选一个输单原因');
    await page.getByLabel('选了别家').check();
    await tap('确认输单');
    await see('输单原因：选了别家');
  });

  it('opens a reloaded address of a deal, and leads back to its customer', async () => {
    const { staff, deals } = sandbox.company;
    const { page } = await go(staff.lina, `deals/${deals.shaft}`);
    await page.getByRole('link', { name: /苏州明远科技/ }).click();
    await page.getByRole('heading', { level: 1, name: '苏州明远科技' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '苏州明远科技' }).waitFor();
  });

  it('writes a note down, and reads the words of a customer that are pasted', async () => {
    const { staff, deals, chats } = sandbox.company;
    const { page, see, tap } = await go(staff.lina, 'customer', chats.hengrui);
    await page.getByLabel('记一笔').fill('电话确认了材质 HT250');
    await tap('记一笔');
    await see('已记下');
    await page.getByRole('listitem').filter({ hasText: '电话确认了材质 HT250' }).waitFor();
    await tap('粘贴客户原话');
    await page.getByRole('textbox', { name: '客户原话' }).fill('麻烦报个价');
    await tap('交给聊单');
    await page.getByRole('status').filter({ hasText: '报价发送' }).waitFor();
    expect(await stageOf(sandbox, deals.bearing)).toBe('quoted');
  });

  it('tells a stranger no more than name and owner, beside the chat, in a search, and by address', async () => {
    const { staff, chats, deals } = sandbox.company;
    const { page, see } = await go(staff.wangqiang, 'customer', chats.mingyuan);
    await see('这是 李娜 的客户');
    expect(await page.getByRole('main').innerText()).not.toMatch(/传动轴|电机壳|韩经理|¥/);
    await page.getByRole('link', { name: '搜索' }).click();
    await page.getByLabel('搜索客户').fill('明远');
    await see('苏州明远科技');
    await see('不是你的客户');
    expect(await page.getByRole('main').getByRole('link').count()).toBe(0);
    const direct = await go(staff.wangqiang, `deals/${deals.shaft}`);
    await direct.see('没有找到，或你不能查看它。');
    await direct.see('「苏州明远科技」由李娜负责');
    expect(await direct.page.getByRole('main').innerText()).not.toMatch(/传动轴|电机壳|韩经理|¥/);
  });

  it('adds a contact, and notes grade and tags', async () => {
    const { staff, chats } = sandbox.company;
    const { page, see, tap, complaints } = await go(staff.lina, 'customer', chats.hengrui);
    await tap('添加联系人');
    await page.getByLabel('姓名').fill('刘经理');
    await page.getByLabel('电话').fill('139 0000 2222');
    await tap('保存');
    await page.getByRole('link', { name: /打电话给刘经理/ }).waitFor();
    expect(await page.getByRole('link', { name: /打电话给刘经理/ }).getAttribute('href')).toMatch(
      /^tel:\+?[\d]*13900002222$/,
    );
    await tap('编辑');
    await page.getByLabel('A', { exact: true }).check();
    await page.getByLabel('其他标签').fill('老客户、账期60天');
    await tap('保存');
    await see('A 级');
    await see('老客户');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });

  it('does not move a deal that somebody has moved meanwhile', async () => {
    const { staff, deals } = sandbox.company;
    const [first, second] = [
      await go(staff.lina, `deals/${deals.bearing}`),
      await go(staff.chen, `deals/${deals.bearing}`),
    ];
    for (const { tap } of [first, second]) await tap('改阶段');
    await first.tap('改到 报价发送');
    await first.see('已改到 报价发送');
    await second.page.getByLabel('合同签订').check();
    await second.tap('改到 合同签订');
    await second.see('刚刚有人改过');
    expect(await stageOf(sandbox, deals.bearing)).toBe('quoted');
    await second.tap('改到 合同签订');
    await second.see('已改到 合同签订');
  });
});
