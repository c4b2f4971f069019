// Two transactions that want the same matter at the same moment, as lanes, instances and taps do on a server database.

import { expect, it } from 'vitest';
import { openCard } from '../../src/crm/card/open-card.ts';
import { convertLead } from '../../src/crm/lead/convert-lead.ts';
import { receiveStranger } from '../../src/crm/lead/open-lead.ts';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { meetStaff } from '../../src/crm/staff/known-staff.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { as } from '../store/rows.ts';
import { describeDatabase } from '../support/services/database.ts';

const ACCOUNT = 'account-1';
/** Long enough for the other to arrive where it can; where a lock keeps it away, we go on without it. */
const PATIENCE_MS = 300;

type Step = { readonly table: keyof Tx; readonly method: 'insert' | 'update' };

/** Runs several at once; before their first `step` they wait for each other. */
async function together(store: Store, step: Step, works: readonly ((tx: Tx) => Promise<unknown>)[]): Promise<void> {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  const meet = async () => {
    arrived += 1;
    if (arrived === works.length) open();
    await Promise.race([all, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  };
  await Promise.all(works.map((work) => as(store, 't1', (tx) => work(waitingAt(tx, step, meet)))));
}

function waitingAt(tx: Tx, { table, method }: Step, meet: () => Promise<void>): Tx {
  let met = false;
  const watched = new Proxy(tx[table] as object, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (property !== method || typeof value !== 'function') return value;
      return async (...given: unknown[]) => {
        if (!met) {
          met = true;
          await meet();
        }
        return Reflect.apply(value, target, given) as unknown;
      };
    },
  });
  return { ...tx, [table]: watched };
}

/** 李娜 and a group of hers; returns what the tests speak about. */
async function someone(store: Store): Promise<{ staffId: string }> {
  return as(store, 't1', async (tx) => {
    const lina = { id: tx.newId(), name: '李娜', role: 'sales' as const, supervisorId: null, active: true };
    await tx.staff.insert({ ...lina, createdAt: tx.now });
    await tx.staffIdentity.insert({ id: tx.newId(), accountId: ACCOUNT, externalId: 'lina', staffId: lina.id });
    return { staffId: lina.id };
  });
}

function chatOf(tx: Tx, externalId: string, staffId: string) {
  return tx.chat.insert({
    id: tx.newId(),
    accountId: ACCOUNT,
    externalId,
    kind: 'group',
    name: externalId,
    external: true,
    addedByStaffId: staffId,
    customerId: null,
    leadId: null,
    opportunityId: null,
    ignored: false,
    createdAt: tx.now,
  });
}

const said = (chat: string, sender: string, messageId: string) => ({
  type: 'message' as const,
  messageId,
  chat: { id: chat, kind: 'group' as const },
  sender: { id: sender, tenant: null, internal: false },
  senderKind: 'person' as const,
  text: '你好',
  addressed: false,
  mentions: [],
  repliesTo: null,
  record: null,
  sentAt: 1_790_000_000_000,
});

async function leadOf(store: Store, staffId: string) {
  return as(store, 't1', async (tx) => {
    const chat = await chatOf(tx, 'group', staffId);
    const sun = { accountId: ACCOUNT, externalId: 'sun', name: '孙小姐', contactId: null, leadId: null };
    const linked = await receiveStranger(tx, chat, await tx.contactIdentity.insert({ id: tx.newId(), ...sun }));
    const lead = await tx.lead.get(linked.leadId ?? '');
    if (!lead) throw new Error('no lead');
    return lead;
  });
}

describeDatabase('at the same moment', () => {
  it('a stranger writes in two chats: one lead', async () => {
    await using store = await openStore();
    const { staffId } = await someone(store);
    await as(store, 't1', async (tx) => {
      for (const chat of ['one', 'two']) await chatOf(tx, chat, staffId);
      const sun = { accountId: ACCOUNT, externalId: 'sun', name: '孙小姐', contactId: null, leadId: null };
      await tx.contactIdentity.insert({ id: tx.newId(), ...sun });
    });
    await together(store, { table: 'lead', method: 'insert' }, [
      (tx) => receiveMessage(tx, ACCOUNT, said('one', 'sun', 'm1')),
      (tx) => receiveMessage(tx, ACCOUNT, said('two', 'sun', 'm2')),
    ]);
    const leads = await as(store, 't1', (tx) => tx.lead.list({}));
    expect(leads).toHaveLength(1);
    const chats = await as(store, 't1', (tx) => tx.chat.list({}));
    expect(chats.map((chat) => chat.leadId)).toEqual([leads[0]?.id, leads[0]?.id]);
    expect(await as(store, 't1', (tx) => tx.message.list({}))).toHaveLength(2);
  });

  it('a stranger nobody has seen writes in two chats: one identity, one lead, both messages', async () => {
    await using store = await openStore();
    const { staffId } = await someone(store);
    await as(store, 't1', async (tx) => {
      for (const chat of ['one', 'two']) await chatOf(tx, chat, staffId);
    });
    await together(store, { table: 'contactIdentity', method: 'insert' }, [
      (tx) => receiveMessage(tx, ACCOUNT, said('one', 'sun', 'm1')),
      (tx) => receiveMessage(tx, ACCOUNT, said('two', 'sun', 'm2')),
    ]);
    expect(await as(store, 't1', (tx) => tx.lead.list({}))).toHaveLength(1);
    expect(await as(store, 't1', (tx) => tx.message.list({}))).toHaveLength(2);
  });

  it('a colleague is met in two chats: one colleague', async () => {
    await using store = await openStore();
    const wang = { id: 'wang', tenant: null, internal: true };
    await together(store, { table: 'staffIdentity', method: 'insert' }, [
      (tx) => meetStaff(tx, ACCOUNT, wang, 'one'),
      (tx) => meetStaff(tx, ACCOUNT, wang, 'two'),
    ]);
    expect(await as(store, 't1', (tx) => tx.staff.list({}))).toHaveLength(1);
  });

  it('a lead is converted twice: the second finds it done', async () => {
    await using store = await openStore();
    const { staffId } = await someone(store);
    const lead = await leadOf(store, staffId);
    await together(store, { table: 'customer', method: 'insert' }, [
      (tx) => convertLead(tx, lead.id),
      (tx) => convertLead(tx, lead.id),
    ]);
    expect(await as(store, 't1', (tx) => tx.customer.list({}))).toHaveLength(1);
    expect(await as(store, 't1', (tx) => tx.opportunity.list({}))).toHaveLength(1);
  });

  it('questions to one person: the cap of the day holds, and what is above it shares one digest', async () => {
    await using store = await openStore();
    const { staffId } = await someone(store);
    const ask = (subject: string) => (tx: Tx) =>
      openCard(tx, { kind: 'ask', staffId, accountId: ACCOUNT, subject, data: {}, actions: [{ kind: 'ignore' }] });
    for (const subject of ['a', 'b', 'c', 'd']) await as(store, 't1', ask(subject));
    await together(store, { table: 'card', method: 'insert' }, [ask('e'), ask('f'), ask('g')]);
    const cards = await as(store, 't1', (tx) => tx.card.list({}));
    expect(cards.filter((card) => card.kind === 'digest')).toHaveLength(1);
    expect(cards.filter((card) => card.kind === 'ask' && card.digestId === null)).toHaveLength(5);
  });
});
