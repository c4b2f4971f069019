/** What ends by its time: each thing by its own rule, a slice at a time, and no more than the rehearsal says. */
import { expect, it } from 'vitest';
import type { Tx } from '../../src/crm/tx.ts';
import { lowestId } from '../../src/ids.ts';
import type { Log, LogFields } from '../../src/log.ts';
import { housekeepingJob } from '../../src/scheduler/housekeeping.ts';
import type { RetentionTerms } from '../../src/work/retention.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store, work } from './open-store.ts';
import { as } from './rows.ts';

const DAY_MS = 86_400_000;
const TENANT = 'tenant-1';
const TERMS: RetentionTerms = { tenantId: TENANT, now: NOW, messageDays: 180, leadDays: 365, auditDays: 1_095 };

/** An id made so many days ago. */
const idOf = (days: number, mark: string): string => `${lowestId(NOW - days * DAY_MS)}${mark}`.padEnd(26, '0');

interface Kept {
  readonly lines: LogFields[];
  readonly log: Log;
}

function keeper(): Kept {
  const lines: LogFields[] = [];
  const note = (fields: LogFields) => void lines.push(fields);
  return { lines, log: { debug: note, info: note, warn: note, error: note } };
}

const job = (store: Store, log: Log) =>
  housekeepingJob({
    ...store.database,
    tenantId: TENANT,
    look: (tenantId, look) => as(store, tenantId, look),
    now: () => NOW,
    log,
  });

const message = (tx: Tx, id: string, expiresAt: number) =>
  tx.message.insert({
    ...{ id, accountId: 'a', externalId: `om_${id}`, chatId: 'c', speaker: 'customer', speakerName: '周敏' },
    ...{ staffId: null, contactIdentityId: null, text: '周末去爬山吗', sentAt: NOW - 181 * DAY_MS, expiresAt },
  });

const lead = async (tx: Tx, id: string, status: 'open' | 'dropped', days: number) => {
  const chatId = `chat-${id}`;
  await tx.lead.insert({
    ...{ id: idOf(days, id), name: `周敏${id}`, ownerId: 's', chatId, status, opportunityId: null },
    ...{ createdAt: NOW - days * DAY_MS, version: 1 },
  });
  await tx.chat.insert({
    ...{ id: chatId, accountId: 'a', externalId: `oc_${id}`, kind: 'direct', name: `周敏${id}`, external: true },
    ...{ addedByStaffId: null, customerId: null, leadId: null, opportunityId: null },
    ...{ ignored: status === 'dropped', createdAt: NOW },
  });
  const person = { accountId: 'a', name: `周敏${id}`, contactId: null, leadId: idOf(days, id) };
  await tx.contactIdentity.insert({ id: `p-${id}`, externalId: `ou_${id}`, ...person });
};

describeDatabase('retention', () => {
  it('ends each thing by its own rule, and says beforehand what it would end', async () => {
    await using store = await openStore();
    await as(store, TENANT, async (tx) => {
      for (const [mark, status, days] of [
        ['A', 'dropped', 366],
        ['B', 'dropped', 364],
        ['C', 'open', 900],
        ['D', 'dropped', 500],
      ] as const)
        await lead(tx, mark, status, days);
      // D is in a colleague's address book besides; another one was taken out of it half a year ago.
      const follow = { staffId: 's', remark: '周经理', company: null, tags: [], addedAt: NOW, updatedAt: NOW };
      await tx.contactFollow.insert({ ...follow, id: 'f1', contactIdentityId: 'p-D', removedAt: null });
      const gone = { ...follow, contactIdentityId: 'p-X' };
      await tx.contactFollow.insert({ ...gone, id: idOf(300, 'E'), removedAt: NOW - 181 * DAY_MS });
      await tx.contactFollow.insert({ ...gone, staffId: 't', id: idOf(300, 'F'), removedAt: NOW - 179 * DAY_MS });
      for (const days of [1_096, 1_094])
        await tx.auditEntry.insert({
          ...{ id: idOf(days, 'G'), actorId: 's', action: 'customer.edit', entity: 'customer', entityId: 'c' },
          ...{ detail: { name: '周敏' }, at: NOW - days * DAY_MS },
        });
      const code = { staffId: 's', usedAt: null };
      await tx.linkCode.insert({ ...code, id: idOf(2, 'H'), codeHash: 'h1', expiresAt: NOW - 2 * DAY_MS });
      await tx.linkCode.insert({ ...code, id: idOf(0.5, 'I'), codeHash: 'h2', expiresAt: NOW + 1 });
    });
    const counted = new Map<string, number>();
    for (const rule of store.database.retention) counted.set(rule.key, await rule.count(TERMS));
    const { lines, log } = keeper();
    await job(store, log).run();
    const [line = {}] = lines;
    for (const [key, count] of counted) expect([key, line[key]]).toEqual([key, count]);
    expect(line).toMatchObject({ leads: 2, follows: 1, audit: 1, codes: 1, messages: 0 });

    await as(store, TENANT, async (tx) => {
      const names = (await tx.lead.list({})).map(({ name }) => name).toSorted();
      expect(names).toEqual(['周敏B', '周敏C', '（已到期清除）', '（已到期清除）']);
      expect((await tx.contactIdentity.list({})).map(({ id }) => id).toSorted()).toEqual(['p-B', 'p-C', 'p-D']);
      const chats = (await tx.chat.list({})).filter(({ name }) => name !== null).map(({ id }) => id);
      expect(chats.toSorted()).toEqual(['chat-B', 'chat-C']);
      expect((await tx.contactFollow.list({})).map(({ id }) => id).toSorted()).toEqual(
        [idOf(300, 'F'), 'f1'].toSorted(),
      );
      expect((await tx.auditEntry.list({})).map(({ at }) => at)).toEqual([NOW - 1_094 * DAY_MS]);
      expect((await tx.linkCode.list({})).map(({ codeHash }) => codeHash)).toEqual(['h2']);
    });
    await job(store, log).run();
    for (const key of counted.keys()) expect([key, lines[1]?.[key]]).toEqual([key, 0]);
  });

  it('works in slices: others write in between, and a stop leaves the rest to the next run', async () => {
    await using store = await openStore();
    const COUNT = 1_750;
    await as(store, TENANT, async (tx) => {
      for (let i = 0; i < COUNT; i += 1) await message(tx, idOf(181, String(i).padStart(6, '0')), NOW - 1);
      await message(tx, idOf(3, 'kept'), NOW + 1);
    });
    const left = () => as(store, TENANT, async (tx) => (await tx.message.list({})).length);
    const { lines, log } = keeper();
    const stop = new AbortController();
    const running = job(store, log).run(stop.signal);
    // Asked for while it works; it comes when one slice is done and not when all are.
    let between = await left();
    while (between === COUNT + 1) between = await left();
    stop.abort();
    await running;
    expect(between).toBeGreaterThan(1);
    expect(await left()).toBeGreaterThan(1);
    expect(lines[0]?.['messages']).toBeLessThan(COUNT);
    await job(store, log).run();
    expect(await left()).toBe(1);
    expect(Number(lines[0]?.['messages']) + Number(lines[1]?.['messages'])).toBe(COUNT);
  });

  it('looks at a long table in windows, and misses nothing at their edges', async () => {
    await using store = await openStore();
    const COUNT = 4_100;
    await store.unitOfWork.run((session) =>
      session.insertNew(
        'audit_entry',
        ['tenant_id', 'id', 'actor_id', 'action', 'entity', 'entity_id', 'detail', 'at'],
        Array.from({ length: COUNT }, (_, i) => {
          const days = i % 2 === 0 ? 2_000 : 1_500;
          return [TENANT, idOf(2_000, String(i).padStart(6, '0')), null, 'x', 'y', 'z', '{}', NOW - days * DAY_MS];
        }).concat([[TENANT, idOf(1_000, 'K'), null, 'x', 'y', 'z', '{}', NOW - 1_000 * DAY_MS]]),
      ),
    );
    const { lines, log } = keeper();
    await job(store, log).run();
    expect(lines[0]).toMatchObject({ audit: COUNT });
  });

  it('sets aside what waits for an app that is gone, so that its words end as well', async () => {
    await using store = await openStore();
    const { database } = store;
    const old = NOW - 31 * DAY_MS;
    const waiting = work(store, { id: idOf(31, 'L'), queuedAt: old, availableAt: old });
    const held = work(store, { id: idOf(31, 'M'), queuedAt: old, availableAt: NOW + DAY_MS });
    await store.unitOfWork.run((session) => database.inbox.add(session, [waiting, held, work(store)]));
    const { lines, log } = keeper();
    await job(store, log).run();
    expect(lines[0]).toMatchObject({ abandoned: 1, rows: 0 });
    expect(await database.inbox.dead(9)).toMatchObject([{ id: waiting.id, lastError: 'waited_too_long' }]);
    expect(await database.inbox.backlog()).toMatchObject({ ready: 2, dead: 1 });
  });
});
