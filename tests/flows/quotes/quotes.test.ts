// Quotes on the API: figures, the way from draft to accepted, revisions, and what the deal and its timeline make of it.

import { expect, it } from 'vitest';
import { expireQuotes } from '../../../src/crm/quote/expire-quotes.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { codeOf, openCompany } from '../api/company.ts';
import { quotingHouse } from './house.ts';

const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format().replaceAll('-', '');

describeDatabase('quotes on the API', () => {
  it('takes list price and cost from the catalogue as it is, and shows costs to who may see them', async () => {
    await using company = await openCompany();
    const { manager, me, bearing, content, begin, read, dealId } = await quotingHouse(company);
    const quote = await begin();
    expect(quote).toMatchObject({
      ...{ number: `Q${today()}-001`, revision: 1, status: 'draft', version: 1, dealId },
      ...{ netMinor: 1_000_000, taxMinor: 130_000, grossMinor: 1_130_000, discountBp: 0 },
      ...{ marginBp: null, profitMinor: null },
      lines: [{ unit: '件', listMinor: 11_300, costMinor: null, lineMinor: 1_130_000 }],
      rights: { edit: true, submit: true, withdraw: false, revise: false, send: false, accept: false },
    });
    expect(await read(quote.id, manager)).toMatchObject({
      ...{ marginBp: 2_000, profitMinor: 200_000 },
      lines: [{ costMinor: 8_000 }],
    });
    await company.ask(manager, 'PATCH', `/api/products/${bearing}`, { costMinor: 9_000, listMinor: 12_000 });
    expect(await read(quote.id, manager)).toMatchObject({ lines: [{ costMinor: 8_000, listMinor: 11_300 }] });
    const cheaper = { ...content, lines: [{ ...content.lines[0], priceMinor: 10_800 }], expectedVersion: 1 };
    const changed = await company.ask(me, 'PUT', `/api/quotes/${quote.id}`, cheaper);
    expect(changed.body).toMatchObject({ version: 2, discountBp: 1_000, lines: [{ listMinor: 12_000 }] });
    expect(codeOf(await company.ask(me, 'PUT', `/api/quotes/${quote.id}`, cheaper))).toBe('409 changed_meanwhile');
  });

  it('brings list prices to the footing of prices without tax, and leaves the margin open where a cost is missing', async () => {
    await using company = await openCompany();
    const { manager, grease, line, begin, read } = await quotingHouse(company);
    const lines = [
      { ...line, priceMinor: 9_000 },
      { productId: grease, name: '润滑脂', unit: '桶', quantityMilli: 500, priceMinor: 4_425 },
      { name: '运费', unit: '次', quantityMilli: 1_000, priceMinor: 10_000 },
    ];
    const quote = await begin({ title: '不含税', taxIncluded: false, lines });
    // List without tax: 100.00 and 44.25; of the 10,022.13 listed 9,022.13 are asked.
    expect(await read(quote.id, manager)).toMatchObject({
      ...{ netMinor: 912_213, grossMinor: 1_030_801, marginBp: null, profitMinor: null, discountBp: 998 },
    });
  });

  it('refuses what cannot be quoted', async () => {
    await using company = await openCompany();
    const { me, dealId, line, content, begin, act } = await quotingHouse(company);
    const path = `/api/deals/${dealId}/quotes`;
    const gone = { ...content, lines: [line, { ...line, productId: 'gone' }] };
    expect((await company.ask(me, 'POST', path, gone)).body.detail).toBe('第 2 行的产品不在目录里了，请重新选。');
    const huge = { ...content, lines: [{ ...line, quantityMilli: 1_000_000_000_000, priceMinor: 1_000_000_000_000 }] };
    expect((await company.ask(me, 'POST', path, huge)).body.detail).toBe('金额太大：一份报价单最多 100 亿元。');
    const other = { ...content, contactId: 'somebody' };
    expect(codeOf(await company.ask(me, 'POST', path, other))).toBe('400 bad_request');
    const empty = await begin({ title: '空的', lines: [] });
    expect((await act(empty.id, 'submit', 1)).body.detail).toBe('报价单里还没有一行。');
    const late = await begin({ ...content, validUntil: 1 });
    expect((await act(late.id, 'submit', 1)).body.detail).toBe('报价单的有效期已经过了，请先改有效期。');
  });

  it('approved at once where no rule asks; sent moves the deal on, never back; a new revision takes the place of the old', async () => {
    await using company = await openCompany();
    const { me, customerId, dealId, content, line, begin, act, read } = await quotingHouse(company);
    const first = await begin();
    const approved = (await act(first.id, 'submit', 1)).body;
    expect(approved).toMatchObject({ status: 'approved', rights: { edit: false, send: true, revise: true } });
    const deal = async () => (await company.ask(me, 'GET', `/api/deals/${dealId}`)).body;
    expect((await deal()).deal).toMatchObject({ amountMinor: 1_130_000, stage: { key: 'contacted' } });
    const sent = (await act(first.id, 'send', approved.version)).body;
    expect(sent.status).toBe('sent');
    const moved = await deal();
    expect(moved.deal.stage.key).toBe('quoted');
    expect(moved.changes[0].quote).toBe(`报价单 ${first.number} 已发给客户`);
    // What went out stays as it was.
    const edit = { ...content, expectedVersion: sent.version };
    expect(codeOf(await company.ask(me, 'PUT', `/api/quotes/${first.id}`, edit))).toBe('409 wrong_state');

    const second = (await act(first.id, 'revise', sent.version)).body;
    expect(second).toMatchObject({ number: first.number, revision: 2, status: 'draft', grossMinor: 1_130_000 });
    expect(codeOf(await act(first.id, 'revise', sent.version))).toBe('409 wrong_state');
    const cheaper = { ...content, lines: [{ ...line, priceMinor: 10_900 }], expectedVersion: 1 };
    await company.ask(me, 'PUT', `/api/quotes/${second.id}`, cheaper);
    const again = (await act(second.id, 'submit', 2)).body;
    expect((await deal()).deal.amountMinor).toBe(1_090_000);
    expect(again.revisions).toMatchObject([
      { revision: 2, status: 'approved' },
      { revision: 1, status: 'replaced' },
    ]);
    expect(await read(first.id)).toMatchObject({ grossMinor: 1_130_000, closedAt: expect.any(Number) });
    // It stands further on by now: sending moves it nowhere.
    await company.ask(me, 'POST', `/api/deals/${dealId}/move`, {
      toStage: 'sampling',
      expectedVersion: moved.deal.version,
    });
    const resent = (await act(second.id, 'send', again.version)).body;
    expect((await deal()).deal.stage.key).toBe('sampling');
    expect((await act(second.id, 'accept', resent.version)).body.status).toBe('accepted');
    expect(codeOf(await act(second.id, 'accept', resent.version + 1))).toBe('409 wrong_state');

    const { items } = (await company.ask(me, 'GET', `/api/customers/${customerId}/timeline`)).body;
    const texts = items.flatMap((item: { how?: string; text?: string }) => (item.how === 'quote' ? [item.text] : []));
    expect(texts).toEqual([
      `报价单 ${first.number} 第 2 版客户已接受`,
      `报价单 ${first.number} 第 2 版已发给客户`,
      `报价单 ${first.number} 第 2 版已批准：没有规则要求审批`,
      `报价单 ${first.number} 已发给客户`,
      `报价单 ${first.number} 已批准：没有规则要求审批`,
    ]);
    const audit = await company.transact((tx) => tx.auditEntry.list({ entity: 'quote' }));
    expect(audit.map(({ action }) => action).sort()).toEqual(
      ['create', 'create', 'update', 'submit', 'submit', 'approve', 'approve', 'replace', 'send', 'send', 'accept']
        .map((action) => `quote.${action}`)
        .sort(),
    );
    expect((await company.ask(me, 'GET', `/api/deals/${dealId}/quotes`)).body.items).toHaveLength(2);
  });

  it('what is sent or approved ends with its validity, a draft does not', async () => {
    await using company = await openCompany();
    const { content, begin, act, read } = await quotingHouse(company);
    const quotes = [];
    for (const _ of [1, 2, 3]) quotes.push(await begin());
    const [draft, approved, sent] = quotes;
    await act(approved.id, 'submit', 1);
    const { version } = (await act(sent.id, 'submit', 1)).body;
    await act(sent.id, 'send', version);
    const forever = await begin({ ...content, validUntil: null });
    await act(forever.id, 'submit', 1);
    // A month has gone by.
    for (const { id } of quotes) await company.transact((tx) => tx.quote.update({ id }, { validUntil: 1 }));
    expect(await company.transact((tx) => expireQuotes(tx, 10))).toBe(2);
    expect(await company.transact((tx) => expireQuotes(tx, 10))).toBe(0);
    const states = [];
    for (const { id } of [draft, approved, sent, forever]) states.push((await read(id)).status);
    expect(states).toEqual(['draft', 'expired', 'expired', 'approved']);
    const expired = await read(sent.id);
    expect((await act(sent.id, 'revise', expired.version)).body.validUntil).toBeGreaterThan(Date.now());
  });

  it('a shut gate stops the deal, not the quote', async () => {
    await using company = await openCompany();
    const { me, dealId, customerId, begin, act } = await quotingHouse(company);
    await company.publish(({ pipeline }) => ({
      pipeline: {
        ...pipeline,
        stages: pipeline.stages.map((stage: { key: string }) =>
          stage.key === 'quoted' ? { ...stage, requires: [{ field: 'requirement', block: true }] } : stage,
        ),
      },
    }));
    const quote = await begin();
    const { version } = (await act(quote.id, 'submit', 1)).body;
    expect((await act(quote.id, 'send', version)).body.status).toBe('sent');
    expect((await company.ask(me, 'GET', `/api/deals/${dealId}`)).body.deal.stage.key).toBe('contacted');
    const { items } = (await company.ask(me, 'GET', `/api/customers/${customerId}/timeline`)).body;
    expect(items[0].text).toBe(`报价单 ${quote.number} 已发给客户；商机还不能进入「报价发送」，缺：需求要点`);
  });
});
