// Approvals as pages see them: three lists, one whole, decisions that say who was first, and margins for whom costs are shown to.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

async function asked(company: Company) {
  const admin = await company.employ('郑总', { role: 'admin' });
  const other = await company.employ('冯总', { role: 'admin' });
  const boss = await company.employ('赵主管');
  const owner = await company.employ('孙销售', { under: boss });
  const { id: customerId, dealId } = await company.customer('宁波恒锐', owner);
  const line = { name: '生产线', quantityMilli: 1_000, priceMinor: 60_000_000 };
  const quote = await company.ask(owner, 'POST', `/api/deals/${dealId}/quotes`, { title: '生产线', lines: [line] });
  const submitted = await company.ask(owner, 'POST', `/api/quotes/${quote.body.id}/submit`, { expectedVersion: 1 });
  expect(submitted.status).toBe(200);
  const box = async (staffId: string, name: string) =>
    (await company.ask(staffId, 'GET', `/api/approvals?box=${name}`)).body.items;
  const [{ id }] = await box(boss, 'to_decide');
  const post = (staffId: string, act: string, body: object = {}) =>
    company.ask(staffId, 'POST', `/api/approvals/${id}/${act}`, body);
  return { admin, other, boss, owner, customerId, quoteId: quote.body.id as string, id: id as string, box, post };
}

describeDatabase('approvals on the API', () => {
  it('stand in the list of whoever is asked until they have decided; then in the next one', async () => {
    await using company = await openCompany();
    const { admin, boss, owner, id, box, post, quoteId } = await asked(company);
    expect(await box(admin, 'to_decide')).toEqual([]);
    expect(await box(owner, 'mine')).toMatchObject([{ id, state: 'open', where: '「直接主管」等赵主管审批' }]);
    const first = await post(boss, 'decide', { agree: true, comment: '可以' });
    expect(first.body).toMatchObject({
      state: 'open',
      where: '「管理员」等郑总、冯总审批',
      rights: { decide: false, transfer: false, withdraw: false },
      steps: [{ state: 'approved', seats: [{ person: { name: '赵主管' }, comment: '可以' }] }, { state: 'open' }],
    });
    expect(await box(boss, 'to_decide')).toEqual([]);
    expect(await box(boss, 'decided')).toMatchObject([{ id }]);
    expect((await post(admin, 'decide', { agree: true })).body).toMatchObject({ state: 'approved' });
    expect((await company.ask(owner, 'GET', `/api/quotes/${quoteId}`)).body.status).toBe('approved');
    expect(await company.audit({ entityId: quoteId })).toEqual(
      expect.arrayContaining([`approval.submit ${owner}`, `approval.agree ${boss}`, `approval.agree ${admin}`]),
    );
  });

  it('say who was first, and are not decided by others', async () => {
    await using company = await openCompany();
    const { admin, other, boss, owner, post } = await asked(company);
    expect(codeOf(await post(admin, 'decide', { agree: true }))).toBe('403 forbidden');
    await post(boss, 'decide', { agree: true });
    await post(other, 'decide', { agree: false, comment: '账期太长' });
    const late = await post(admin, 'decide', { agree: true });
    expect(codeOf(late)).toBe('409 already_decided');
    expect(late.body.detail).toBe('审批已经结束：冯总已驳回：账期太长。');
    expect(codeOf(await post(owner, 'withdraw'))).toBe('409 already_decided');
  });

  it('are handed to a colleague, taken back by the submitter, and hide the margin from whom costs are hidden', async () => {
    await using company = await openCompany();
    const { admin, boss, owner, id, post } = await asked(company);
    await company.transact(async (tx) => {
      const row = await tx.approval.get(id);
      if (row) await tx.approval.update({ id }, { facts: { ...row.facts, marginBp: 1_800 } });
    });
    const marginFor = async (who: string) => (await company.ask(who, 'GET', `/api/approvals/${id}`)).body.marginBp;
    expect([await marginFor(owner), await marginFor(admin)]).toEqual([null, 1_800]);
    const stranger = await company.employ('吴路人');
    expect(codeOf(await company.ask(stranger, 'GET', `/api/approvals/${id}`))).toBe('404 not_found');
    expect(codeOf(await post(boss, 'transfer', { to: owner }))).toBe('422 no_colleague');
    expect((await post(boss, 'transfer', { to: stranger })).body.where).toBe('「直接主管」等吴路人审批');
    expect((await company.ask(stranger, 'GET', `/api/approvals/${id}`)).body.rights.decide).toBe(true);
    expect((await post(owner, 'withdraw')).body).toMatchObject({ state: 'withdrawn', where: '孙销售已撤回' });
  });

  it('carry words of whoever is named, what may be picked for a refusal, and what was made of it since', async () => {
    await using company = await openCompany();
    const { boss, owner, other, id, post, quoteId } = await asked(company);
    expect(codeOf(await post(other, 'comment', { text: '我也看看' }))).toBe('403 forbidden');
    expect(codeOf(await post(boss, 'comment', { text: ' ' }))).toBe('400 bad_request');
    await post(boss, 'comment', { text: '账期多长？' });
    const said = await post(owner, 'comment', { text: '三个月' });
    expect(said.body).toMatchObject({
      state: 'open',
      comments: [
        { person: { name: '赵主管' }, text: '账期多长？' },
        { person: { name: '孙销售' }, text: '三个月' },
      ],
      refusal: { required: false, reasons: ['价格太低', '毛利不够', '付款条件要改', '交期做不到', '请补充说明'] },
      troubles: [],
      remade: null,
      rights: { decide: false, comment: true },
    });
    expect((await post(boss, 'decide', { agree: false })).body).toMatchObject({
      state: 'rejected',
      where: '赵主管已驳回',
    });
    const revised = await company.ask(owner, 'POST', `/api/quotes/${quoteId}/revise`, { expectedVersion: 3 });
    const seen = await company.ask(owner, 'GET', `/api/approvals/${id}`);
    expect(seen.body.remade).toBe(`/app/quotes/${revised.body.id}`);
  });

  it('show whom no card reaches, and an administrator hands that on', async () => {
    await using company = await openCompany();
    const { admin, boss, owner, id, post } = await asked(company);
    await company.transact(async (tx) => {
      await tx.staffIdentity.remove({ staffId: boss });
    });
    const page = (who: string) => company.ask(who, 'GET', `/api/approvals/${id}`);
    expect((await page(admin)).body.rights.transfer).toBe(true);
    expect((await page(owner)).body.rights.transfer).toBe(false);
    const to = await company.employ('钱副总');
    expect((await post(admin, 'transfer', { to })).body.where).toBe('「直接主管」等钱副总审批');
  });

  it('are stood in for while somebody is away', async () => {
    await using company = await openCompany();
    const boss = await company.employ('赵主管');
    const to = await company.employ('钱副总');
    const put = (standIn: object | null) => company.ask(boss, 'PUT', '/api/me/stand-in', { standIn });
    const times = { fromAt: Date.now(), untilAt: Date.now() + 86_400_000 };
    expect(codeOf(await put({ toId: boss, ...times }))).toBe('400 bad_request');
    expect((await put({ toId: to, ...times })).body.standIn).toMatchObject({ to: { name: '钱副总' } });
    expect((await company.ask(boss, 'GET', '/api/me/stand-in')).body.standIn.to.id).toBe(to);
    expect((await put(null)).body).toEqual({ standIn: null });
  });
});
