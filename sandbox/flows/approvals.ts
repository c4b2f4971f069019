/** A quote that has to be agreed to: the card comes to whoever is asked, on their platform, and one tap decides. */
import assert from 'node:assert/strict';
import { openDesk } from '../../src/crm/access/desk.ts';
import { HOUR_MS } from '../../src/crm/calendar/spans.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { submitQuote } from '../../src/crm/quote/quote-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import type { StaffRow } from '../../src/crm/rows/people.ts';
import { lapseApprovals } from '../../src/scheduler/approval-clock.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';

/** 李娜 submits a quote 15 % below the list price. Returns its id. */
export async function submitBelowList({ app }: Sandbox, dealId: string): Promise<string> {
  return app.transact(async (tx) => {
    const deal = await tx.opportunity.get(dealId);
    const desk = await openDesk(tx, { staffId: deal?.ownerId ?? '', accountId: app.accounts[0]?.id ?? '' });
    assert.ok(desk);
    const { id: productId } = await insertProduct(tx, { name: '轴承座', unit: '件', listMinor: 10_000 });
    const line = { productId, name: '轴承座', unit: '件', quantityMilli: 3_000_000, priceMinor: 8_500 };
    const tax = { taxBp: 1_300, taxIncluded: true };
    const draft = await beginQuote(desk, dealId, { title: '轴承座 3000 套', ...tax, lines: [line] });
    assert.ok(draft.ok, JSON.stringify(draft));
    const submitted = await submitQuote(desk, draft.value.id, draft.value.version);
    assert.ok(submitted.ok, JSON.stringify(submitted));
    return draft.value.id;
  });
}

const statusOf = ({ app }: Sandbox, quoteId: string) =>
  app.look(async (tx) => (await tx.quote.get(quoteId))?.status ?? null);

/** What the flow needs to be true of a colleague. */
const change = ({ app }: Sandbox, name: string, patch: Partial<StaffRow>) =>
  app.transact((tx) => tx.staff.update({ name }, patch));

const idOf = ({ app }: Sandbox, name: string) => app.look(async (tx) => (await tx.staff.find({ name }))?.id ?? '');

/** A colleague reads on this platform alone. */
const readsOnlyOn = ({ app }: Sandbox, platform: string, name = '陈总监') =>
  app.transact(async (tx) => {
    const person = await tx.staff.find({ name });
    for (const account of app.accounts)
      if (account.platform !== platform)
        await tx.staffIdentity.remove({ staffId: person?.id ?? '', accountId: account.id });
  });

const feishu: Flow = {
  name: 'approval:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const quoteId = await submitBelowList(sandbox, company.deals.bearing);
    const card = await platform.waitForCard(company.staff.chen, '请审批');
    assert.match(card.text, /宁波恒锐机电[\s\S]*¥255,000\.00[\s\S]*15%[\s\S]*折扣超过 10%[\s\S]*李娜提交/);
    assert.deepEqual(card.buttons, ['同意', '驳回']);
    const tap = await platform.tap(company.staff.chen, card.messageId, '同意');
    assert.ok(tap.ok && tap.cardChanged && tap.toast?.type === 'success');
    assert.equal(await statusOf(sandbox, quoteId), 'approved');
    assert.deepEqual(platform.card(card.messageId).buttons, []);
    await platform.waitForText(company.staff.lina, '通过了：陈总监已同意');
  },
};

const wecom: Flow = {
  name: 'approval:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform, company } = sandbox.wecom;
    await readsOnlyOn(sandbox, 'wecom');
    const quoteId = await submitBelowList(sandbox, company.deals.valve);
    const card = await platform.waitForCard(company.staff.chen, '请审批');
    assert.match(card.text, /折扣超过 10%/);
    assert.ok((await platform.tap(company.staff.chen, card.messageId, '驳回', { refuse: '价格太低' })).ok);
    await settled(sandbox);
    assert.equal(await statusOf(sandbox, quoteId), 'rejected');
    const shown = await platform.waitForCard(
      company.staff.chen,
      (one) => one.messageId === card.messageId && one.updates > 0,
    );
    assert.match(shown.text, /陈总监已驳回：价格太低/);
    assert.deepEqual(shown.buttons, []);
  },
};

const dingtalk: Flow = {
  name: 'approval:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform, company } = sandbox.dingtalk;
    await platform.waitForConnection();
    await readsOnlyOn(sandbox, 'dingtalk');
    const quoteId = await submitBelowList(sandbox, company.deals.roller);
    const card = await platform.waitForCard(company.staff.chen, '请审批');
    assert.match(card.text, /折扣超过 10%/);
    assert.ok((await platform.tap(company.staff.chen, card.messageId, '同意')).ok);
    await settled(sandbox);
    assert.equal(await statusOf(sandbox, quoteId), 'approved');
    await platform.waitForCard(
      company.staff.chen,
      (one) => one.messageId === card.messageId && one.buttons.length === 0,
    );
  },
};

/** 王强 is asked in WeCom and 陈总监 in DingTalk: either may decide, and both cards end. */
const crossPlatform: Flow = {
  name: 'approval:cross-platform',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom && sandbox.dingtalk);
    const [inWecom, inDingtalk] = [sandbox.wecom, sandbox.dingtalk];
    await inDingtalk.platform.waitForConnection();
    await readsOnlyOn(sandbox, 'wecom', '王强');
    await readsOnlyOn(sandbox, 'dingtalk', '陈总监');
    await change(sandbox, '李娜', { supervisorId: null });
    for (const name of ['陈总监', '王强']) await change(sandbox, name, { role: 'admin' });
    const quoteId = await submitBelowList(sandbox, inWecom.company.deals.valve);
    const { wangqiang } = inWecom.company.staff;
    const { chen } = inDingtalk.company.staff;
    const other = await inWecom.platform.waitForCard(wangqiang, '请审批');
    const card = await inDingtalk.platform.waitForCard(chen, '请审批');
    assert.ok((await inDingtalk.platform.tap(chen, card.messageId, '同意')).ok);
    await settled(sandbox);
    assert.equal(await statusOf(sandbox, quoteId), 'approved');
    await inDingtalk.platform.waitForCard(chen, (one) => one.messageId === card.messageId && one.buttons.length === 0);
    const ended = await inWecom.platform.waitForCard(
      wangqiang,
      (one) => one.messageId === other.messageId && one.updates > 0,
    );
    assert.match(ended.text, /陈总监已同意/);
    assert.deepEqual(ended.buttons, []);
  },
};

/** 王强 does not answer: it goes up to 陈总监, once, and his own card says so. */
const escalation: Flow = {
  name: 'approval:escalation',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    await change(sandbox, '李娜', { supervisorId: await idOf(sandbox, '王强') });
    const quoteId = await submitBelowList(sandbox, company.deals.bearing);
    const first = await platform.waitForCard(company.staff.wangqiang, '请审批');
    const look = () =>
      lapseApprovals({ tenantId: app.accounts[0]?.tenantId ?? '', transact: (_, work) => app.transact(work) });
    assert.equal(await look(), 0);
    // Longer than any run of holidays, and a card here changes for a fortnight.
    sandbox.advance(12 * 24 * HOUR_MS);
    assert.deepEqual((await Promise.all([look(), look()])).toSorted(), [0, 1]);
    const second = await platform.waitForCard(company.staff.chen, '请审批');
    await settled(sandbox);
    assert.equal(platform.cardsOf(company.staff.chen).length, 1);
    assert.deepEqual((await platform.tap(company.staff.chen, second.messageId, '同意')).ok, true);
    assert.equal(await statusOf(sandbox, quoteId), 'approved');
    const [last] = await sandbox.app.look((tx) => tx.card.list({ messageId: first.messageId }));
    assert.equal(last?.outcome, '已转给陈总监');
    await settled(sandbox);
  },
};

/** Two may decide and both tap fifty times, one to agree and one to refuse, each tap delivered twice: one decision. */
const race: Flow = {
  name: 'approval:race',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    await change(sandbox, '李娜', { supervisorId: null });
    for (const name of ['陈总监', '王强']) await change(sandbox, name, { role: 'admin' });
    const quoteId = await submitBelowList(sandbox, company.deals.bearing);
    const { chen, wangqiang } = company.staff;
    const [one, other] = [await platform.waitForCard(chen, '请审批'), await platform.waitForCard(wangqiang, '请审批')];
    const twice = { flaws: { copies: 2 } };
    // Product and platform share one processor here: more at once, and the platform itself is late.
    for (let wave = 0; wave < 5; wave += 1)
      await Promise.all(
        Array.from({ length: 10 }, () => [
          platform.tap(chen, one.messageId, '同意', {}, twice),
          platform.tap(wangqiang, other.messageId, '驳回', { refuse: '价格太低' }, twice),
        ]).flat(),
      );
    await settled(sandbox);
    const seats = await app.look((tx) => tx.approvalSeat.list({}));
    assert.equal(seats.filter(({ state }) => state === 'approved' || state === 'rejected').length, 1);
    assert.match((await statusOf(sandbox, quoteId)) ?? '', /^(approved|rejected)$/);
    for (const { messageId } of [one, other]) assert.deepEqual(platform.card(messageId).buttons, []);
  },
};

export const approvalFlows: readonly Flow[] = [feishu, wecom, dingtalk, crossPlatform, escalation, race];
