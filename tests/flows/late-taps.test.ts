// Taps that cannot be decided while the platform waits: the neutral answer is made good afterwards.

import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import type { CardData } from '../../src/crm/rows/cards.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const LONGER_THAN_THE_BUDGET_MS = 1_500;
const NEUTRAL = { ok: true, cardChanged: false, toast: { type: 'info', content: '已收到，正在处理…' } };

/** 李娜 has a question in front of her; its row is held by somebody else for longer than a tap may take. */
async function heldUp(sandbox: Sandbox, spoil?: CardData) {
  const { platform, company, app } = sandbox;
  platform.say(company.customers.zhou, company.chats.hengrui, '报价啥时候能出');
  const shown = await platform.waitForCard(company.staff.lina, '要推进到');
  await settled(sandbox);
  let held = () => {};
  const holding = new Promise<void>((resolve) => {
    held = resolve;
  });
  const released = app.transact(async (tx) => {
    const card = await tx.card.find({ kind: 'ask' });
    await tx.card.hold(card?.id ?? '');
    if (spoil) await tx.card.update({ id: card?.id ?? '' }, { data: { ...card?.data, ...spoil } });
    held();
    await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_THE_BUDGET_MS));
  });
  await holding;
  return { shown, released };
}

describeDatabase('late taps', () => {
  const open = useSandbox();

  it('the deal moves, the card catches up, and the person is told', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const { shown, released } = await heldUp(sandbox);
    const tap = await platform.tap(company.staff.lina, shown.messageId, '推进到「报价发送」');
    expect(tap).toMatchObject(NEUTRAL);
    await released;
    expect(await platform.waitForText(company.staff.lina)).toBe('刚才点的按钮：已推进到「报价发送」');
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    expect(platform.card(shown.messageId).text).toContain('李娜已改到「报价发送」');
    expect(platform.card(shown.messageId).buttons).toEqual([]);
  });

  it('a late refusal is told to the tapper, who would wait for ever otherwise', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const { shown, released } = await heldUp(sandbox);
    platform.world.p2pChat(company.staff.lina).memberIds.add(company.staff.wangqiang.openId);
    const tap = await platform.tap(company.staff.wangqiang, shown.messageId, '推进到「报价发送」');
    expect(tap).toMatchObject(NEUTRAL);
    await released;
    expect(await platform.waitForText(company.staff.wangqiang)).toContain('这件事由李娜处理');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
  });

  it('a tap that fails late leaves nothing behind and asks to tap again', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const { shown, released } = await heldUp(sandbox, { pending: 42 as never });
    const tap = await platform.tap(company.staff.lina, shown.messageId, '推进到「报价发送」');
    expect(tap).toMatchObject(NEUTRAL);
    await released;
    expect(await platform.waitForText(company.staff.lina)).toContain('请再点一次');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
    expect(await app.look((tx) => tx.stageChange.list({}))).toEqual([]);
  });
});
