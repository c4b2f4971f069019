/** Pages of a company of some size: no statement reads a table whole that grows with trade, and lists are whole themselves. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { platforms } from '../../adapters/index.ts';
import { feishu } from '../../bench/dialects/feishu.ts';
import { type Client, createClient } from '../../bench/pages/client.ts';
import { type Colleague, signIn } from '../../bench/pages/people.ts';
import { explainAll, recordStatements } from '../../bench/pages/plans.ts';
import { benchPolicy } from '../../bench/pages/policy.ts';
import { readings } from '../../bench/pages/reads.ts';
import { seedCompany } from '../../bench/pages/seed/seed-company.ts';
import { PROMISED, smaller } from '../../bench/pages/seed/size.ts';
import { writings } from '../../bench/pages/writes.ts';
import { type App, createApp } from '../../src/app.ts';
import { scopeOf } from '../../src/crm/access/scope.ts';
import type { StaffRow } from '../../src/crm/rows/people.ts';
import type { PageView } from '../../src/http/contract/common.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';

/** Large enough that MySQL's planner does not prefer to read it all; SQLite plans by shape alone. */
const SIZE = smaller(PROMISED, 50);

describeDatabase('pages', () => {
  it('look up by index what they show and change, and lists leave nobody out', { timeout: 120_000 }, async () => {
    const { url, dispose } = await freshDatabaseUrl();
    const secrets = feishu.makeSecrets((digits) => randomBytes(digits).toString('hex').slice(0, digits));
    const env = { DATABASE_URL: url, ...feishu.env(secrets, 'http://127.0.0.1:9') };
    const app = await createApp({ settings: readSettings(env, platforms), log: createLog('silent'), now: Date.now });
    try {
      await app.database.company.publishPolicy(await app.database.company.firstTenant(), benchPolicy(), 'test');
      const company = await seedCompany(app, SIZE, Date.now());
      const colleagues = await signIn(app, company, Date.now());
      await new Promise<void>((resolve) => app.server.listen(0, '127.0.0.1', resolve));
      const client = createClient((app.server.address() as AddressInfo).port);
      const recorded = recordStatements(app.database.unitOfWork);
      for (const who of colleagues) {
        for (const { name, question } of readings()) {
          const { status, body } = await client.ask(question(who, 1), who.cookie);
          // A new operation that needs a query: say in bench/pages/reads.ts how it is asked.
          expect({ name, status, body: status === 200 ? null : body }).toEqual({ name, status: 200, body: null });
        }
        for (const { prepare } of who.changes ? writings : []) {
          const question = await prepare(who, 1, (before) => client.ask(before, who.cookie));
          expect([200, 201, 409]).toContain((await client.ask(question, who.cookie)).status);
        }
      }
      const lists = [];
      for (const who of colleagues)
        for (const query of ['', '&tag=展会', '&tag=没有人用', '&grade=D'])
          lists.push({ who, query, listed: await listAll(client, who, query) });
      client.close();
      const explained = await explainAll(app.database, recorded.statements());
      expect(explained.length).toBeGreaterThan(50);
      const whole = explained.filter(({ steps }) => steps.some((step) => step.whole));
      expect(whole).toEqual([]);
      for (const { who, query, listed } of lists)
        expect({ who: who.name, query, listed }).toEqual({
          who: who.name,
          query,
          listed: await theirs(app, who, query),
        });
    } finally {
      app.server.closeAllConnections();
      await app.stop();
      await dispose();
    }
  });
});

/** The ids of all pages of the list, as they come. */
async function listAll(client: Client, who: Colleague, query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor = ''; ; ) {
    const path = encodeURI(`/api/customers?limit=100${query}${cursor}`);
    const { items, next } = (await client.ask({ method: 'get', path }, who.cookie)).body as PageView<{ id: string }>;
    ids.push(...items.map(({ id }) => id));
    if (next === null) return ids;
    cursor = `&cursor=${next}`;
  }
}

/** The same, told row by row. */
async function theirs(app: App, { staffId }: Colleague, query: string): Promise<string[]> {
  const { tag = null, grade = null } = Object.fromEntries(new URLSearchParams(query));
  return app.look(async (tx) => {
    const scope = await scopeOf(tx, (await tx.staff.list({ id: staffId }))[0] as StaffRow);
    const helped = new Set((await tx.collaborator.list({ staffId })).map(({ customerId }) => customerId));
    const profiles = new Map((await tx.customerProfile.list({})).map((profile) => [profile.id, profile]));
    return (await tx.customer.list({}))
      .filter(({ id, ownerId }) => scope.all || scope.owners.includes(ownerId) || helped.has(id))
      .filter(({ id }) => tag === null || profiles.get(id)?.tags.includes(tag))
      .filter(({ id }) => grade === null || profiles.get(id)?.grade === grade)
      .map(({ id }) => id)
      .reverse();
  });
}
