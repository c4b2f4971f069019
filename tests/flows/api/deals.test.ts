// What pages fill in on deals, what stages want of them, and the tasks of customers and deals.

import { expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

async function start(company: Company) {
  const me = await company.employ('孙销售');
  const { id, dealId } = await company.customer('苏州明远', me);
  const path = `/api/deals/${dealId}`;
  return {
    ...{ me, id, dealId, path },
    page: async () => (await company.ask(me, 'GET', path)).body,
    change: (body: object) => company.ask(me, 'PATCH', path, body),
    move: (body: object) => company.ask(me, 'POST', `${path}/move`, body),
  };
}

/** What the stage asked for is another matter. */
const withoutStageTasks = (company: Company) => company.transact((tx) => tx.task.remove({ cause: 'stage' }));

describeDatabase('deals on the API', () => {
  it('keeps each field by its kind, says what does not fit, and empties with null', async () => {
    await using company = await openCompany();
    const { change, page, dealId } = await start(company);
    const filled = await change({
      name: '轴承座 500 套',
      amountMinor: 7_140_000,
      fields: { requirement: ' HT250，500 套 ', expected_close: '2026-12-31' },
      expectedVersion: 1,
    });
    expect(filled.body).toMatchObject({
      deal: { name: '轴承座 500 套', amountMinor: 7_140_000, expectedClose: '2026-12-31', version: 1, missing: [] },
      fields: [
        { key: 'amount', kind: 'money', value: 7_140_000 },
        { key: 'expected_close', kind: 'date', value: '2026-12-31' },
        { key: 'requirement', kind: 'text', value: 'HT250，500 套' },
        { key: 'signed_on', value: null },
      ],
    });
    const wrong = { fields: { expected_close: '2026-02-30', amount: '七万', gone: 'x' }, expectedVersion: 1 };
    const { body } = await change(wrong);
    expect(body).toMatchObject({ status: 400, code: 'bad_request' });
    expect(body.detail).toBe(
      '「预计成交」要填日期，例如 2026-11-30。「金额」要填金额，不能是负数，最多 100 亿元。有一个字段已经不在了，请刷新后再填。',
    );
    await change({ fields: { requirement: '600 套' }, expectedVersion: 1 });
    await change({ amountMinor: null, fields: { expected_close: null }, expectedVersion: 1 });
    expect(await page()).toMatchObject({
      deal: { amountMinor: null, expectedClose: null },
      fields: [{ value: null }, { value: null }, { value: '600 套' }, { value: null }],
    });
    expect(codeOf(await change({ name: '旧的', expectedVersion: 7 }))).toBe('409 changed_meanwhile');
    const [entry] = await company.transact((tx) => tx.auditEntry.list({ entityId: dealId, action: 'deal.update' }));
    expect(entry?.detail).toEqual({ fields: ['name', 'requirement', 'expected_close', 'amount'] });
    expect(JSON.stringify(entry)).not.toContain('HT250');
  });

  it('a stage that only warns lets the deal in and shows what is missing', async () => {
    await using company = await openCompany();
    const { move, page } = await start(company);
    expect((await page()).gates).toMatchObject([
      {
        toStage: 'qualified',
        missing: [
          { key: 'requirement', block: false },
          { kind: 'document', key: 'requirements', block: false },
        ],
      },
      { toStage: 'quoted' },
      { toStage: 'sampling' },
      { toStage: 'contracted' },
      { toStage: 'fulfilling' },
      { toStage: 'after_sales' },
      { toStage: 'won' },
    ]);
    const moved = await move({ toStage: 'quoted', expectedVersion: 1 });
    expect(moved.status).toBe(200);
    expect(moved.body.deal.missing).toEqual([
      { kind: 'field', key: 'requirement', name: '需求要点', stage: 'qualified', block: false },
      { kind: 'document', key: 'requirements', name: '需求文档', stage: 'qualified', block: false },
      { kind: 'field', key: 'amount', name: '金额', stage: 'quoted', block: false },
    ]);
    expect(moved.body.dwell).toMatchObject([{ stage: 'contacted' }]);
  });

  it('a stage that blocks names what it wants, and takes it with the same move', async () => {
    await using company = await openCompany();
    const { move, page, change } = await start(company);
    for (const toStage of ['fulfilling', 'after_sales', 'won']) {
      const shut = await move({ toStage, fields: { requirement: '500 套' }, expectedVersion: 1 });
      expect(shut.body).toMatchObject({ status: 409, code: 'fields_missing' });
      expect(shut.body.missing).toContainEqual({
        kind: 'field',
        key: 'amount',
        name: '金额',
        stage: 'quoted',
        block: true,
      });
    }
    expect((await page()).fields[2].value).toBe(null);
    const bad = await move({ toStage: 'fulfilling', fields: { amount: -1 }, expectedVersion: 1 });
    expect(codeOf(bad)).toBe('400 bad_request');
    const moved = await move({ toStage: 'fulfilling', fields: { amount: 500_000 }, expectedVersion: 1 });
    expect(moved.body.deal).toMatchObject({ stage: { key: 'fulfilling' }, amountMinor: 500_000, version: 2 });
    const emptied = await change({ amountMinor: null, expectedVersion: 2 });
    expect(emptied.body.detail).toBe('商机在「订单执行」，金额不能空着。可以改成别的值。');
    expect((await move({ toStage: 'quoted', expectedVersion: 2 })).status).toBe(200);
    expect((await change({ amountMinor: null, expectedVersion: 3 })).status).toBe(200);
  });

  it('words that a stage stops become a question, and move the deal once the field is there', async () => {
    await using company = await openCompany();
    const { me, id, dealId, move, change, page } = await start(company);
    await move({ toStage: 'contracted', expectedVersion: 1 });
    const said = await company.ask(me, 'POST', `/api/customers/${id}/words`, { text: '首款已经打过去了，请查收' });
    expect(said.body).toMatchObject({ outcome: 'asked', deal: { stage: { key: 'contracted' } } });
    const [card] = await company.transact((tx) => tx.card.list({ subject: `opportunity:${dealId}`, status: 'open' }));
    expect(card?.data).toMatchObject({ toStage: 'fulfilling', pending: [{ quote: '首款已经打过去了，请查收' }] });
    expect((await page()).wish).toMatchObject({
      to: { key: 'fulfilling' },
      by: null,
      quote: '首款已经打过去了，请查收',
    });
    const filled = await change({ amountMinor: 500_000, expectedVersion: 2 });
    expect(filled.body).toMatchObject({ deal: { stage: { key: 'fulfilling' } }, wish: null });
    expect((await page()).changes[0]).toMatchObject({
      cause: 'signal',
      ruleLabel: expect.any(String),
      policyVersion: 1,
    });
  });

  it("who wrote a task changes it no more when the customer is another one's; whose deal it is does", async () => {
    await using company = await openCompany();
    const before = await company.employ('孙销售');
    const after = await company.employ('李娜');
    const boss = await company.employ('赵主管', { role: 'admin' });
    const { id, dealId } = await company.customer('宁波恒锐', before);
    const add = async (body: object) => (await company.ask(before, 'POST', '/api/tasks', body)).body;
    const [call, visit] = [await add({ title: '回访', customerId: id }), await add({ title: '拜访', dealId })];
    await company.ask(boss, 'POST', `/api/customers/${id}/owner`, { staffId: after });
    const change = (who: string, task: { id: string }, expectedVersion = 2) =>
      company.ask(who, 'PATCH', `/api/tasks/${task.id}`, { title: '改了', expectedVersion });
    for (const task of [call, visit]) expect(codeOf(await change(before, task))).toBe('404 not_found');
    expect((await change(after, call)).status).toBe(200);
    await company.transact((tx) => tx.opportunity.update({ id: dealId }, { ownerId: before }));
    expect((await change(before, visit)).status).toBe(200);
    expect(codeOf(await change(before, call, 3))).toBe('404 not_found');
  });

  it('tasks asked for by the id of a customer that was merged are those of the one it went into; who reads them is written down', async () => {
    await using company = await openCompany();
    const me = await company.employ('孙销售');
    const boss = await company.employ('赵主管', { role: 'admin' });
    const [kept, other] = [await company.customer('宁波恒锐', me), await company.customer('宁波恒瑞', me)];
    await company.ask(me, 'POST', `/api/customers/${kept.id}/merge`, { otherId: other.id });
    await withoutStageTasks(company);
    const made = await company.ask(me, 'POST', '/api/tasks', { title: '回访', customerId: other.id });
    expect(made.body.customer).toEqual({ id: kept.id, name: '宁波恒锐' });
    for (const id of [kept.id, other.id])
      expect((await company.ask(boss, 'GET', `/api/customers/${id}/tasks`)).body.items).toMatchObject([
        { title: '回访' },
      ]);
    expect(await company.audit({ entityId: kept.id, action: 'customer.tasks' })).toEqual([
      `customer.tasks ${boss}`,
      `customer.tasks ${boss}`,
    ]);
  });

  it('tasks are added, put off, given, done, taken back and removed, and today knows what is due', async () => {
    await using company = await openCompany();
    const { me, id, dealId, path } = await start(company);
    const helper = await company.employ('李协作');
    const stranger = await company.employ('吴路人');
    await withoutStageTasks(company);
    await company.transact((tx) =>
      tx.collaborator.insert({ id: tx.newId(), customerId: id, staffId: helper, addedAt: tx.now }),
    );
    const add = (body: object, who = me) => company.ask(who, 'POST', '/api/tasks', body);
    const now = Date.now();
    const [due, later, some] = [
      (await add({ title: '寄样', dealId, dueAt: now - 3 * 86_400_000 })).body,
      (await add({ title: '回访', customerId: id, dueAt: now + 3 * 86_400_000 })).body,
      (await add({ title: '交周报' })).body,
    ];
    expect(due).toMatchObject({ customer: { id, name: '苏州明远' }, deal: { id: dealId }, owner: { id: me } });
    expect(codeOf(await add({ title: '帮忙', customerId: id, ownerId: stranger }))).toBe('400 bad_request');
    expect(codeOf(await add({ title: '帮忙', ownerId: helper }))).toBe('400 bad_request');
    expect(codeOf(await add({ title: '看看', customerId: id }, stranger))).toBe('404 not_found');
    const today = async (who = me) => {
      const { tasks, laterTasks } = (await company.ask(who, 'GET', '/api/today')).body;
      return [tasks.map(({ title }: { title: string }) => title), laterTasks];
    };
    expect(await today()).toEqual([['寄样', '交周报'], 1]);
    expect((await company.ask(me, 'GET', path)).body.deal.nextTask).toMatchObject({ title: '寄样' });
    const change = (task: { id: string }, body: object, who = me) =>
      company.ask(who, 'PATCH', `/api/tasks/${task.id}`, body);
    expect((await change(due, { done: true, expectedVersion: 1 })).body.doneAt).toBeGreaterThanOrEqual(now);
    expect(await today()).toEqual([['交周报'], 1]);
    expect(codeOf(await change(due, { done: false, expectedVersion: 1 }))).toBe('409 changed_meanwhile');
    expect((await change(due, { done: false, expectedVersion: 2 })).body).toMatchObject({ doneAt: null, version: 3 });
    await change(later, { ownerId: helper, dueAt: now, expectedVersion: 1 });
    expect(await today(helper)).toEqual([['回访'], 0]);
    expect(codeOf(await change(some, { title: '别人的', expectedVersion: 1 }, helper))).toBe('404 not_found');
    const list = (await company.ask(helper, 'GET', `/api/customers/${id}/tasks`)).body.items;
    expect(list.map(({ title }: { title: string }) => title)).toEqual(['寄样', '回访']);
    const removed = await company.ask(helper, 'POST', `/api/tasks/${later.id}/remove`, { expectedVersion: 2 });
    expect(removed.body).toEqual({ id: later.id });
    expect(await company.audit({ entityId: id })).toEqual([
      `task.create ${me}`,
      `task.create ${me}`,
      `task.done ${me}`,
      `task.reopen ${me}`,
      `task.update ${me}`,
      `customer.tasks ${helper}`,
      `task.remove ${helper}`,
    ]);
  });
});
