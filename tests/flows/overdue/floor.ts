/** A sales floor in the rows whose clock can be set: deals that stand too long, and what is shown of it. */
import { drawCard } from '../../../src/crm/card/faces/draw-card.ts';
import { openDeal } from '../../../src/crm/opportunity/open-deal.ts';
import type { CardRow } from '../../../src/crm/rows/cards.ts';
import type { AlertRow } from '../../../src/crm/rows/clock.ts';
import type { StaffRole } from '../../../src/crm/rows/people.ts';
import type { ActivePolicy, Tx } from '../../../src/crm/tx.ts';
import { createIdGenerator } from '../../../src/ids.ts';
import { type Database, openDatabase } from '../../../src/persistence/database.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { showAlerts } from '../../../src/scheduler/show-alerts.ts';
import { readyDatabaseUrl } from '../../support/services/database.ts';

export const ACCOUNT = 'account-1';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
/** A Tuesday morning at ten in China. */
export const TUESDAY_TEN = Date.parse('2026-11-24T10:00:00+08:00');

export interface Floor extends AsyncDisposable {
  readonly database: Database;
  /** Set it to go on. */
  at: number;
  /** How the platform changes cards. */
  updates: 'free' | 'once';
  active: ActivePolicy;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  employ(name: string, role?: StaffRole, supervisorId?: string | null): Promise<string>;
  deal(name: string, ownerId: string, stage?: string): Promise<string>;
  group(name: string, external?: boolean): Promise<string>;
  /** An alert of a deal for somebody, whose hour has come. */
  alert(dealId: string, to: string, given?: Partial<AlertRow>): Promise<string>;
  /** The minute's job; returns how many were told. */
  show(): Promise<number>;
  alerts(where?: Partial<AlertRow>): Promise<AlertRow[]>;
  cards(where?: Partial<CardRow>): Promise<CardRow[]>;
  /** The words and button labels of a card. */
  face(card: CardRow | undefined): Promise<{ title: string; words: string; buttons: readonly string[] }>;
  texts(): Promise<{ readonly to: string; readonly text: string }[]>;
}

export async function openFloor(): Promise<Floor> {
  const { url, dispose } = await readyDatabaseUrl();
  const newId = createIdGenerator(() => floor.at);
  const database = await openDatabase({ url, now: () => floor.at, newId });
  const made = <Row extends { id: string }>(work: (tx: Tx) => Promise<Row>) => floor.run(work).then(({ id }) => id);
  const floor: Floor = {
    database,
    at: TUESDAY_TEN,
    updates: 'free',
    active: activate(1, starterDocument()),
    run: (work) =>
      database.unitOfWork.run((session) =>
        work(
          database.tx(session, {
            tenantId: 't1',
            active: floor.active,
            cardsOf: () => ({ updates: floor.updates, updatableForMs: 86_400_000 }),
            runsShort: () => false,
            guideOf: () => null,
            onEnqueue: () => {},
          }),
        ),
      ),
    employ: (name, role = 'sales', supervisorId = null) =>
      made(async (tx) => {
        const row = await tx.staff.insert({
          id: tx.newId(),
          name,
          role,
          supervisorId,
          active: true,
          createdAt: tx.now,
        });
        await tx.staffIdentity.insert({ id: tx.newId(), accountId: ACCOUNT, externalId: name, staffId: row.id });
        return row;
      }),
    deal: (name, ownerId, stage = 'qualified') =>
      made(async (tx) => {
        const owned = { ownerId, createdAt: tx.now, withdrawnAt: null };
        const customer = await tx.customer.insert({ id: tx.newId(), name: `${name}公司`, ...owned });
        const deal = await openDeal(tx, { customerId: customer.id, name, ownerId });
        await tx.opportunity.update({ id: deal.id }, { stage });
        await tx.stageClock.update({ id: deal.id }, { stage });
        return deal;
      }),
    group: (name, external = false) =>
      made((tx) =>
        tx.chat.insert({
          ...{ id: tx.newId(), accountId: ACCOUNT, externalId: name, kind: 'group', name, external, ignored: false },
          ...{ addedByStaffId: null, customerId: null, leadId: null, opportunityId: null, createdAt: tx.now },
        }),
      ),
    alert: (clockId, toId, given = {}) =>
      made(async (tx) => {
        const clock = await tx.stageClock.get(clockId);
        return tx.alert.insert({
          ...{ id: tx.newId(), clockId, customerId: clock?.customerId ?? null, stage: clock?.stage ?? 'qualified' },
          ...{ round: clock?.round ?? 'r1', fromAt: tx.now - 40 * 24 * HOUR_MS, level: 1, toKind: 'staff', toId },
          ...{ state: 'waiting', showAt: tx.now, cardId: null, createdAt: tx.now, endedAt: null, outcome: null },
          ...given,
        });
      }),
    show: () => showAlerts({ tenantId: 't1', transact: (_, work) => floor.run(work) }),
    alerts: (where = {}) => floor.run((tx) => tx.alert.list(where)),
    cards: (where = {}) => floor.run((tx) => tx.card.list(where)),
    async face(card) {
      if (!card) throw new Error('no such card');
      const { title, blocks } = await floor.run((tx) => drawCard(tx, card));
      const buttons = blocks.flatMap((block) => {
        if (block.type === 'buttons') return block.buttons.map(({ label }) => label);
        return block.type === 'choice' ? [block.submit.label] : [];
      });
      return { title, words: JSON.stringify(blocks), buttons };
    },
    async texts() {
      const rows = await database.unitOfWork.read((session) =>
        session.query<{ payload: string }>('SELECT payload FROM outbox_order ORDER BY id'),
      );
      return rows
        .map(({ payload }) => JSON.parse(payload) as { kind: string; to: { id: string }; text: string })
        .filter(({ kind }) => kind === 'text.send')
        .map(({ to, text }) => ({ to: to.id, text }));
    },
    async [Symbol.asyncDispose]() {
      await database.close();
      await dispose();
    },
  };
  return floor;
}
