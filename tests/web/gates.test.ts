// A stage that wants more than fields, in a real browser: what is missing is brought from the sheet, and the deal goes on by itself.

import { expect, it } from 'vitest';
import { stageOf } from '../../sandbox/flows/flow.ts';
import { openDesk } from '../../src/crm/access/desk.ts';
import { submitQuote } from '../../src/crm/quote/quote-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import { starterDocument } from '../../src/policies.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { visit } from './pages-support.ts';

const SCAN = { name: '合同扫描.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };

describeBrowser('a stage that wants a file and a quote', () => {
  const open = useSandbox();
  const browser = useBrowser();

  it('takes the file from the sheet, waits for the quote, and lets nobody take away what it stands on', async () => {
    const sandbox = await open();
    const { app, company } = sandbox;
    const { bearing } = company.deals;
    const wants = '{ approved: quote, block: true }, { document: contract, block: true }';
    const document = starterDocument().replace('{ approved: quote }', wants);
    const account = app.accounts[0];
    await app.database.company.publishPolicy(account?.tenantId ?? '', document, 'test');
    await app.transact((tx) => tx.opportunity.update({ id: bearing }, { stage: 'sampling' }));
    const given = { sandbox, browser: browser() };
    const { page, see, tap, complaints } = await visit(given, company.staff.lina, `deals/${bearing}`);
    await see('还没有文件');
    await page
      .getByRole('group', { name: '阶段' })
      .getByRole('button', { name: /合同签订.*缺 2 项/ })
      .press('Enter');
    await see('还没有写报价单');
    await see('可以之后补：需求文档');
    await page.locator('.thing input[type=file]').last().setInputFiles(SCAN);
    await see('已上传 合同扫描.pdf');
    await tap('齐了就进入「合同签订」');
    await see('等 批准的报价单，齐了自动进入「合同签订」');
    expect(await stageOf(sandbox, bearing)).toBe('sampling');

    await app.transact(async (tx) => {
      const deal = await tx.opportunity.get(bearing);
      const desk = await openDesk(tx, { staffId: deal?.ownerId ?? '', accountId: account?.id ?? '' });
      if (!desk) throw new Error('the owner is gone');
      const line = { name: '轴承座', unit: '件', quantityMilli: 1_000, priceMinor: 10_000 };
      const content = { title: '轴承座', taxBp: 0, taxIncluded: true, lines: [line] };
      const draft = await beginQuote(desk, bearing, content);
      if (draft.ok) await submitQuote(desk, draft.value.id, draft.value.version);
    });
    expect(await stageOf(sandbox, bearing)).toBe('contracted');
    await page.reload();
    await page.getByRole('button', { name: '删除 合同扫描.pdf' }).click();
    await see('合同扫描件不能没有');
    expect(complaints).toEqual([]);
  });
});
