// A quote that has to be agreed to: who is asked reads it, what nobody can be asked about stays a draft, and how it goes on.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { codeOf, openCompany } from '../api/company.ts';
import { quotingHouse } from './house.ts';

const rule = (who: object) => ({
  key: 'discount',
  name: '折扣超过 10%',
  when: { discount: { from: 10 } },
  steps: [{ key: 'first', name: '把关', who: [who] }],
});

describeDatabase('a quote that has to be agreed to', () => {
  it('is read by whoever is asked, without costs where they are not theirs to see, and changed by none of them', async () => {
    await using company = await openCompany();
    const { me, stranger, dealId, line, begin, act, read } = await quotingHouse(company);
    const asked = { kind: 'staff', ids: [stranger] };
    await company.publish(({ approvals }) => ({
      approvals: { quote: { ...approvals.quote, rules: [rule(asked)] } },
    }));
    const cheap = { title: '特价', lines: [{ ...line, priceMinor: 9_000 }] };
    const quote = await begin(cheap);
    expect(quote.willNeed).toEqual([{ step: '把关', reasons: ['折扣超过 10%'], people: ['吴路人'] }]);
    expect(codeOf(await company.ask(stranger, 'GET', `/api/quotes/${quote.id}`))).toBe('404 not_found');
    const submitted = (await act(quote.id, 'submit', 1)).body;
    expect(submitted).toMatchObject({ status: 'submitted', willNeed: [], rights: { withdraw: true, edit: false } });
    expect(codeOf(await company.ask(me, 'PUT', `/api/quotes/${quote.id}`, { ...cheap, expectedVersion: 2 }))).toBe(
      '409 wrong_state',
    );
    expect(await read(quote.id, stranger)).toMatchObject({
      ...{ grossMinor: 900_000, marginBp: null, profitMinor: null },
      lines: [{ costMinor: null }],
      rights: { edit: false, submit: false, withdraw: false, revise: false, send: false, accept: false },
    });
    expect(codeOf(await act(quote.id, 'withdraw', submitted.version, stranger))).toBe('403 forbidden');
    expect(codeOf(await company.ask(stranger, 'GET', `/api/deals/${dealId}/quotes`))).toBe('404 not_found');

    const { approvalId } = submitted;
    const decide = { agree: false, comment: '利润太低' };
    await company.ask(stranger, 'POST', `/api/approvals/${approvalId}/decide`, decide);
    const rejected = await read(quote.id);
    expect(rejected).toMatchObject({ status: 'rejected', approvalId, rights: { revise: true, send: false } });
    const second = (await act(quote.id, 'revise', rejected.version)).body;
    const again = (await act(second.id, 'submit', 1)).body;
    expect((await act(second.id, 'withdraw', again.version)).body.status).toBe('withdrawn');
    const { items } = (await company.ask(me, 'GET', `/api/customers/${quote.customer.id}/timeline`)).body;
    expect(items.map(({ text }: { text?: string }) => text)).toEqual([
      expect.stringContaining('第 2 版已撤回'),
      `报价单 ${quote.number} 第 2 版已提交审批`,
      expect.stringMatching(/被驳回：.*吴路人.*利润太低/),
      `报价单 ${quote.number} 已提交审批`,
    ]);
    // The deal is worth what was agreed to, and nothing was.
    expect((await company.ask(me, 'GET', `/api/deals/${dealId}`)).body.deal.amountMinor).toBe(null);
  });

  it('is taken back by whoever has the deal now, and no longer by the one who gave it away', async () => {
    await using company = await openCompany();
    const { manager, me, stranger, customerId, line, begin, act } = await quotingHouse(company);
    await company.publish(({ approvals }) => ({
      approvals: { quote: { ...approvals.quote, rules: [rule({ kind: 'supervisor' })] } },
    }));
    const quote = await begin({ title: '特价', lines: [{ ...line, priceMinor: 9_000 }] });
    const { approvalId } = (await act(quote.id, 'submit', 1)).body;
    await company.ask(manager, 'POST', `/api/customers/${customerId}/owner`, { staffId: stranger });
    const withdraw = (who: string) => company.ask(who, 'POST', `/api/approvals/${approvalId}/withdraw`, {});
    expect(codeOf(await withdraw(me))).toMatch(/^40[34]/);
    expect((await withdraw(stranger)).body).toMatchObject({ state: 'withdrawn' });
  });

  it('stays a draft where nobody can be asked and the policy refuses', async () => {
    await using company = await openCompany();
    const { line, begin, act, read } = await quotingHouse(company);
    await company.publish(({ approvals }) => ({
      approvals: { quote: { ...approvals.quote, nobody: 'refuse', rules: [rule({ kind: 'department_head' })] } },
    }));
    const quote = await begin({ title: '特价', lines: [{ ...line, priceMinor: 9_000 }] });
    const refused = await act(quote.id, 'submit', 1);
    expect(codeOf(refused)).toBe('409 cannot_submit');
    expect(await read(quote.id)).toMatchObject({ status: 'draft', version: 1, submittedAt: null });
  });
});
