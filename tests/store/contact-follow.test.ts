/** What colleagues noted about outsiders: kept from events, look-ups and readings, ended when they part. */
import { expect, it } from 'vitest';
import type { ContactFacts, GroupFacts } from '../../src/channel/delivery.ts';
import type { ContactEvent } from '../../src/channel/event.ts';
import { meetContactFacts } from '../../src/crm/contact/contact-facts.ts';
import { receiveContact } from '../../src/crm/contact/receive-contact.ts';
import type { ContactFollowRow } from '../../src/crm/rows/people.ts';
import { createLog } from '../../src/log.ts';
import { contactsJob } from '../../src/scheduler/contacts.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

const ACCOUNT = 'account-1';
const facts = (personId: string, staffId: string, more: Partial<ContactFacts> = {}): ContactFacts => ({
  personId,
  staffId,
  name: `客户 ${personId}`,
  company: null,
  remark: null,
  phones: [],
  tags: [],
  addedAt: NOW - 5_000,
  ...more,
});
const event = (type: ContactEvent['type'], at: number): ContactEvent => ({
  type,
  eventId: `${type}-${at}`,
  staff: { id: 'lina', tenant: null, internal: true },
  person: { id: 'wmA', tenant: null, internal: false },
  chat: { id: 'dm:lina:wmA', kind: 'group' },
  welcomeCode: null,
  at,
});

const follows = (store: Store) => as(store, 't1', (tx) => tx.contactFollow.list({}));
const hear = (store: Store, type: ContactEvent['type'], at = NOW) =>
  as(store, 't1', (tx) => receiveContact(tx, ACCOUNT, event(type, at)));
const look = (store: Store, said: ContactFacts) =>
  as(store, 't1', (tx) => meetContactFacts(tx, ACCOUNT, 'dm:lina:wmA', said));

/** One night's reading of these books and groups. */
async function readBooks(
  store: Store,
  books: readonly ContactFacts[],
  groups: readonly GroupFacts[] = [],
  during: () => Promise<unknown> = async () => {},
): Promise<void> {
  const account = { id: ACCOUNT, tenantId: 't1', platform: 'wecom', appKey: 'ww1', externalTenant: null };
  const channel = {
    async *contacts() {
      if (books.length > 0) yield books;
      await during();
    },
    async *groups() {
      for (const group of groups) yield [group];
    },
  };
  await contactsJob({
    accounts: [{ account, channel }],
    transact: (tenantId, work) => as(store, tenantId, work),
    log: createLog('silent'),
  }).run();
}

/** As if the reading had been on another day. */
const lastNight = (store: Store) =>
  as(store, 't1', async (tx) => {
    for (const { id } of await tx.contactFollow.list({})) await tx.contactFollow.update({ id }, { updatedAt: NOW - 1 });
  });

describeDatabase('relations of the address book', () => {
  it('are kept by the look-up after an event, and follow each edit', async () => {
    await using store = await openStore();
    await hear(store, 'contact_added');
    await look(store, facts('wmA', 'lina', { remark: '福兴林采购', company: '福兴建材', tags: ['A 级', '展会'] }));
    expect(await follows(store)).toMatchObject([
      { remark: '福兴林采购', company: '福兴建材', tags: ['A 级', '展会'], addedAt: NOW - 5_000, removedAt: null },
    ]);
    await hear(store, 'contact_edited');
    await look(store, facts('wmA', 'lina', { remark: '林总', tags: ['B 级'], addedAt: null }));
    const [row, ...others] = await follows(store);
    expect(others).toEqual([]);
    expect(row).toMatchObject<Partial<ContactFollowRow>>({
      remark: '林总',
      company: null,
      tags: ['B 级'],
      addedAt: NOW - 5_000,
    });
  });

  it('end with the event, keep what was noted, and begin again when they are contacts again', async () => {
    await using store = await openStore();
    await hear(store, 'contact_added');
    await look(store, facts('wmA', 'lina', { remark: '林总' }));
    await hear(store, 'contact_removed', NOW - 1_000);
    expect(await follows(store)).toMatchObject([{ remark: '林总', removedAt: NOW - 1_000 }]);
    await look(store, facts('wmA', 'lina', { remark: '林总', addedAt: NOW }));
    expect(await follows(store)).toMatchObject([{ addedAt: NOW, removedAt: null }]);
    // Heard late: it ended what was before.
    await hear(store, 'contact_removed', NOW - 500);
    expect(await follows(store)).toMatchObject([{ removedAt: null }]);
  });

  it('an end that comes for somebody unknown changes nothing', async () => {
    await using store = await openStore();
    await hear(store, 'contact_removed');
    expect(await follows(store)).toEqual([]);
    expect(await as(store, 't1', (tx) => tx.staff.list({}))).toEqual([]);
  });

  it('are one row per colleague and customer, whoever reads them how often', async () => {
    await using store = await openStore();
    const books = [
      facts('wmA', 'lina', { remark: '林总' }),
      facts('wmA', 'wangqiang', { remark: '林采购', tags: ['展会'] }),
    ];
    await readBooks(store, books);
    await readBooks(store, [facts('wmA', 'lina', { remark: '林总监' }), ...books.slice(1)]);
    const rows = await follows(store);
    expect(rows.map(({ remark }) => remark).sort()).toEqual(['林总监', '林采购'].sort());
    expect(new Set(rows.map(({ contactIdentityId }) => contactIdentityId)).size).toBe(1);
  });

  it('that a reading no longer finds have ended, but not those of books it could not read', async () => {
    await using store = await openStore();
    const before = [facts('wmA', 'lina'), facts('wmB', 'lina'), facts('wmC', 'wangqiang')];
    await readBooks(store, before);
    await lastNight(store);
    await readBooks(store, [facts('wmB', 'lina')]);
    const ended = (await follows(store)).filter(({ removedAt }) => removedAt !== null);
    const identity = await as(store, 't1', (tx) => tx.contactIdentity.find({ externalId: 'wmA' }));
    expect(ended).toMatchObject([{ contactIdentityId: identity?.id, removedAt: NOW }]);
  });

  it('that began while the book was being read have not ended', async () => {
    await using store = await openStore();
    await readBooks(store, [facts('wmB', 'lina')], [], async () => {
      await hear(store, 'contact_added');
      await look(store, facts('wmA', 'lina'));
    });
    expect(await follows(store)).toMatchObject([{ removedAt: null }, { removedAt: null }]);
  });
});

describeDatabase('customer groups', () => {
  it('are known by name and owner before anybody writes, and take a new name', async () => {
    await using store = await openStore();
    const group = { chatId: 'wrA', name: '福兴项目群', ownerId: 'lina' };
    await readBooks(store, [facts('wmA', 'lina')], [group, { chatId: 'wrB', name: '新群', ownerId: 'stranger' }]);
    const chats = () => as(store, 't1', (tx) => tx.chat.list({}));
    const lina = await as(store, 't1', (tx) => tx.staffIdentity.find({ externalId: 'lina' }));
    expect(await chats()).toMatchObject([
      { externalId: 'wrA', kind: 'group', name: '福兴项目群', external: true, addedByStaffId: lina?.staffId },
      { externalId: 'wrB', name: '新群', addedByStaffId: null, customerId: null },
    ]);
    await readBooks(store, [], [{ ...group, name: '福兴二期' }]);
    expect((await chats()).map(({ name }) => name)).toEqual(['福兴二期', '新群']);
    expect(await as(store, 't1', (tx) => tx.message.list({}))).toEqual([]);
    expect(await as(store, 't1', (tx) => tx.job.list({}))).toMatchObject([
      { status: 'done', note: '已读 1 位，新增 1 位，客户群 2 个' },
      { status: 'done', note: '已读 0 位，新增 0 位，客户群 1 个' },
    ]);
  });
});
