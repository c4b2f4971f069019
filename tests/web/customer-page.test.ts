// The customer's page of a quote in a real browser: on a phone and on a desk, with and without scripts, and for a colleague.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Company, openCompany } from '../flows/api/company.ts';
import { PHONE } from '../flows/quotes/customer.ts';
import { quotingHouse } from '../flows/quotes/house.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';

describeBrowser('a quote in the customer’s browser', () => {
  const browser = useBrowser();
  let company: Company;
  let house: Awaited<ReturnType<typeof quotingHouse>>;
  let url = '';
  let id = '';

  beforeAll(async () => {
    company = await openCompany();
    house = await quotingHouse(company);
    const name = '苏州堃喆精密机械制造股份有限公司华东分公司';
    const lines = ['轴承座', '不锈钢法兰球阀（配气动执行机构、电磁阀与限位开关）', 'x'.repeat(120)].map(
      (product, at) => ({
        ...{
          name: product,
          spec: at === 1 ? 'DN50 PN16 304' : null,
          quantityMilli: 1_000_500,
          priceMinor: 12_345_67 + at,
        },
      }),
    );
    const { dealId } = await company.customer(name, house.me);
    const terms = '1. 交货期：收到预付款后 15 个工作日。\n2. 付款方式：30% 预付，发货前付清余款。';
    const body = { title: '轴承与阀门 2026 年度框架报价', terms, lines };
    id = (await company.ask(house.me, 'POST', `/api/deals/${dealId}/quotes`, body)).body.id;
    await company.transact((tx) => tx.quote.update({ id }, { status: 'approved' }));
    url = `http://127.0.0.1:${company.port}/${(await house.link(id)).body.url}`;
  });
  afterAll(() => company[Symbol.asyncDispose]());

  const opened = async (): Promise<number> => (await house.read(id)).links[0].opened;
  const anew = () => company.transact((tx) => tx.quoteLink.update({ quoteId: id }, { lastOpenedAt: 1 }));

  it.each([
    [375, 812],
    [1440, 900],
  ])('is read whole at %i pixels, and says that it was', async (width, height) => {
    await anew();
    const before = await opened();
    const context = await browser().newContext({ viewport: { width, height }, userAgent: PHONE });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (said) => complaints.push(said.text()));
    page.on('requestfailed', (failed) => complaints.push(failed.url()));
    const told = page.waitForResponse((response) => response.url().endsWith('/opened'));
    await page.goto(url);
    expect((await told).status()).toBe(204);
    expect(await opened()).toBe(before + 1);
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['名称', '数量', '单价', '金额']);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
    const box = await page.locator('.watermark').boundingBox();
    expect([box?.width, box?.height]).toEqual([width, height]);
    await page.getByRole('link', { name: '下载 PDF' }).hover();
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('lets a person without scripts say so themselves, and counts no colleague', async () => {
    await anew();
    const before = await opened();
    const context = await browser().newContext({ userAgent: PHONE, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(url);
    expect(await opened()).toBe(before);
    await page.getByRole('button', { name: '已收到，告诉报价人' }).click();
    await page.getByText('已经告诉报价人').waitFor();
    expect(await opened()).toBe(before + 1);
    await anew();
    await context.addCookies([{ name: 'liaodan', value: 'x'.repeat(43), url }]);
    const colleague = await context.newPage();
    await colleague.goto(url);
    await colleague.getByText('这次打开不会记为客户查看').waitFor();
    expect(await colleague.locator('script, form').count()).toBe(0);
    await context.close();
  });
});
