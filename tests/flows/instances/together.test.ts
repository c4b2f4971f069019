// Two instances on one database, all platforms: what one of them knows the other goes by. On SQLite there is one process.

import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { platforms } from '../../../adapters/index.ts';
import { settled } from '../../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../../sandbox/start.ts';
import { type App, createApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { starterDocument } from '../../../src/policies.ts';
import { readSettings } from '../../../src/settings.ts';
import { monthOf } from '../../../src/usage.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { browse } from '../browse.ts';

const HOUR_MS = 3_600_000;
const others: App[] = [];

/** The sandbox's own instance, and on MySQL another one that hears and calls the same platforms. */
async function instancesOf(sandbox: Sandbox): Promise<{ readonly apps: readonly App[]; readonly urls: string[] }> {
  if (databaseKind === 'sqlite') return { apps: [sandbox.app, sandbox.app], urls: [sandbox.url, sandbox.url] };
  const settings = readSettings(sandbox.environment, platforms);
  const other = await createApp({ settings, log: createLog('silent'), now: sandbox.now });
  others.push(other);
  await new Promise<void>((resolve) => other.server.listen(0, '127.0.0.1', resolve));
  await other.run();
  const { port } = other.server.address() as AddressInfo;
  return { apps: [sandbox.app, other], urls: [sandbox.url, `http://127.0.0.1:${port}`] };
}

type Entries = readonly { readonly kind: string; readonly at: number; readonly path?: string }[];

/** How often each platform was asked for a token. */
function tokensBought({ platform, wecom, dingtalk }: Sandbox) {
  const count = (desk: { readonly journal: { readonly entries: Entries } } | undefined, path: string) =>
    (desk?.journal.entries ?? []).filter((entry) => entry.kind === 'api' && entry.path?.endsWith(path)).length;
  return {
    feishu: count(platform, '/tenant_access_token/internal'),
    wecom: count(wecom?.platform, '/gettoken'),
    dingtalk: count(dingtalk?.platform, '/oauth2/accessToken'),
  };
}

describeDatabase('several instances', () => {
  const open = useSandbox();
  // Before the sandbox, and with it the database, goes.
  afterEach(async () => {
    for (const app of others.splice(0)) await app.stop();
  });

  it('buy one token for all, one more when it ends, and one more when it is revoked', async () => {
    const sandbox = await open({ wecom: {}, dingtalk: {} });
    const { apps } = await instancesOf(sandbox);
    const everybodyCalls = () => Promise.all(apps.map((app) => app.syncOrganisation()));
    const noFault = (reports: Awaited<ReturnType<typeof everybodyCalls>>) =>
      expect(reports.flat().filter((report) => 'error' in report && report.error)).toEqual([]);
    noFault(await everybodyCalls());
    expect(tokensBought(sandbox)).toEqual({ feishu: 1, wecom: 1, dingtalk: 1 });

    for (const desk of [sandbox, sandbox.wecom, sandbox.dingtalk]) desk?.platform.misbehave.revokeTokens();
    noFault(await everybodyCalls());
    expect(tokensBought(sandbox)).toEqual({ feishu: 2, wecom: 2, dingtalk: 2 });

    sandbox.advance(2 * HOUR_MS);
    noFault(await everybodyCalls());
    expect(tokensBought(sandbox)).toEqual({ feishu: 3, wecom: 3, dingtalk: 3 });
  });

  it('go by the same sessions, policy, settings and counters', async () => {
    const sandbox = await open({ dingtalk: {} });
    const { apps, urls } = await instancesOf(sandbox);
    const [one, two] = apps as [App, App];
    const [here, there] = urls as [string, string];

    const first = browse(here);
    expect(await first.signIn('feishu', sandbox.platform.signInCode(sandbox.company.staff.lina))).toMatchObject({
      status: 200,
    });
    const moved = browse(there, first.token());
    expect(await moved.who()).toMatchObject({ staff: { name: '李娜' } });
    expect(await moved.send('DELETE', '/api/session')).toMatchObject({ status: 204 });
    expect(await first.who()).toMatchObject({ staff: null });

    const before = await one.look(async (tx) => tx.active.version);
    const tenantId = await one.database.company.firstTenant();
    const version = await one.database.company.publishPolicy(tenantId, `${starterDocument()}\n`, 'test');
    expect(version).toBe(before + 1);
    expect(await two.look(async (tx) => tx.active.version)).toBe(version);

    const account = one.accounts.find(({ platform }) => platform === 'dingtalk');
    if (!account) throw new Error('no DingTalk');
    await one.database.company.countUsage(monthOf(sandbox.now()), [{ account, kind: 'api', calls: 4_600 }]);
    // What the others have used is read every minute.
    sandbox.advance(61_000);
    for (const url of urls)
      await expect
        .poll(async () => JSON.stringify(await (await fetch(`${url}/health`)).json()), { timeout: 20_000 })
        .toContain('超过 5000 次的 90%');
    const saving = async (app: App) => app.look(async (tx) => tx.runsShort(account.id));
    expect([await saving(one), await saving(two)]).toEqual([true, true]);
    const told = () =>
      one.database.unitOfWork.read((session) =>
        session.query<{ dedupe_key: string }>("SELECT dedupe_key FROM outbox_order WHERE dedupe_key LIKE '%usage:%'"),
      );
    await expect.poll(async () => (await told()).length).toBeGreaterThan(0);
    const keys = (await told()).map(({ dedupe_key: key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.includes(':90:'))).toBe(true);
  });

  it('hear over a connection each: copies of one word count once, and a tap is decided wherever it arrives', async () => {
    const sandbox = await open({ mode: 'websocket' });
    const { apps } = await instancesOf(sandbox);
    const { platform, company } = sandbox;
    expect(platform.connections()).toBe(new Set(apps).size);
    const words = ['你好', '在吗', '报价啥时候能出'];
    for (const text of words)
      platform.say(company.customers.zhou, company.chats.hengrui, text, { flaws: { copies: 3 } });
    const card = await platform.waitForCard(company.staff.lina, (one) => one.buttons.includes('忽略'));
    await settled(sandbox);
    const messages = await sandbox.app.look((tx) => tx.message.list({}));
    // Nobody waited for an answer between them: which of two instances stores its word first is chance.
    expect(messages.map(({ text }) => text).sort()).toEqual(words.sort());
    const advance = card.buttons.find((label) => label.startsWith('推进')) ?? '';
    const taps = await Promise.all([1, 2, 3, 4].map(() => platform.tap(company.staff.lina, card.messageId, advance)));
    // A card that shows the outcome has no such button any more.
    expect(taps.some(({ ok }) => ok)).toBe(true);
    await settled(sandbox);
    const moves = await sandbox.app.look((tx) => tx.stageChange.list({ opportunityId: company.deals.bearing }));
    expect(moves.map(({ toStage }) => toStage)).toEqual(['quoted']);
    expect(await sandbox.app.look((tx) => tx.card.list({ kind: 'ask' }))).toHaveLength(1);
    expect(platform.cardsOf(company.staff.lina).filter(({ text }) => text.includes('已处理'))).toHaveLength(1);
  });

  it('flood two platforms together, and neither has to refuse', async () => {
    const each = 120;
    // The allowance of the month is not what this is about.
    const sandbox = await open({ dingtalk: { openApiPerMonth: 1_000_000 } });
    const { apps } = await instancesOf(sandbox);
    const accountOf = (name: string) => apps[0]?.accounts.find(({ platform }) => platform === name)?.id ?? '';
    const people = Array.from({ length: each }, (_, n) => [
      [accountOf('feishu'), sandbox.platform.world.addPerson({ name: `甲${n}` }).openId],
      [accountOf('dingtalk'), sandbox.dingtalk?.platform.world.addPerson({ name: `乙${n}` }).userId ?? ''],
    ]).flat() as [string, string][];
    await sandbox.app.transact(async (tx) => {
      for (const [accountId, id] of people) {
        const order = { kind: 'text.send', to: { kind: 'person', id }, text: '群发' } as const;
        await tx.enqueue({ accountId, dedupeKey: `flood:${id}`, orderKey: `flood:${id}`, order });
      }
    });
    await settled(sandbox, 60_000);
    for (const [desk, path] of [
      [sandbox.platform, '/im/v1/messages'],
      [sandbox.dingtalk?.platform, '/oToMessages/batchSend'],
    ] as const) {
      const entries: Entries = desk?.journal.entries ?? [];
      const sent = entries.filter(({ kind, path: called }) => kind === 'api' && called?.endsWith(path));
      expect(desk?.journal.complaints).toEqual([]);
      expect(sent).toHaveLength(each);
      const seconds = ((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)) / 1_000;
      console.log(`${path}: ${(each / seconds).toFixed(1)} a second by ${new Set(apps).size} instances`);
      expect(each / seconds).toBeGreaterThan(8);
    }
  });
});
