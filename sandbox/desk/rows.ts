/** One look at the CRM's rows: everything the desk shows comes from this snapshot and the platform's world. */
import type { App } from '../../src/app.ts';
import { rulePrecision } from '../../src/crm/signal/rule-precision.ts';
import type { Tables } from '../../src/crm/tables.ts';
import type { Tx } from '../../src/crm/tx.ts';

export interface Rows {
  readonly chats: readonly Tables['chat'][];
  readonly customers: ReadonlyMap<string, Tables['customer']>;
  readonly leads: ReadonlyMap<string, Tables['lead']>;
  readonly contacts: ReadonlyMap<string, Tables['contact']>;
  /** People outside, by the platform's id. */
  readonly identities: ReadonlyMap<string, Tables['contactIdentity']>;
  readonly staff: ReadonlyMap<string, Tables['staff']>;
  readonly staffIdentities: readonly Tables['staffIdentity'][];
  readonly deals: readonly Tables['opportunity'][];
  readonly moves: readonly Tables['stageChange'][];
  /** By the platform's message id. */
  readonly messages: ReadonlyMap<string, Tables['message']>;
  readonly decisions: readonly Tables['signalDecision'][];
  readonly cards: readonly Tables['card'][];
  /** Chinese sentence by rule: how often it was right. */
  readonly records: ReadonlyMap<string, string>;
  readonly active: Tx['active'];
  /** Received, but not yet worked off. */
  readonly waiting: number;
}

const NEWEST = { orderBy: 'id', descending: true } as const;

export async function readRows(app: App): Promise<Rows> {
  const { ready } = await app.database.inbox.backlog();
  return app.look(async (tx) => {
    const decisions = await tx.signalDecision.list({}, { ...NEWEST, limit: 500 });
    const messages = await tx.message.list({}, { ...NEWEST, limit: 1000 });
    return {
      chats: await tx.chat.list({}),
      customers: byId(await tx.customer.list({})),
      leads: byId(await tx.lead.list({})),
      contacts: byId(await tx.contact.list({})),
      identities: new Map((await tx.contactIdentity.list({})).map((person) => [person.externalId, person])),
      staff: byId(await tx.staff.list({})),
      staffIdentities: await tx.staffIdentity.list({}),
      deals: await tx.opportunity.list({}, { orderBy: 'createdAt' }),
      moves: (await tx.stageChange.list({}, { ...NEWEST, limit: 500 })).reverse(),
      messages: new Map(messages.map((message) => [message.externalId, message])),
      decisions: decisions.reverse(),
      cards: await tx.card.list({}, { ...NEWEST, limit: 300 }),
      records: await readRecords(tx, new Set(decisions.map((decision) => decision.ruleKey))),
      active: tx.active,
      waiting: ready,
    };
  });
}

async function readRecords(tx: Tx, ruleKeys: ReadonlySet<string>): Promise<Map<string, string>> {
  const records = new Map<string, string>();
  const { minSample } = tx.active.policy.judgement;
  for (const key of ruleKeys) {
    const { judged, wrong, precision } = await rulePrecision(tx, key);
    const rate = precision === null ? `满 ${minSample} 次后计算准确率` : `准确率 ${Math.floor(precision * 100)}%`;
    records.set(key, judged === 0 ? '还没有自动推进过' : `判断 ${judged} 次，${wrong} 次被撤销或忽略 · ${rate}`);
  }
  return records;
}

const byId = <Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]));
