// Cards that change once: before that once ends, an open question gets a fresh card; a late answer still reaches the tapper.

import { expect, it } from 'vitest';
import { assertClean, settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { replaceCards } from '../../src/scheduler/replace-cards.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const HOUR_MS = 3_600_000;

async function asked(sandbox: Sandbox) {
  if (!sandbox.wecom) throw new Error('this needs WeCom');
  const { platform, company } = sandbox.wecom;
  platform.kf.customerSays(company.customers.lin, company.service, '报价啥时候能出');
  const card = await platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
  await settled(sandbox);
  return { platform, company, card };
}

async function round(sandbox: Sandbox): Promise<void> {
  await replaceCards({
    accounts: sandbox.app.accounts.map((account) => ({ account })),
    transact: (_tenant, work) => sandbox.app.transact(work),
  });
  await settled(sandbox);
}

describeDatabase('cards that change once', () => {
  const open = useSandbox();

  it('an untapped one is replaced before its 72 hours end, and says where to look; the fresh one works', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company, card } = await asked(sandbox);
    sandbox.advance(60 * HOUR_MS);
    await round(sandbox);
    expect(platform.cardsOf(company.staff.lina)).toHaveLength(1);

    sandbox.advance(11 * HOUR_MS);
    await round(sandbox);
    await round(sandbox);
    const [old, fresh, ...more] = platform.cardsOf(company.staff.lina);
    expect(more).toEqual([]);
    expect(old).toMatchObject({ messageId: card.messageId, buttons: [], updates: 1 });
    expect(old?.text).toContain('新卡片');
    expect(old?.text).not.toContain('：已处理');
    if (!fresh) throw new Error('no fresh card');
    expect(fresh.buttons).toEqual(card.buttons);

    // Past the first card's time and within the second one's.
    sandbox.advance(10 * HOUR_MS);
    expect((await platform.tap(company.staff.lina, fresh.messageId, '推进到「报价发送」')).ok).toBe(true);
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.valve)).toBe('quoted');
    const rows = await sandbox.app.look((tx) => tx.card.list({ kind: 'ask' }));
    expect(rows.map(({ status }) => status)).toEqual(['closed', 'closed']);
    await assertClean(sandbox);
  });

  it('a matter that ends meanwhile ends on the fresh card', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company } = await asked(sandbox);
    sandbox.advance(71 * HOUR_MS);
    await round(sandbox);
    sandbox.advance(20 * HOUR_MS);
    platform.kf.staffAnswers(company.staff.lina, company.customers.lin, company.service, '报价单发您邮箱了，请查收。');
    await settled(sandbox);
    await platform.waitForCard(company.staff.lina, (one) => one.text.includes('商机已是「报价发送」'));
    await assertClean(sandbox);
  });

  it('a question that a later message answers says so by its one change', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company, card } = await asked(sandbox);
    platform.kf.staffAnswers(company.staff.lina, company.customers.lin, company.service, '报价单发您邮箱了，请查收。');
    await platform.waitForCard(company.staff.lina, (one) => one.text.includes('商机已是「报价发送」'));
    expect(platform.card(card.messageId)).toMatchObject({ buttons: [], updates: 1 });
  });

  it('a question does not wait for the digest that leaves in the evening', async () => {
    const sandbox = await open({ wecom: {} });
    if (!sandbox.wecom) throw new Error('this needs WeCom');
    const { platform, company } = sandbox.wecom;
    platform.kf.customerSays(company.customers.lin, company.service, '麻烦报个价');
    await expect.poll(() => stageOf(sandbox, company.deals.valve)).toBe('quoted');
    platform.kf.customerSays(company.customers.lin, company.service, '合同我们已经盖好章寄出了');
    await platform.waitForCard(company.staff.lina, '要推进到「合同签订」吗');
  });

  it('one that was missed, or whose buttons are dead, ends in peace', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company } = await asked(sandbox);
    // Nobody looked for three days and more: the old card can say nothing, a word does.
    sandbox.advance(80 * HOUR_MS);
    await round(sandbox);
    await platform.waitForText(company.staff.lina, '新卡片');
    expect(platform.cardsOf(company.staff.lina)).toHaveLength(2);
    // Seven days after the first, its buttons are over: no third and fourth.
    for (let n = 0; n < 3; n += 1) {
      sandbox.advance(71 * HOUR_MS);
      await round(sandbox);
    }
    expect(platform.cardsOf(company.staff.lina).length).toBeLessThanOrEqual(3);
  });
});
