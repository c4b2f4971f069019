// What colleagues do with a customer on its page, in a real browser: complete a name, mark, note, correct, help, merge, hand over, and what who only helps does not see.

import { mkdirSync } from 'node:fs';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Chat, Person } from '../../sandbox/feishu/world.ts';
import { settled } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { insertCustomer } from '../../src/crm/customer/insert-customer.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { type Visit, visit } from './pages-support.ts';

const PICTURES = '.cache/pages';

describeBrowser('a customer on its page', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeAll(() => void mkdirSync(PICTURES, { recursive: true }));
  beforeEach(async () => {
    sandbox = await open();
  });

  const go = (person: Person, path: string, chat?: Chat, size?: { width: number; height: number }) =>
    visit({ sandbox, browser: browser() }, person, path, chat, size);
  const picture = async ({ page }: Visit, name: string) => {
    // Sheets come from below.
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  };
  const closed = ({ page }: Visit) => page.getByRole('dialog').waitFor({ state: 'hidden' });

  it('completes the name of a company with the keyboard, and shows whose it is', async () => {
    const { chats, staff, customers } = sandbox.company;
    sandbox.platform.addBotToGroup(chats.newcomer, staff.wangqiang);
    sandbox.platform.say(customers.sun, chats.newcomer, '你好，我们做注塑件的');
    await settled(sandbox);
    const visited = await go(staff.wangqiang, 'customer', chats.newcomer);
    const { page } = visited;
    const name = page.getByRole('combobox', { name: '客户名称' });
    await name.fill('恒锐');
    const option = page.getByRole('option', { name: /宁波恒锐机电/ });
    await option.waitFor();
    expect(await option.innerText()).toContain('负责人 李娜');
    await picture(visited, 'suggest-375');
    await name.press('ArrowDown');
    expect(await option.getAttribute('aria-selected')).toBe('true');
    await name.press('Enter');
    expect(await name.inputValue()).toContain('宁波恒锐机电');
    expect(await page.getByRole('listbox').count()).toBe(0);
    expect(visited.complaints).toEqual([]);
  });

  it('marks, notes, corrects a contact, and finds the customer by its marks', async () => {
    const { chats, staff } = sandbox.company;
    const visited = await go(staff.lina, 'customer', chats.hengrui);
    const { page, see, tap } = visited;
    await tap('编辑');
    const sheet = page.getByRole('dialog', { name: '编辑客户' });
    await sheet.getByLabel('A', { exact: true }).check();
    await sheet.getByLabel('价格敏感', { exact: true }).check();
    await page.getByLabel('其他标签').fill('账期60天');
    await page.getByLabel('行业').fill('工程机械');
    await picture(visited, 'profile-375');
    await tap('保存');
    await see('A 级');
    await see('账期60天');
    await closed(visited);
    await page.getByLabel('记一笔').fill('确认了材质 HT250');
    await page.getByRole('radio', { name: '电话' }).check();
    await page.getByRole('radio', { name: '今天' }).check();
    await page.getByLabel('什么时候').fill('00:00');
    await picture(visited, 'note-375');
    await tap('记一笔');
    await page.getByRole('listitem').filter({ hasText: '确认了材质 HT250' }).filter({ hasText: '· 电话' }).waitFor();
    await tap('添加联系人');
    await page.getByLabel('姓名').fill('刘经理');
    await page.getByRole('dialog').getByLabel('电话').fill('139 0000 2222');
    await tap('保存');
    await tap('修改刘经理');
    await page.getByLabel('职务').fill('采购');
    await tap('保存');
    await see('· 采购');
    await closed(visited);
    await tap('修改刘经理');
    await tap('删除联系人');
    await tap('确认删除');
    await see('联系人已删除');
    await closed(visited);
    expect(await page.getByRole('link', { name: /打电话给刘经理/ }).count()).toBe(0);
    await page.getByRole('link', { name: '搜索' }).click();
    await page.getByLabel('等级').selectOption('B');
    await see('没有这样的客户');
    await page.getByLabel('等级').selectOption('A');
    await page
      .getByRole('main')
      .getByRole('link', { name: /宁波恒锐机电/ })
      .waitFor();
    expect(await page.getByRole('main').getByRole('link').count()).toBe(1);
    await picture(visited, 'filter-375');
    expect(visited.complaints).toEqual([]);
  });

  it('merges a double, chooses who helps, and hands over; who only helps sees less', async () => {
    const { chats, staff } = sandbox.company;
    const lina = await sandbox.app.look((tx) => tx.staff.find({ name: '李娜' }));
    await sandbox.app.transact((tx) => insertCustomer(tx, { name: '恒锐机电设备', ownerId: lina?.id ?? '' }));
    const visited = await go(staff.lina, 'customer', chats.hengrui);
    const { page, see, tap } = visited;
    await tap('更多操作');
    await picture(visited, 'menu-375');
    await page.getByRole('button', { name: /合并重复客户/ }).click();
    await page.getByLabel('另一个客户的名称').fill('恒锐机电设备');
    await page.getByRole('button', { name: /恒锐机电设备/ }).click();
    await see('不能自动拆开');
    await picture(visited, 'merge-375');
    await tap('确认合并');
    await see('已合并');
    await closed(visited);
    await page.getByRole('listitem').filter({ hasText: '把「恒锐机电设备」合并到这个客户' }).waitFor();
    await tap('更多操作');
    await page.getByRole('button', { name: /选协作人/ }).click();
    await page.getByLabel('找同事').fill('王强');
    await tap('添加王强');
    await see('协作 王强');
    await picture(visited, 'helpers-375');
    await page.keyboard.press('Escape');
    await closed(visited);
    const hengrui = await sandbox.app.look((tx) => tx.customer.find({ name: '宁波恒锐机电' }));
    const helper = await go(staff.wangqiang, `customers/${hengrui?.id}`);
    await helper.see('协作 王强');
    expect(await helper.page.getByRole('button', { name: '更多操作' }).count()).toBe(0);
    await helper.tap('编辑');
    await helper.see('改名请找负责人或上级');
    await tap('更多操作');
    await page.getByRole('button', { name: /交给同事/ }).click();
    await page.getByRole('radio', { name: /王强/ }).check();
    await picture(visited, 'give-375');
    await tap('交给王强');
    await see('已交给王强');
    await see('负责人 王强');
    expect(visited.complaints).toEqual([]);
  });

  it('is shown without what one may not do to who only sees it', async () => {
    const { chats, staff } = sandbox.company;
    const visited = await go(staff.lina, 'customer', chats.hengrui, { width: 1440, height: 900 });
    await visited.page.route('**/api/customers/*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), rights: { work: false, manage: false } } });
    });
    await visited.page.reload();
    await visited.see('你可以查看，不能修改');
    const names = ['编辑', '更多操作', '添加联系人', '记一笔', '新建商机'];
    for (const name of names) expect(await visited.page.getByRole('button', { name, exact: true }).count()).toBe(0);
    await picture(visited, 'read-only-1440');
  });
});
