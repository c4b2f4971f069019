// Taps that cannot be decided while the platform waits: the neutral answer is made good afterwards.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import type { CardData } from '../../src/crm/rows/cards.ts';
import { createIdGenerator } from '../../src/ids.ts';
import { createAnswerTap } from '../../src/inbox/answer-tap.ts';
import { createLog } from '../../src/log.ts';
import type { Session } from '../../src/persistence/session.ts';
import { createPolicies } from '../../src/policies.ts';
import { createTransactions } from '../../src/transactions.ts';
import { useSandbox } from '../support/sandbox.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { holdUp } from './kill/hold-up.ts';

const LONGER_THAN_THE_BUDGET_MS = 1_800;
const NEUTRAL = { ok: true, cardChanged: false, toast: { type: 'info', content: '已收到，正在处理…' } };
const AGAIN = { ok: true, cardChanged: false, toast: { type: 'error', content: '没有处理成功，请再点一次。' } };
const BUTTON = '推进到「报价发送」';

/** 李娜 has a question in front of her. */
async function asked({ platform, company, app }: Sandbox, spoil?: CardData) {
  platform.say(company.customers.zhou, company.chats.hengrui, '报价啥时候能出');
  const shown = await platform.waitForCard(company.staff.lina, '要推进到');
  await sleep(300);
  if (spoil)
    await app.transact(async (tx) => {
      const card = await tx.card.find({ kind: 'ask' });
      await tx.card.update({ id: card?.id ?? '' }, { data: { ...card?.data, ...spoil } });
    });
  return shown;
}

/** The product's answer to 李娜's tap where its transactions commit, one after the other, not before so long after the tap. */
async function answerSlowly({ app, company, now }: Sandbox, ...commitAfterMs: number[]) {
  const { database } = app;
  const [account] = app.accounts;
  const action = await app.look((tx) => tx.cardAction.find({ kind: 'advance' }));
  const { transact } = createTransactions({
    database: { ...database, unitOfWork: { ...database.unitOfWork, run } },
    policies: createPolicies(database.company),
    cardsOf: () => undefined,
    runsShort: () => false,
    guideOf: () => null,
    onEnqueued: () => {},
  });
  function run<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return database.unitOfWork.run(async (session) => {
      const result = await work(session);
      await sleep(Math.max(0, begun + (commitAfterMs.shift() ?? 0) - Date.now()));
      return result;
    });
  }
  const log = createLog('silent');
  const answer = createAnswerTap({ inbox: database.inbox, newId: createIdGenerator(now), now, log, transact });
  const begun = Date.now();
  return answer(account?.tenantId ?? '', account?.id ?? '', {
    eventId: 'slow',
    tapper: { id: company.staff.lina.openId, tenant: null, internal: true },
    actionKey: action?.id ?? '',
    values: {},
    messageId: 'om_any',
    chatId: null,
  });
}

/** The rows of taps: where they stand, and what is left of their payload. */
const tapRows = ({ app }: Sandbox) =>
  app.database.unitOfWork.read((session) =>
    session.query("SELECT status, payload FROM inbox_event WHERE dedupe_key LIKE 'tap:%'"),
  );

describeDatabase('late taps', () => {
  const open = useSandbox();

  it('the deal moves, the card catches up, and the person is told', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const shown = await asked(sandbox);
    const { released } = await holdUp(sandbox.app, LONGER_THAN_THE_BUDGET_MS);
    expect(await platform.tap(company.staff.lina, shown.messageId, BUTTON)).toMatchObject(NEUTRAL);
    expect(await tapRows(sandbox)).toMatchObject([{ status: 'ready', payload: expect.stringContaining('actionKey') }]);
    await released;
    expect(await platform.waitForText(company.staff.lina)).toBe('刚才点的按钮：已推进到「报价发送」');
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    expect(platform.card(shown.messageId).text).toContain('李娜已改到「报价发送」');
    expect(platform.card(shown.messageId).buttons).toEqual([]);
    expect(await tapRows(sandbox)).toEqual([{ status: 'done', payload: '' }]);
  });

  it('the worker and the callback both reach for it: one decides', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const shown = await asked(sandbox);
    const { released } = await holdUp(app, 2 * LONGER_THAN_THE_BUDGET_MS);
    expect(await platform.tap(company.staff.lina, shown.messageId, BUTTON)).toMatchObject(NEUTRAL);
    sandbox.advance(6_000);
    await released;
    expect(await platform.waitForText(company.staff.lina)).toBe('刚才点的按钮：已推进到「报价发送」');
    await settled(sandbox);
    expect(await app.look((tx) => tx.stageChange.list({}))).toHaveLength(1);
    expect(await tapRows(sandbox)).toEqual([{ status: 'done', payload: '' }]);
  });

  it('a second delivery of a late tap finds the first', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const shown = await asked(sandbox);
    const { released } = await holdUp(app, LONGER_THAN_THE_BUDGET_MS);
    await platform.tap(company.staff.lina, shown.messageId, BUTTON, {}, { flaws: { copies: 2 } });
    await released;
    await platform.waitForText(company.staff.lina);
    await settled(sandbox);
    expect(await app.look((tx) => tx.stageChange.list({}))).toHaveLength(1);
    expect(await tapRows(sandbox)).toHaveLength(1);
  });

  it('a late refusal is told to the tapper, who would wait for ever otherwise', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const shown = await asked(sandbox);
    const { released } = await holdUp(sandbox.app, LONGER_THAN_THE_BUDGET_MS);
    platform.world.p2pChat(company.staff.lina).memberIds.add(company.staff.wangqiang.openId);
    expect(await platform.tap(company.staff.wangqiang, shown.messageId, BUTTON)).toMatchObject(NEUTRAL);
    await released;
    expect(await platform.waitForText(company.staff.wangqiang)).toContain('这件事由李娜处理');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
  });

  it('a tap that cannot be decided at all leaves nothing behind and asks to tap again', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const shown = await asked(sandbox, { pending: 42 as never });
    expect(await platform.tap(company.staff.lina, shown.messageId, BUTTON)).toMatchObject(NEUTRAL);
    sandbox.advance(6_000);
    expect(await platform.waitForText(company.staff.lina, () => true, { timeoutMs: 15_000 })).toContain('请再点一次');
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
    expect(await app.look((tx) => tx.stageChange.list({}))).toEqual([]);
    expect(await tapRows(sandbox)).toEqual([{ status: 'done', payload: '' }]);
  });

  it('a tap that nobody could store in time comes to nothing, and says so', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const shown = await asked(sandbox);
    // One writer, or a pool of 16 connections: all taken.
    const takers = Array.from({ length: databaseKind === 'sqlite' ? 1 : 16 }, () =>
      app.transact(() => sleep(LONGER_THAN_THE_BUDGET_MS)),
    );
    expect(await platform.tap(company.staff.lina, shown.messageId, BUTTON)).toMatchObject(AGAIN);
    await Promise.all(takers);
    await settled(sandbox);
    sandbox.advance(6_000);
    await settled(sandbox);
    expect(await tapRows(sandbox)).toEqual([]);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');
    const tap = await platform.tap(company.staff.lina, shown.messageId, BUTTON);
    expect(tap).toMatchObject({ cardChanged: true, toast: { type: 'success' } });
  });

  it('a tap that the database does not take is to be repeated', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const shown = await asked(sandbox);
    const rename = (from: string, to: string) =>
      app.database.unitOfWork.run((session) => session.execute(`ALTER TABLE ${from} RENAME TO ${to}`));
    await rename('inbox_event', 'inbox_event_away');
    expect(await platform.tap(company.staff.lina, shown.messageId, BUTTON)).toMatchObject(AGAIN);
    await rename('inbox_event_away', 'inbox_event');
    const tap = await platform.tap(company.staff.lina, shown.messageId, BUTTON);
    expect(tap).toMatchObject({ cardChanged: true, toast: { type: 'success' } });
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
  });

  it('a row that is committed only after the tapper was asked to repeat comes to nothing', async () => {
    const sandbox = await open();
    await asked(sandbox);
    expect((await answerSlowly(sandbox, 1_900)).notice?.tone).toBe('error');
    await expect.poll(() => tapRows(sandbox), { timeout: 10_000 }).toEqual([{ status: 'done', payload: '' }]);
    sandbox.advance(6_000);
    await settled(sandbox);
    expect(await stageOf(sandbox, sandbox.company.deals.bearing)).toBe('qualified');
  });

  it('a decision that is being committed when the time is up is waited for', async () => {
    const sandbox = await open();
    await asked(sandbox);
    expect((await answerSlowly(sandbox, 0, 1_050)).notice?.text).toBe('已推进到「报价发送」');
    await settled(sandbox);
    expect(sandbox.platform.textsOf(sandbox.company.staff.lina)).toEqual([]);
  });

  it('a decision that takes still longer to commit is told afterwards', async () => {
    const sandbox = await open();
    await asked(sandbox);
    expect((await answerSlowly(sandbox, 0, 2_000)).notice?.text).toBe('已收到，正在处理…');
    const told = sandbox.platform.waitForText(sandbox.company.staff.lina, undefined, { timeoutMs: 30_000 });
    expect(await told).toBe('刚才点的按钮：已推进到「报价发送」');
  });
});
