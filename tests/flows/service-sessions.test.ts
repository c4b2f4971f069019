// 微信客服: words of the time before us, words that were taken back before they came, and customers who wait in the pool.

import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { handleEvent } from '../../src/crm/handle-event.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const HOUR_MS = 3_600_000;

function wecomOf(sandbox: Sandbox) {
  if (!sandbox.wecom) throw new Error('this needs WeCom');
  const account = sandbox.app.accounts.find(({ platform }) => platform === 'wecom');
  if (!account) throw new Error('no account');
  return { ...sandbox.wecom, account };
}

async function stored(sandbox: Sandbox, text: string): Promise<number> {
  return (await sandbox.app.look((tx) => tx.message.list({ text }))).length;
}

describeDatabase('service sessions', () => {
  const open = useSandbox();

  it('what was said before the account was connected is kept, and moves nothing', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company } = wecomOf(sandbox);
    const at = sandbox.now() - 30 * HOUR_MS;
    platform.kf.customerSays(company.customers.lin, company.service, '麻烦报个价', { at });
    await expect.poll(() => stored(sandbox, '麻烦报个价')).toBe(1);
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.valve)).toBe('qualified');
    expect(platform.cardsOf(company.staff.lina)).toEqual([]);
    platform.kf.customerSays(company.customers.lin, company.service, '帮我报下价');
    await expect.poll(() => stageOf(sandbox, company.deals.valve)).toBe('quoted');
  });

  it('a customer left in the pool is offered again and again, until the session is somebody’s or over', async () => {
    const sandbox = await open({ wecom: {} });
    const { platform, company } = wecomOf(sandbox);
    const servicers = [company.staff.lina, company.staff.wangqiang];
    for (const servicer of servicers) platform.kf.staffStops(servicer, company.service, 'stopped');
    platform.kf.customerSays(company.customers.lin, company.service, '在吗');
    const session = () => platform.kf.sessions.of(company.service.openKfId, company.customers.lin.externalUserId);
    await platform.journal.until(() => session().state === 2, { what: 'the pool' });
    platform.kf.customerSays(company.customers.lin, company.service, '有人吗');
    await settled(sandbox);
    const waiting = () =>
      sandbox.app.database.unitOfWork.read((db) =>
        db.query("SELECT id FROM outbox_order WHERE status = 'ready' AND payload LIKE '%session.assign%'"),
      );
    expect(await waiting()).toHaveLength(1);
    // A night, and a restart in it: nobody remembers who waits but the rows.
    sandbox.advance(9 * HOUR_MS);
    await expect.poll(async () => (await waiting()).length).toBe(1);
    expect(session().state).toBe(2);
    // Nothing tells us that somebody takes customers again.
    const lina = company.service.staff.get('lina');
    if (lina) lina.receiving = true;
    sandbox.advance(HOUR_MS);
    await platform.journal.until(() => session().state === 3, { what: 'the session to be given to a person' });
    expect(session().servicer).toBe('lina');
    await settled(sandbox);
    expect(await waiting()).toEqual([]);
  });

  it('words that come after they were taken back are neither kept nor acted on', async () => {
    const sandbox = await open({ wecom: {} });
    const { company, account } = wecomOf(sandbox);
    const hear = (event: Parameters<typeof handleEvent>[2]) =>
      sandbox.app.transact((tx) => handleEvent(tx, account.id, event));
    const message = {
      type: 'message',
      messageId: 'taken-back',
      chat: { kind: 'group', id: `kf:wkA:${company.customers.lin.externalUserId}` },
      sender: { id: company.customers.lin.externalUserId, tenant: null, internal: false },
      senderKind: 'person',
      text: '麻烦报个价',
      addressed: false,
      mentions: [],
      repliesTo: null,
      record: null,
      sentAt: sandbox.now(),
    } as const;
    await hear({ ...message, messageId: 'before', text: '你好' });
    await hear({ type: 'recalled', eventId: 'r1', messageId: 'taken-back', at: sandbox.now() });
    await hear({ type: 'recalled', eventId: 'r2', messageId: 'taken-back', at: sandbox.now() });
    await hear(message);
    expect(await stored(sandbox, '麻烦报个价')).toBe(0);
    expect(await stageOf(sandbox, company.deals.valve)).toBe('qualified');
  });
});
