// A quote in a real browser: written with the network gone for a while, submitted, refused and agreed to by somebody who may name a stand-in, and gone out.

import { expect, it } from 'vitest';
import type { Person } from '../../sandbox/feishu/world.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { type Visit, visit } from './pages-support.ts';

describeBrowser('a quote', () => {
  const open = useSandbox();
  const browser = useBrowser();
  const come = (sandbox: Sandbox, person: Person, path: string): Promise<Visit> =>
    visit({ sandbox, browser: browser() }, person, path);

  it('is written, submitted, refused, written anew, agreed to and sent', async () => {
    const sandbox = await open();
    const { staff, deals } = sandbox.company;
    const chen = await come(sandbox, staff.chen, 'products');
    await chen.see('目录还是空的');
    await chen.tap('导入');
    const table = '名称,编号,规格,单位,目录价,成本\n轴承座,ZC-60,HT250,套,238,120\n';
    const give = (text: string) =>
      chen.page
        .getByLabel('选择表格')
        .setInputFiles({ name: '目录.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await give(table.replace('238', '面议'));
    await chen.see('第 2 行');
    await give(table);
    await chen.see('新增 1 个');
    await chen.tap('确认导入');
    await chen.see('¥238.00');

    const lina = await come(sandbox, staff.lina, `deals/${deals.bearing}`);
    await lina.see('还没有报价');
    await lina.tap('新建报价');
    await lina.tap('从目录选');
    await lina.tap('添加轴承座');
    await lina.tap('完成');
    const line = lina.page.getByRole('listitem', { name: '轴承座' });
    const price = line.getByLabel('单价（元）');
    await line.getByLabel(/^数量/).fill('1200.5');
    await line.getByLabel('折扣（折）').fill('88');
    expect(await price.inputValue()).toBe('209.44');
    await lina.see('¥251,432.72');
    await lina.see('已保存');

    await lina.page.context().setOffline(true);
    await price.fill('208');
    expect(await line.getByLabel('折扣（折）').inputValue()).toBe('8.74');
    await lina.see('填的内容留在这台设备上');
    await lina.page.context().setOffline(false);
    await lina.see('已保存');
    await price.fill('207');
    await lina.page.reload();
    await lina.see('¥248,503.50');
    expect(await price.inputValue()).toBe('207');
    await lina.see('已保存');

    const id = new URL(lina.page.url()).pathname.split('/').pop() ?? '';
    await sandbox.app.transact((tx) => tx.quote.update({ id }, { terms: '款到发货', version: 90 }));
    await lina.tap('提交');
    await lina.tap('确认提交');
    await lina.see('这份报价在别处改过');
    expect(await lina.page.getByRole('button', { name: '提交', exact: true }).isDisabled()).toBe(true);
    await lina.tap('用别处的');
    expect(await price.inputValue()).toBe('207');
    expect(await lina.page.getByLabel('条款').inputValue()).toBe('款到发货');
    await lina.see('已保存');
    await lina.tap('提交');
    await lina.see('直接主管');
    await lina.see('折扣超过 10%');
    await lina.tap('确认提交');
    await lina.page.getByRole('img', { name: /第 2 步.*审批中/ }).waitFor();

    await chen.page.getByRole('link', { name: '今天' }).click();
    await chen.page.getByRole('link', { name: /审批.*1 件等你/ }).click();
    await chen.tap('我不在时');
    await chen.page.getByLabel('王强').check();
    await chen.tap('请王强代我审批');
    await chen.see('已请王强代审批');
    await chen.tap('我不在时');
    await chen.see('由王强代你审批');
    await chen.tap('结束代审批');
    await chen.see('代审批已结束');
    await chen.tap('取消');
    await chen.page.getByRole('link', { name: /轴承座 3000 套.*¥248,503.50/ }).click();
    await chen.page.getByLabel('补充说明或提问，对方会收到消息').fill('账期多长？');
    await chen.tap('发送');
    await chen.see('已发送');
    await chen.tap('驳回');
    const sheet = chen.page.getByRole('dialog', { name: '驳回这份报价' });
    await sheet.getByRole('radio', { name: '毛利不够' }).check();
    expect(await sheet.getByLabel('驳回原因').inputValue()).toBe('毛利不够');
    await sheet.getByLabel('驳回原因').fill('先谈到 9 折');
    await sheet.getByRole('button', { name: '驳回' }).click();
    await chen.see('“先谈到 9 折”');

    await lina.page.reload();
    await lina.see('“先谈到 9 折”');
    await lina.tap('做新一版');
    await lina.see('第 2 版');
    await price.fill('213');
    await lina.see('已保存');
    await lina.tap('提交');
    await lina.tap('确认提交');
    await lina.page.getByRole('img', { name: /审批中/ }).waitFor();

    await chen.page.getByRole('link', { name: '今天' }).click();
    await chen.page.getByRole('link', { name: /审批.*1 件等你/ }).click();
    await chen.page.getByRole('link', { name: /轴承座 3000 套/ }).click();
    await chen.tap('同意');
    await chen.page.getByRole('dialog').getByRole('button', { name: '同意' }).click();
    await chen.see('已通过');
    await lina.page.reload();
    await lina.tap('已用别的方式发出');
    await lina.page.getByRole('img', { name: /第 4 步.*已发送/ }).waitFor();
    expect([...chen.complaints, ...lina.complaints.filter((said) => !/offline|DISCONNECTED/i.test(said))]).toEqual([]);
  });
});
