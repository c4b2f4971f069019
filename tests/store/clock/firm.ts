// A company of a few people on a store of its own: a clock that is set by hand, several instances, and a policy that may change.
import { parse } from 'yaml';
import type { StageClockRow } from '../../../src/crm/rows/clock.ts';
import type { ActivePolicy, Tx } from '../../../src/crm/tx.ts';
import { createIdGenerator } from '../../../src/ids.ts';
import { type Database, openDatabase } from '../../../src/persistence/database.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { fillAllClocks, reckonClocks, type Swept, sweepClocks } from '../../../src/scheduler/stage-sweep.ts';
import { databaseKind, readyDatabaseUrl } from '../../support/services/database.ts';

export const HOUR = 3_600_000;
/** A Monday, ten o'clock in Shanghai. */
export const MONDAY = Date.parse('2026-11-23T10:00:00+08:00');

/** Sales and their boss; the boss has nobody above, so that the administrator hears instead. */
export const PEOPLE = { sales: 'p-sales', boss: 'p-boss', admin: 'p-admin', engineer: 'p-engineer' } as const;

export interface Instance {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export interface Firm extends AsyncDisposable {
  readonly url: string;
  readonly instances: readonly [Instance, Instance];
  /** The instant, ms; may be set to any. */
  now: number;
  active: ActivePolicy;
  /** A company of its own in the same store. */
  newCompany(): Promise<string>;
  /** One transaction of the company on the first instance. */
  within<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  sweep(tenantId: string, instance?: 0 | 1): Promise<Swept>;
  reckon(tenantId: string): Promise<number>;
  fill(tenantId: string): Promise<number>;
  clock(tenantId: string, id: string): Promise<StageClockRow | null>;
}

const starter = parse(starterDocument()) as Document;

type Document = { pipeline: { stages: Record<string, unknown>[] } } & Record<string, unknown>;

/** The starter policy with what is different: of stages by key, of other sections by name. */
export function policyWith(
  version: number,
  {
    stages = {},
    ...sections
  }: { readonly stages?: Readonly<Record<string, object>>; readonly [section: string]: unknown },
): ActivePolicy {
  // Without keyword rules it is compiled in a moment.
  const document = { ...starter, signals: {}, ...sections };
  const changed = starter.pipeline.stages.map((stage) => ({ ...stage, ...stages[String(stage['key'])] }));
  return activate(version, JSON.stringify({ ...document, pipeline: { ...starter.pipeline, stages: changed } }));
}

export async function openFirm(active: ActivePolicy): Promise<Firm> {
  const { url, dispose } = await readyDatabaseUrl();
  const newId = createIdGenerator(() => MONDAY);
  const set = { now: MONDAY, active };
  const opened: Database[] = [];
  let companies = 0;
  const first = await instance();
  // A file has one process that writes; two of it in one process would wait for each other for ever.
  const second = databaseKind === 'sqlite' ? first : await instance();
  const firm: Firm = {
    url,
    get now() {
      return set.now;
    },
    set now(at) {
      set.now = at;
    },
    get active() {
      return set.active;
    },
    set active(policy) {
      set.active = policy;
    },
    instances: [first, second],
    async newCompany() {
      companies += 1;
      const tenantId = `tenant-${companies}`;
      await firm.within(tenantId, async (tx) => {
        const person = { active: true, createdAt: MONDAY };
        const { sales, boss, admin, engineer } = PEOPLE;
        await tx.staff.insert({ id: boss, name: '王总', role: 'manager', supervisorId: null, ...person });
        await tx.staff.insert({ id: sales, name: '李娜', role: 'sales', supervisorId: boss, ...person });
        await tx.staff.insert({ id: admin, name: '管理员', role: 'admin', supervisorId: null, ...person });
        await tx.staff.insert({ id: engineer, name: '周工', role: 'sales', supervisorId: boss, ...person });
        const chat = {
          accountId: 'a-1',
          externalId: 'group-1',
          kind: 'group',
          name: '主管群',
          external: false,
        } as const;
        const bound = { addedByStaffId: boss, customerId: null, leadId: null, opportunityId: null, ignored: false };
        await tx.chat.insert({ id: 'c-group', ...chat, ...bound, createdAt: MONDAY });
        await tx.namedGroup.insert({ id: 'supervisors', chatId: 'c-group', boundBy: boss, boundAt: MONDAY });
      });
      return tenantId;
    },
    within: (tenantId, work) => firm.instances[0].transact(tenantId, work),
    sweep: (tenantId, at = 0) => sweepClocks({ ...firm.instances[at], tenantId }),
    reckon: (tenantId) => reckonClocks({ ...firm.instances[0], tenantId }),
    fill: (tenantId) => fillAllClocks({ ...firm.instances[0], tenantId }),
    clock: (tenantId, id) => firm.within(tenantId, (tx) => tx.stageClock.get(id)),
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one.close();
      await dispose();
    },
  };
  return firm;

  async function instance(): Promise<Instance> {
    const database = await openDatabase({ url, now: () => set.now, newId });
    opened.push(database);
    const outside = {
      cardsOf: () => ({ updates: 'free', updatableForMs: 86_400_000 }) as const,
      runsShort: () => false,
      guideOf: () => null,
      onEnqueue: () => {},
    };
    return {
      tenantId: 'tenant-1',
      transact: (tenantId, work) =>
        database.unitOfWork.run((session) => work(database.tx(session, { tenantId, active: set.active, ...outside }))),
    };
  }
}

/** An open deal without a clock yet. */
export function bareDeal(
  tx: Tx,
  id: string,
  given: { readonly stage: string; readonly ownerId?: string; readonly customerId?: string },
) {
  return tx.opportunity.insert({
    ...{ id, customerId: given.customerId ?? `of ${id}`, name: `商机 ${id}`, ownerId: given.ownerId ?? PEOPLE.sales },
    ...{
      stage: given.stage,
      stageEnteredAt: tx.now,
      status: 'open',
      amountMinor: null,
      currency: 'CNY',
      lostReason: null,
    },
    ...{ createdAt: tx.now, closedAt: null, policyVersion: tx.active.version, version: 1 },
  });
}
