/** A tap that was answered with 已收到 is decided, also when the process that said so ends before it could. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeDatabase, freshDatabaseUrl } from '../../support/services/database.ts';
import { freePort } from '../../support/services/free-port.ts';
import { seedDeals } from './company.ts';
import { openDesk } from './desk.ts';
import { tablesWith } from './remains.ts';
import { createServer, type Server } from './server.ts';

const BUSY_SERVER = fileURLToPath(new URL('./busy-server.ts', import.meta.url));

/** One deal, one question, one tap that comes late; then the process ends as `end` has it, and the next one begins. */
async function promiseAndEnd(end: (server: Server) => Promise<unknown>): Promise<void> {
  const { url: databaseUrl, dispose } = await freshDatabaseUrl();
  const desk = await openDesk({ databaseUrl, port: await freePort(), seed: 1, chance: Math.random });
  const { platform, env, openApp } = desk;
  const seeding = await openApp();
  const { deals } = await seedDeals(seeding, platform, 1);
  await seeding.database.close();
  const [deal] = deals;
  if (!deal) throw new Error('no deal');
  const busy = createServer(env, [BUSY_SERVER]);
  const next = createServer(env);
  try {
    await busy.start();
    platform.say(deal.customer, deal.chat, '报价啥时候能出');
    const { messageId } = await platform.waitForCard(deal.sales, '报价啥时候能出', { timeoutMs: 20_000 });
    await busy.says('held');
    const answer = await platform.tap(deal.sales, messageId, '推进到「报价发送」');
    expect(answer).toMatchObject({ ok: true, cardChanged: false, toast: { content: '已收到，正在处理…' } });
    expect(await tablesWith(databaseUrl, deal.sales.openId)).toContain('inbox_event');
    await end(busy);

    await next.start();
    const told = await platform.waitForText(deal.sales, '刚才点的按钮', { timeoutMs: 40_000 });
    expect(told).toBe('刚才点的按钮：已推进到「报价发送」');
    expect(await next.stop()).toBe(0);
    const app = await openApp();
    const changes = await app.look((tx) => tx.stageChange.list({ opportunityId: deal.id }));
    expect(changes.map(({ toStage, cause }) => `${toStage}:${cause}`)).toEqual(['quoted:confirmed']);
    expect(await app.database.inbox.backlog()).toMatchObject({ ready: 0, dead: 0 });
    await app.database.close();
    expect(await tablesWith(databaseUrl, '"actionKey"')).toEqual([]);
  } finally {
    await busy.kill();
    await next.kill();
    await platform.close();
    await dispose();
  }
}

describeDatabase('a promise to a tapper', () => {
  it('outlives a process that is killed', () => promiseAndEnd((server) => server.kill()), 120_000);

  it('outlives a process that is asked to stop', async () => {
    await promiseAndEnd(async (server) => expect(await server.stop()).toBe(0));
  }, 120_000);
});
