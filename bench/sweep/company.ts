/** A company with very many open deals, each with its clock: one in a hundred is due at the same moment, at each level of the ladder. */

import { usedUpAt } from '../../src/crm/clock/reckon.ts';
import type { ActivePolicy } from '../../src/crm/tx.ts';
import { createIdGenerator } from '../../src/ids.ts';
import type { Database } from '../../src/persistence/database.ts';
import { createBulk, type NewRow } from '../pages/seed/bulk.ts';

export const TENANT = 'bench-tenant';
/** A Tuesday morning: nobody is asleep. */
export const DUE_AT = Date.parse('2026-11-24T10:30:00+08:00');
/** The instant before: nothing is due yet. */
export const NOTHING_DUE_AT = DUE_AT - 60_000;

const STAFF = 500;
const PER_TEAM = 10;
const ENGINEERS = 20;
const DUE_EVERY = 100;
const STAGE = 'sampling';
const RANK = '方案工程师';
const HOUR_MS = 3_600_000;
/** Of ten that are due so many stand at each level; most have only just passed their limit. */
const LEVELS = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
const LADDER = [100, 150, 200];

export async function seedSweep(database: Database, active: ActivePolicy, deals: number): Promise<void> {
  const newId = createIdGenerator(() => DUE_AT - 90 * 24 * HOUR_MS);
  const bulk = createBulk(database, TENANT);
  const owners = await seedPeople(bulk, newId);
  const since = LADDER.map((_, level) => standingSince(active, level));
  const customers = Array.from({ length: Math.ceil(deals / 3) }, () => newId());
  const createdAt = DUE_AT - 60 * 24 * HOUR_MS;
  // Those that are due are everybody's as well.
  const ownerOf = (n: number) => owners[(n + Math.floor(n / DUE_EVERY)) % owners.length] ?? '';
  const rows = Array.from({ length: deals }, (_, n) => ({
    id: newId(),
    customerId: customers[Math.floor(n / 3)] ?? '',
    n,
  }));
  await bulk.put(
    'customer',
    customers.map((id, n) => ({ id, name: `客户${n}`, ownerId: ownerOf(n * 3), createdAt, withdrawnAt: null })),
  );
  await bulk.put(
    'opportunity',
    rows.map(({ id, customerId, n }) => ({
      ...{
        id,
        customerId,
        name: `商机${n}`,
        ownerId: ownerOf(n),
        stage: STAGE,
        stageEnteredAt: createdAt,
        status: 'open',
      },
      ...{ amountMinor: 1_000_000, currency: 'CNY', lostReason: null, createdAt, closedAt: null },
      ...{ policyVersion: active.version, version: 1 },
    })),
  );
  await bulk.put(
    'stageClock',
    rows.map(({ id, customerId, n }): NewRow<'stageClock'> => {
      const due = n % DUE_EVERY === 0;
      const level = due ? (LEVELS[(n / DUE_EVERY) % LEVELS.length] ?? 0) : 0;
      const fromAt = due ? (since[level] ?? 0) : DUE_AT;
      return {
        ...{ id, subject: 'deal', stage: STAGE, customerId, round: id, fromAt, metAt: null, level },
        nextAt: due ? DUE_AT : DUE_AT + (1 + (n % 40)) * HOUR_MS,
        ...{ heldUntil: null, heldBy: null, extendedMs: 0, extensions: 0, highRisk: false },
        ...{ policyVersion: active.version, version: 1 },
      };
    }),
  );
}

/** Teams of ten with a supervisor each, engineers, an administrator, and the supervisors' group. Returns who owns deals. */
async function seedPeople(bulk: ReturnType<typeof createBulk>, newId: () => string): Promise<readonly string[]> {
  const createdAt = DUE_AT;
  const ids = Array.from({ length: STAFF }, () => newId());
  const leadOf = (n: number) => ids[n - (n % PER_TEAM)] ?? '';
  const isLead = (n: number) => n % PER_TEAM === 0;
  await bulk.put(
    'staff',
    ids.map((id, n): NewRow<'staff'> => {
      const role = n === 0 ? 'admin' : isLead(n) ? 'manager' : 'sales';
      const supervisorId = n === 0 ? null : isLead(n) ? (ids[0] ?? null) : leadOf(n);
      return { id, name: `同事${n}`, role, supervisorId, active: true, createdAt };
    }),
  );
  await bulk.put(
    'staffIdentity',
    ids.map((staffId, n) => ({ id: newId(), accountId: 'bench-account', externalId: `ou_${n}`, staffId })),
  );
  await bulk.put(
    'staffProfile',
    ids.map((id, n) => ({
      ...{ id, phone: null, email: null, region: null, productLines: [], updatedAt: createdAt },
      jobRank: n >= STAFF - ENGINEERS ? RANK : null,
    })),
  );
  const chat = {
    id: newId(),
    accountId: 'bench-account',
    externalId: 'oc_supervisors',
    kind: 'group',
    name: '主管群',
  } as const;
  const nobodys = { customerId: null, leadId: null, opportunityId: null, ignored: false, external: false };
  await bulk.put('chat', [{ ...chat, ...nobodys, addedByStaffId: ids[0] ?? null, createdAt }]);
  await bulk.put('namedGroup', [{ id: 'supervisors', chatId: chat.id, boundBy: ids[0] ?? '', boundAt: createdAt }]);
  return ids.filter((_, n) => !isLead(n));
}

/** Since when a deal has stood that comes to this level just now: an hour too long at most. */
function standingSince(active: ActivePolicy, level: number): number {
  const percent = LADDER[level] ?? 100;
  for (let at = DUE_AT; at > 0; at -= HOUR_MS) {
    const due = usedUpAt(active, { stage: STAGE, fromAt: at, metAt: null, extendedMs: 0 }, percent, []);
    if (due !== null && due <= DUE_AT) return at;
  }
  throw new Error('the stage has no limit');
}
