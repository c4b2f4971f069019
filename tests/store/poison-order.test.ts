/** An order that cannot be carried out is set aside, shown, and holds nobody's cards up for long. */
import { expect, it } from 'vitest';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

describeDatabase('an order that cannot be carried out', () => {
  const open = useSandbox();

  it('ends dead, and the next card of the same person goes out', async () => {
    const sandbox = await open();
    const { app, platform, company, now } = sandbox;
    const { outbox, unitOfWork } = app.database;
    const account = app.accounts[0];
    const accountId = account?.id ?? '';
    const poison = {
      id: '0'.repeat(26),
      tenantId: account?.tenantId ?? '',
      accountId,
      dedupeKey: 'poison',
      orderKey: `to:${accountId}:${company.staff.lina.openId}`,
      payload: '{"kind":"card.send"',
      queuedAt: now(),
      availableAt: now(),
    };
    await unitOfWork.run((session) => outbox.add(session, [poison]));
    platform.say(company.staff.lina, company.chats.hengrui, '报价单发您邮箱了');
    const card = platform.waitForCard(company.staff.lina, '报价发送', { timeoutMs: 20_000 });
    for (let tries = 0; (await outbox.backlog()).dead === 0; tries += 1) {
      expect(tries).toBeLessThan(400);
      sandbox.advance(100);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await outbox.dead(10)).toMatchObject([{ id: poison.id, attempts: 4, lastError: 'SyntaxError' }]);
    expect((await card).text).toContain('报价发送');
  });
});
