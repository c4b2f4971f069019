// A quote's way over two people and two screens: written beside the chat, agreed to on the card in the approver's own chat, gone out. Every page on it is looked at.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDesk } from '../../sandbox/desk/index.ts';
import { settled } from '../../sandbox/flows/flow.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { chatNamed, openConsole } from './console-support.ts';
import { DESK, lookAt, PHONE } from './looks-support.ts';
import { type Visit, visit } from './pages-support.ts';

const SIZES = [PHONE, DESK];
const PRODUCTS = [
  { name: '轴承座', code: 'ZC-60', spec: 'HT250 铸铁', unit: '套', listMinor: 23_800, costMinor: 12_000 },
  {
    name: '高温高压双金属带隔热罩的重型可调心剖分式滑动轴承座总成（含密封件）',
    code: 'ZC-2026-EXTRA-LONG-CODE-00017',
    spec: 'DN350×1200，304 不锈钢衬套，带温度变送器和注油嘴',
    unit: '套',
    productLine: '重型轴承',
    listMinor: 12_345_678,
    costMinor: 9_876_543,
  },
  { name: '现场安装指导', unit: '天', listMinor: null, costMinor: null },
];

describeBrowser('a quote from draft to customer', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await startSandbox({ logLevel: 'silent' });
    await createDesk(sandbox);
  });
  afterAll(() => sandbox?.close());

  const come = (who: 'lina' | 'chen', path: string): Promise<Visit> =>
    visit({ sandbox, browser: browser() }, sandbox.company.staff[who], path);
  const look = async ({ page }: Visit, name: string): Promise<void> => {
    await lookAt(page, name, SIZES);
    await page.setViewportSize(PHONE);
  };

  it('is written, submitted, tapped, and sent', async () => {
    const chen = await come('chen', 'products');
    await chen.see('目录还是空的');
    await look(chen, 'products-none');
    await sandbox.app.transact(async (tx) => {
      for (const product of PRODUCTS) await insertProduct(tx, product);
    });
    await chen.page.reload();
    await chen.see('现场安装指导');
    await look(chen, 'products');

    const lina = await come('lina', `deals/${sandbox.company.deals.bearing}`);
    await lina.tap('新建报价');
    await lina.tap('从目录选');
    await lina.tap('添加轴承座');
    await lina.tap(`添加${PRODUCTS[1]?.name}`);
    await lina.tap('完成');
    const lineOf = (name: string) => lina.page.getByRole('listitem', { name });
    await lineOf('轴承座').first().getByLabel(/^数量/).fill('1200');
    await lineOf('轴承座').first().getByLabel('折扣（折）').fill('82');
    await lina.see('已保存');
    await look(lina, 'quote-draft');
    await lina.tap('提交');
    await lina.see('直接主管');
    await lina.tap('确认提交');
    await lina.page.getByRole('img', { name: /第 2 步.*审批中/ }).waitFor();
    await look(lina, 'quote-submitted');
    await settled(sandbox);

    await chen.page.goto(chen.page.url().replace('/products', '/approvals'));
    await chen.see('轴承座 3000 套');
    await look(chen, 'approvals-to-decide');
    await chen.page.getByRole('link', { name: /轴承座 3000 套/ }).click();
    await chen.see('为什么要审批');
    await look(chen, 'approval-open');

    const faults: string[] = [];
    await using console = await openConsole(browser(), sandbox.url, faults, PHONE);
    await console.getByRole('navigation', { name: '切换页面' }).getByRole('button', { name: /会话/ }).click();
    await chatNamed(console, '陈总监').click();
    const card = console.getByRole('article', { name: /请审批/ });
    await card.getByRole('button', { name: '同意' }).waitFor();
    await console.screenshot({ path: '.cache/pages/approval-card-open-375.png' });
    await card.getByRole('button', { name: '同意' }).click();
    await console.getByRole('article').getByText('陈总监已同意').first().waitFor();
    await console.screenshot({ path: '.cache/pages/approval-card-decided-375.png' });
    expect(await console.getByRole('button', { name: '同意' }).count()).toBe(0);

    await lina.page.reload();
    await lina.page.getByRole('img', { name: /第 3 步.*已通过/ }).waitFor();
    await look(lina, 'quote-approved');
    await lina.tap('已用别的方式发出');
    await lina.page.getByRole('img', { name: /第 4 步.*已发送/ }).waitFor();
    await look(lina, 'quote-sent');
    await settled(sandbox);
    const { deals, staff } = sandbox.company;
    const [deal, quote] = await sandbox.app.look(async (tx) => [
      await tx.opportunity.get(deals.bearing),
      await tx.quote.find({ opportunityId: deals.bearing }),
    ]);
    expect([deal?.stage, deal?.amountMinor, quote?.status]).toEqual(['quoted', quote?.grossMinor, 'sent']);
    const told = sandbox.platform.textsOf(staff.lina).filter((text) => text.includes('通过了：陈总监已同意'));
    expect(told).toHaveLength(1);

    await chen.page.reload();
    await chen.see('已通过');
    await look(chen, 'approval-decided');
    for (const [who, box, name] of [
      [chen, '我已审批', 'approvals-decided'],
      [lina, '我发起的', 'approvals-mine'],
    ] as const) {
      await who.page.goto(`${sandbox.url}/app/approvals?platform=feishu`);
      await who.page.getByLabel(box).check();
      await who.see('轴承座 3000 套');
      await look(who, name);
    }
    expect([...faults, ...chen.complaints, ...lina.complaints]).toEqual([]);
  });
});
