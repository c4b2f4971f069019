/** What is kept of what people say: only the words of customers' chats, for as long as the policy says, and the evidence. */
import { expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { lookInto, tablesWith } from '../flows/kill/remains.ts';
import { keepHouse } from '../support/keep-house.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const DAY_MS = 86_400_000;
const WORDS = '周末去爬山吗';
const QUOTED = '报价单发您邮箱了';
const HINT = '合同什么时候能签';

const cleanUp = ({ app, now }: Sandbox, days: number) => keepHouse(app, now() + days * DAY_MS);

/** Waits until everything that came in has been worked off. */
async function handled({ app, platform }: Sandbox): Promise<void> {
  await platform.quiet();
  while ((await app.database.inbox.backlog()).ready > 0) await new Promise((resolve) => setTimeout(resolve, 10));
}

const payloads = (url: string) =>
  lookInto(url, (query) => query("SELECT payload FROM inbox_event WHERE payload <> ''")).then((rows) => rows.length);

describeDatabase('privacy', () => {
  const open = useSandbox();
  const start = async () => {
    const sandbox = await open();
    return { url: sandbox.environment.DATABASE_URL ?? '', sandbox };
  };

  it('keeps nothing of what is said in a chat that belongs to no customer', async () => {
    const { url, sandbox } = await start();
    const { platform, company } = sandbox;
    company.chats.team.botIn = true;
    platform.say(company.staff.lina, company.chats.team, WORDS);
    platform.say(company.staff.lina, company.chats.team, `@聊单 ${WORDS}`, { mention: ['bot'] });
    platform.sayToBot(company.staff.wangqiang, WORDS);
    await handled(sandbox);
    expect(await tablesWith(url, WORDS)).toEqual([]);
    expect(await payloads(url)).toBe(0);

    platform.say(company.customers.zhou, company.chats.hengrui, WORDS);
    await handled(sandbox);
    expect(await tablesWith(url, WORDS)).toEqual(['message']);
    expect(await payloads(url)).toBe(0);
  });

  it('forgets the words of customers when their time is over, and keeps the evidence', async () => {
    const { url, sandbox } = await start();
    const { platform, company } = sandbox;
    platform.say(company.customers.zhou, company.chats.hengrui, WORDS);
    platform.say(company.customers.zhou, company.chats.hengrui, HINT);
    platform.say(company.staff.lina, company.chats.hengrui, QUOTED);
    await handled(sandbox);
    await cleanUp(sandbox, 179);
    expect(await tablesWith(url, WORDS)).toEqual(['message']);
    expect(await tablesWith(url, QUOTED)).toContain('message');
    expect(await tablesWith(url, HINT)).toContain('signal_decision');
    await cleanUp(sandbox, 181);
    expect(await tablesWith(url, WORDS)).toEqual([]);
    expect(await tablesWith(url, HINT)).toEqual([]);
    expect(await tablesWith(url, QUOTED)).toEqual(['stage_change']);
  });

  it('sweeps what was set aside after a month, and what is done after a week', async () => {
    const { url, sandbox } = await start();
    const { app, now, platform, company } = sandbox;
    const account = app.accounts[0];
    const row = { tenantId: account?.tenantId ?? '', accountId: account?.id ?? '', orderKey: 'k', id: '0'.repeat(26) };
    const { inbox, unitOfWork } = app.database;
    const at = { queuedAt: now(), availableAt: now() };
    await unitOfWork.run((session) =>
      inbox.add(session, [{ ...row, ...at, dedupeKey: 'poison', payload: `{${WORDS}` }]),
    );
    platform.say(company.customers.zhou, company.chats.hengrui, '好的');
    await handled(sandbox);
    const rows = async () =>
      (await lookInto(url, (query) => query('SELECT status FROM inbox_event ORDER BY id'))).map(({ status }) => status);
    expect(await rows()).toEqual(['dead', 'done']);
    await cleanUp(sandbox, 6);
    expect(await rows()).toEqual(['dead', 'done']);
    await cleanUp(sandbox, 29);
    expect(await rows()).toEqual(['dead']);
    expect(await tablesWith(url, WORDS)).toEqual(['inbox_event']);
    await cleanUp(sandbox, 31);
    expect(await tablesWith(url, WORDS)).toEqual([]);
  });
});
