// Every card of an approval on every platform ends without live buttons, within what each allows; where it allows nothing, words say so.

import { expect, it } from 'vitest';
import { submitBelowList } from '../../../sandbox/flows/approvals.ts';
import { assertClean, settled } from '../../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../../sandbox/start.ts';
import { decideApproval } from '../../../src/crm/approval/decide.ts';
import { replaceCards } from '../../../src/scheduler/replace-cards.ts';
import { useSandbox } from '../../support/sandbox.ts';

const HOUR_MS = 3_600_000;

/** 陈总监 reads in Feishu, 王强 in WeCom, 周总 in DingTalk; any of them may decide what 李娜 submits. */
async function threeAsked(sandbox: Sandbox) {
  const { app, wecom, dingtalk } = sandbox;
  if (!wecom || !dingtalk) throw new Error('this needs all three');
  await dingtalk.platform.waitForConnection();
  const reading = { 陈总监: 'feishu', 王强: 'wecom' } as const;
  const zhou = dingtalk.platform.world.addPerson({ name: '周总' });
  await app.transact(async (tx) => {
    await tx.staff.update({ name: '李娜' }, { supervisorId: null });
    for (const [name, platform] of Object.entries(reading)) {
      const person = await tx.staff.find({ name });
      await tx.staff.update({ name }, { role: 'admin' });
      for (const account of app.accounts)
        if (account.platform !== platform)
          await tx.staffIdentity.remove({ staffId: person?.id ?? '', accountId: account.id });
    }
    const staffId = tx.newId();
    const row = { id: staffId, name: '周总', role: 'admin', supervisorId: null, active: true } as const;
    await tx.staff.insert({ ...row, createdAt: tx.now });
    const accountId = app.accounts.find((account) => account.platform === 'dingtalk')?.id ?? '';
    await tx.staffIdentity.insert({ id: tx.newId(), accountId, externalId: zhou.userId, staffId });
  });
  const quoteId = await submitBelowList(sandbox, sandbox.company.deals.bearing);
  return { quoteId, wecom, dingtalk, zhou };
}

const again = (sandbox: Sandbox) =>
  replaceCards({
    accounts: sandbox.app.accounts.map((account) => ({ account })),
    transact: (_tenant, work) => sandbox.app.transact(work),
  }).then(() => settled(sandbox));

const open = useSandbox();

it('decided by one tap with typed words: the other two platforms’ cards end, and the refusal comes back with a button', async () => {
  const sandbox = await open({ wecom: {}, dingtalk: {} });
  const { wecom, dingtalk, quoteId, zhou } = await threeAsked(sandbox);
  const { platform, company } = sandbox;
  const inFeishu = await platform.waitForCard(company.staff.chen, '请审批');
  const inWecom = await wecom.platform.waitForCard(wecom.company.staff.wangqiang, '请审批');
  const inDingtalk = await dingtalk.platform.waitForCard(zhou, '请审批');
  expect(inWecom.buttons).toEqual(['同意', '驳回']);
  expect(inDingtalk.buttons.slice(0, 2)).toEqual(['同意', '驳回：价格太低']);
  expect(inDingtalk.buttons.at(-1)).toBe('驳回（不写原因）');

  const words = { words: '先谈到 9.5 折' };
  const tapped = await platform.tap(company.staff.chen, inFeishu.messageId, '驳回', words);
  expect(tapped).toMatchObject({ ok: true, cardChanged: true, toast: { type: 'success', content: '已驳回' } });
  await settled(sandbox);
  const ended = /陈总监已驳回：先谈到 9\.5 折/;
  const faces = [
    platform.card(inFeishu.messageId),
    wecom.platform.card(inWecom.messageId),
    dingtalk.platform.card(inDingtalk.messageId),
  ];
  for (const face of faces) {
    expect(face.text).toMatch(ended);
    expect(face.buttons).toEqual([]);
  }
  // Once, by the code of the sending: there is no second update for whoever has not tapped.
  expect(wecom.platform.card(inWecom.messageId)).toMatchObject({ updates: 1 });

  const verdict = await platform.waitForCard(company.staff.lina, '被驳回');
  expect(verdict.text).toMatch(ended);
  expect(await platform.tap(company.staff.lina, verdict.messageId, '改一版')).toMatchObject({
    toast: { type: 'success', content: '已建好第 2 版，从下面打开修改' },
  });
  const quotes = await sandbox.app.look((tx) => tx.quote.list({}, { orderBy: 'revision' }));
  expect(quotes.map(({ id, status }) => [id === quoteId, status])).toEqual([
    [true, 'rejected'],
    [false, 'draft'],
  ]);
  await settled(sandbox);
  await assertClean(sandbox);
});

it('left for days: WeCom’s is replaced before its 72 hours, Feishu’s and DingTalk’s stay; a tap late on the fresh one still decides all', async () => {
  const sandbox = await open({ wecom: {}, dingtalk: {} });
  const { wecom, dingtalk, zhou } = await threeAsked(sandbox);
  const { platform, company } = sandbox;
  const { wangqiang } = wecom.company.staff;
  const first = await wecom.platform.waitForCard(wangqiang, '请审批');
  const inDingtalk = await dingtalk.platform.waitForCard(zhou, '请审批');
  const inFeishu = await platform.waitForCard(company.staff.chen, '请审批');
  await settled(sandbox);
  sandbox.advance(71 * HOUR_MS);
  await again(sandbox);
  const [old, fresh, ...more] = wecom.platform.cardsOf(wangqiang);
  expect(more).toEqual([]);
  expect(old).toMatchObject({ messageId: first.messageId, buttons: [], updates: 1 });
  expect(old?.text).toContain('新卡片');
  expect(fresh?.buttons).toEqual(['同意', '驳回']);
  sandbox.advance(60 * HOUR_MS);
  expect(await wecom.platform.tap(wangqiang, fresh?.messageId ?? '', '驳回')).toMatchObject({ ok: true });
  await settled(sandbox);
  await wecom.platform.waitForCard(wangqiang, (one) => one.messageId === fresh?.messageId && one.buttons.length === 0);
  expect(platform.card(inFeishu.messageId).buttons).toEqual([]);
  expect(dingtalk.platform.card(inDingtalk.messageId).buttons).toEqual([]);
  // What stands for no reason was left as it was.
  const seats = await sandbox.app.look((tx) => tx.approvalSeat.list({ state: 'rejected' }));
  expect(seats.map(({ comment }) => comment)).toEqual([null]);
  await assertClean(sandbox);
});

it('left for a fortnight: Feishu’s, whose buttons would die, is replaced as well', async () => {
  const sandbox = await open();
  const { platform, company } = sandbox;
  await submitBelowList(sandbox, company.deals.bearing);
  const first = await platform.waitForCard(company.staff.chen, '请审批');
  await settled(sandbox);
  sandbox.advance(14 * 24 * HOUR_MS - HOUR_MS);
  await again(sandbox);
  const cards = platform.cardsOf(company.staff.chen);
  const [old, fresh] = [platform.card(first.messageId), cards.at(-1)];
  expect(old.text).toContain('新卡片');
  expect(old.buttons).toEqual([]);
  expect(fresh?.messageId).not.toBe(first.messageId);
  expect(await platform.tap(company.staff.chen, fresh?.messageId ?? '', '同意')).toMatchObject({ ok: true });
  await settled(sandbox);
  await assertClean(sandbox);
});

it('decided elsewhere after Feishu’s fourteen days: the card stays as it is, and words say that nothing is left to do', async () => {
  const sandbox = await open();
  const { platform, company, app } = sandbox;
  const quoteId = await submitBelowList(sandbox, company.deals.bearing);
  const card = await platform.waitForCard(company.staff.chen, '请审批');
  await settled(sandbox);
  sandbox.advance(15 * 24 * HOUR_MS);
  await app.transact(async (tx) => {
    const staff = await tx.staff.find({ name: '陈总监' });
    const approval = await tx.approval.find({ subjectId: quoteId });
    const mine = { approvalId: approval?.id ?? '', staffId: staff?.id ?? '', agree: true, comment: null };
    expect((await decideApproval(tx, mine)).ok).toBe(true);
  });
  await platform.waitForText(company.staff.chen, '轴承座 3000 套\n之前的卡片不用再处理：陈总监已同意');
  expect(await platform.tap(company.staff.chen, card.messageId, '同意')).toEqual({ ok: false, reason: 'expired' });
  await settled(sandbox);
  await assertClean(sandbox);
});
