// A deal in a real browser: what its stages want, why it moved, what is to be done for it, and today's list.

import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { visit } from './pages-support.ts';

describeBrowser('a deal and what is to be done', () => {
  const open = useSandbox();
  const browser = useBrowser();

  const amountless = (sandbox: Sandbox, id: string) =>
    sandbox.app.transact((tx) => tx.opportunity.update({ id }, { amountMinor: null }));

  it('asks in the sheet for what a stage wants, and moves with it; edits and empties the rest', async () => {
    const sandbox = await open();
    const { staff, deals } = sandbox.company;
    await amountless(sandbox, deals.bearing);
    const { page, see, tap, complaints } = await visit(
      { sandbox, browser: browser() },
      staff.lina,
      `deals/${deals.bearing}`,
    );
    await see('还缺 需求要点');
    await page
      .getByRole('group', { name: '阶段' })
      .getByRole('button', { name: /订单执行.*缺 1 项/ })
      .press('Enter');
    await page.getByLabel('订单执行').waitFor();
    expect(await page.getByLabel('订单执行').isChecked()).toBe(true);
    await tap('改到 订单执行');
    await see('请填金额');
    expect(await stageOf(sandbox, deals.bearing)).toBe('qualified');
    await page.getByLabel('金额（元）').fill('7.14万');
    await page.getByLabel('签订日期').fill('2026-11-20');
    await tap('改到 订单执行');
    await see('已改到 订单执行');
    expect(await stageOf(sandbox, deals.bearing)).toBe('fulfilling');
    await see('¥7.14 万');
    await see('11月20日');
    await tap('补上');
    await page.getByLabel('需求要点').fill('HT250，3000 套');
    await page.getByLabel('预计成交').fill('2026-12-31');
    await page.getByLabel('商机名称').fill('恒锐 轴承座 二期');
    await tap('保存');
    await page.getByRole('heading', { level: 1, name: '恒锐 轴承座 二期' }).waitFor();
    await see('预计 12月31日 成交');
    // What no sheet can fill in remains: it warns, and stops nothing.
    await see('还缺 需求文档、批准的报价单');
    await tap('编辑');
    await page.getByLabel('金额（元）').fill('');
    await tap('保存');
    await see('金额不能空着');
    expect(complaints).toEqual([]);
  });

  it('says why it moved by itself, and leads to the words in the chat', async () => {
    const sandbox = await open();
    const { staff, deals, chats, customers } = sandbox.company;
    sandbox.platform.say(customers.zhou, chats.hengrui, '麻烦帮我报下价，3000 套');
    await settled(sandbox);
    const { page, see } = await visit({ sandbox, browser: browser() }, staff.lina, `deals/${deals.bearing}`);
    await see('聊单自动推进');
    await see('麻烦帮我报下价，3000 套');
    await page.getByText(/聊单从这句话读出“.+”，按第 1 版策略判断/).waitFor();
    await page.getByRole('link', { name: '看聊天原话' }).click();
    await page.locator('.wanted', { hasText: '麻烦帮我报下价，3000 套' }).waitFor();
  });

  it('adds something to do, does it with one tap, takes that back, puts it off and removes it', async () => {
    const sandbox = await open();
    const { staff, deals } = sandbox.company;
    const { page, see, tap, complaints } = await visit(
      { sandbox, browser: browser() },
      staff.lina,
      `deals/${deals.bearing}`,
    );
    await tap('添加');
    await page.getByLabel('做什么').fill('寄两套样件');
    await tap('保存');
    await see('已添加');
    await page.getByRole('link', { name: '今天' }).click();
    await see('宁波恒锐机电 · 恒锐 轴承座 3000 套');
    await tap('完成：寄两套样件');
    await see('已完成');
    expect(await page.getByRole('button', { name: '完成：寄两套样件' }).count()).toBe(0);
    await tap('撤销');
    await page.getByRole('button', { name: '完成：寄两套样件' }).waitFor();
    await tap('修改：寄两套样件');
    await page.getByLabel('选日期').check();
    await page.getByLabel('日期', { exact: true }).fill('2027-03-01');
    await tap('保存');
    await see('之后还有 1 件');
    const [task] = await sandbox.app.transact((tx) => tx.task.list({ opportunityId: deals.bearing }));
    expect(new Date(task?.dueAt ?? 0).toDateString()).toBe('Mon Mar 01 2027');
    await page
      .getByRole('link', { name: /恒锐 轴承座/ })
      .first()
      .click();
    await tap('修改：寄两套样件');
    await tap('删除');
    await tap('确认删除');
    await see('没有要做的事');
    expect(complaints).toEqual([]);
  });
});
