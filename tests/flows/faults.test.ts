// Trouble: poison events, platforms that fail, tokens that end.

import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import { closeCard } from '../../src/crm/card/close-moot-cards.ts';
import { useSandbox } from '../support/sandbox.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';

interface HealthPage {
  status: string;
  inbox: { ready: number; dead: number; deadItems: { lastError: string }[] };
  advice: string[];
}

describeDatabase('faults', () => {
  const open = useSandbox();

  it('a poison event is set aside, seen on /health, and blocks nothing behind it', async () => {
    const sandbox = await open();
    const { platform, company, app, url } = sandbox;
    const [account] = app.accounts;
    const payload = '{"header":{"event_type":"im.message.receive_v1"},"event":{"message":42}}';
    await app.database.unitOfWork.run((session) =>
      app.database.inbox.add(session, [
        {
          id: '00000000000000000000000001',
          tenantId: account?.tenantId ?? '',
          accountId: account?.id ?? '',
          dedupeKey: 'msg:poison',
          orderKey: `${account?.id}:${company.chats.hengrui.chatId}`,
          payload,
          queuedAt: sandbox.now(),
          availableAt: sandbox.now(),
        },
      ]),
    );
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
    await platform.waitForCard(company.staff.lina, '报价发送');
    const health = (await (await fetch(`${url}/health`)).json()) as HealthPage;
    expect(health.status).toBe('attention');
    expect(health.inbox.dead).toBe(1);
    expect(health.inbox.deadItems[0]?.lastError).toContain('unreadable');
    expect(JSON.stringify(health)).not.toContain('帮我报下价');
  });

  it('sending survives server errors, cut connections and a revoked token; the person gets one card', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    platform.misbehave.failNextSends(1);
    platform.misbehave.failNextSends(1, { kind: 'apply_then_reset' });
    platform.misbehave.revokeTokens();
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
    await platform.waitForCard(company.staff.lina, '报价发送', { timeoutMs: 15_000 });
    await settled(sandbox, 15_000);
    expect(platform.cardsOf(company.staff.lina)).toHaveLength(1);
  });

  // Only a server can be made to say so: SQLite's triggers have an error of their own.
  if (databaseKind === 'mysql')
    it('a card that is out before the database fails is known to be out, also when nobody needs it any more', async () => {
      const sandbox = await open();
      const { platform, company, app } = sandbox;
      const execute = (sql: string) => app.database.unitOfWork.read((session) => session.query(sql));
      await execute(`CREATE TRIGGER no_settling BEFORE UPDATE ON outbox_order FOR EACH ROW
        IF NEW.status = 'done' AND OLD.payload LIKE '%card.send%' THEN
          SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1053, MESSAGE_TEXT = 'shutting down';
        END IF`);
      platform.say(company.customers.zhou, company.chats.hengrui, '报价啥时候能出');
      const shown = await platform.waitForCard(company.staff.lina, '报价啥时候能出');
      await expect
        .poll(async () => (await app.look((tx) => tx.card.find({ kind: 'ask' })))?.messageId, { timeout: 5_000 })
        .toBeNull();
      await expect
        .poll(() => execute('SELECT id FROM outbox_order WHERE last_error IS NOT NULL AND lease_owner IS NULL'))
        .toHaveLength(1);
      await app.transact(async (tx) => {
        const card = await tx.card.find({ kind: 'ask' });
        if (card) await closeCard(tx, card, '不用问了');
      });
      await execute('DROP TRIGGER no_settling');
      await settled(sandbox, 20_000);
      expect(platform.cardsOf(company.staff.lina)).toMatchObject([{ messageId: shown.messageId, buttons: [] }]);
    });

  it('a person who left the company leaves a dead order, not a stuck queue', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    company.staff.lina.departed = true;
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    const [dead] = await app.database.outbox.dead(5);
    expect(dead?.lastError).toMatch(/^2300(13|29)/);
    expect(await app.database.outbox.revive([dead?.id ?? ''], sandbox.now())).toBe(1);
  });

  it('an oversized body and an unknown path are refused with a sentence', async () => {
    const { url } = await open();
    const big = await fetch(`${url}/callbacks/feishu`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
    expect(big.status).toBe(413);
    expect((await fetch(`${url}/callbacks/nobody`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
