/** Two customers that are one company become one: everything of the other goes to the one that is kept. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { customerToManage } from '../access/to-change.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { CustomerProfileRow } from '../rows/organisation.ts';
import type { CustomerRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { ensureProfile } from './insert-customer.ts';
import { mergeContacts } from './merge-contacts.ts';

/** How many of each went along; `joined`: contacts that were there already. */
export type Moved = Readonly<
  Record<'contacts' | 'joined' | 'chats' | 'deals' | 'activities' | 'tasks' | 'quotes' | 'collaborators', number>
>;

export type Merged =
  | { readonly state: 'merged'; readonly customerId: string; readonly moved: Moved }
  /** Its owner was asked to. */
  | { readonly state: 'asked'; readonly ownerName: string };

const MOST_TAGS = 20;
const SAME = '这两个已经是同一个客户了。';

/** `ask`: where the other customer is not the colleague's to merge, its owner is asked to do it. */
export async function mergeCustomers(
  desk: Desk,
  keptId: string,
  { otherId, ask = false }: { readonly otherId: string; readonly ask?: boolean | undefined },
): Promise<Done<Merged> | Refused> {
  const { tx, see } = desk;
  // Whoever merges two customers the other way round at the same moment takes them in the same order.
  for (const id of [keptId, otherId].toSorted()) await tx.customer.hold(id);
  const found = await customerToManage(desk, keptId);
  if (!found.ok) return found;
  const kept = found.value;
  const other = await see.customer(otherId);
  if (!other) return refused('not_found', '没有找到要合并的客户，或你不能查看它。');
  if (other.id === kept.id) return refused('same_customer', SAME);
  if (!desk.mayTake(other.ownerId)) return ask ? askOwner(desk, kept, other) : refuseOther(desk, other);
  // A merge of the other that was under way has ended by now, and `see` would have led to where it went.
  const moved = await carryOver(tx, other, kept, desk.me.id);
  desk.notes.push(
    { action: 'customer.merge', entity: 'customer', entityId: kept.id, detail: { from: other.id, moved } },
    { action: 'customer.merged_into', entity: 'customer', entityId: other.id, detail: { into: kept.id } },
  );
  await tellOwners(desk, kept, other);
  return done({ state: 'merged', customerId: kept.id, moved });
}

async function carryOver(tx: Tx, from: CustomerRow, into: CustomerRow, by: string): Promise<Moved> {
  const [there, here] = [{ customerId: from.id }, { customerId: into.id }];
  await forgetLeads(tx, [from.id, into.id]);
  const people = await mergeContacts(tx, from.id, into.id);
  const moved: Moved = {
    ...people,
    chats: await tx.chat.update(there, here),
    deals: await tx.opportunity.update(there, here),
    activities: await tx.activity.update(there, here),
    tasks: await tx.task.update(there, here),
    quotes: await tx.quote.update(there, here),
    collaborators: await mergeHelpers(tx, from, into),
  };
  await tx.approval.update(there, here);
  await tx.attachment.update(there, here);
  await tx.stageClock.update(there, here);
  await tx.alert.update(there, here);
  await mergeProfile(tx, from, into);
  await tx.customer.update({ id: from.id }, { withdrawnAt: tx.now });
  await tx.customerMerge.update({ intoId: from.id }, { intoId: into.id });
  await tx.customerMerge.insert({ id: from.id, intoId: into.id, mergedBy: by, mergedAt: tx.now, moved });
  await tx.activity.insert({
    ...{ id: tx.newId(), customerId: into.id, opportunityId: null, staffId: by, kind: 'note' },
    text: `把「${from.name}」合并到这个客户。`,
    at: tx.now,
    createdAt: tx.now,
  });
  return moved;
}

/** A move that made a customer of a lead can still be taken back; it must not take a customer with it that is more by now. */
async function forgetLeads(tx: Tx, customerIds: readonly string[]): Promise<void> {
  for (const customerId of customerIds)
    for (const { id } of await tx.opportunity.list({ customerId }))
      await tx.stageChange.update({ opportunityId: id }, { leadId: null });
}

/** Who helped goes on helping, and the other's owner helps from now on. */
async function mergeHelpers(tx: Tx, from: CustomerRow, into: CustomerRow): Promise<number> {
  const helpers = (await tx.collaborator.list({ customerId: from.id })).map(({ staffId }) => staffId);
  await tx.collaborator.remove({ customerId: from.id });
  let added = 0;
  for (const staffId of new Set([...helpers, from.ownerId])) {
    if (staffId === into.ownerId) continue;
    const row = { id: tx.newId(), customerId: into.id, staffId, addedAt: tx.now };
    if (await tx.collaborator.insertIfNew(row)) added += 1;
  }
  return added;
}

/** What is not known of the one that is kept is filled in; tags come together; the other's remark is added. */
async function mergeProfile(tx: Tx, from: CustomerRow, into: CustomerRow): Promise<void> {
  await ensureProfile(tx, into);
  const [a, b] = [await tx.customerProfile.get(into.id), await tx.customerProfile.get(from.id)];
  if (!a || !b) return;
  const empty = (['grade', 'region', 'productLine', 'industry', 'source'] as const).filter(
    (field) => a[field] === null,
  );
  const patch: Partial<CustomerProfileRow> = {
    ...Object.fromEntries(empty.map((field) => [field, b[field]])),
    remark: bothRemarks(a.remark, b.remark),
    tags: [...new Set([...a.tags, ...b.tags])].slice(0, MOST_TAGS),
    updatedAt: tx.now,
  };
  await tx.customerProfile.update({ id: into.id }, patch);
}

const MOST_REMARK = 1_000;

function bothRemarks(a: string | null, b: string | null): string | null {
  if (a === null || b === null || a === b) return a ?? b;
  return [...`${a}\n${b}`].slice(0, MOST_REMARK).join('');
}

async function refuseOther({ tx }: Desk, other: CustomerRow): Promise<Refused> {
  const owner = (await tx.staff.get(other.ownerId))?.name ?? '负责人';
  return refused('ask_owner', `「${other.name}」由${owner}负责，要由${owner}或上级来合并。可以发消息请${owner}处理。`);
}

/** One text for a pair of customers and a day, however often it is tapped. */
async function askOwner(
  { tx, me, accountId, notes }: Desk,
  kept: CustomerRow,
  other: CustomerRow,
): Promise<Done<Merged>> {
  const owner = await tx.staff.get(other.ownerId);
  await tellPerson(tx, {
    staffId: other.ownerId,
    accountId,
    key: `merge:${kept.id}:${other.id}:${tx.active.calendar.localDate(tx.now)}`,
    text: `${me.name}认为你的客户「${other.name}」和他负责的「${kept.name}」是同一家公司，想合并成一个。同意的话，请把「${other.name}」交接给${me.name}，或请你们的上级来合并。`,
    links: [{ label: `打开 ${other.name}`, path: `/app/customers/${other.id}` }],
  });
  notes.push({ action: 'customer.merge_asked', entity: 'customer', entityId: other.id, detail: { into: kept.id } });
  return done({ state: 'asked', ownerName: owner?.name ?? '' });
}

async function tellOwners({ tx, me, accountId }: Desk, kept: CustomerRow, other: CustomerRow): Promise<void> {
  const links = [{ label: `打开 ${kept.name}`, path: `/app/customers/${kept.id}` }];
  const what = `客户「${other.name}」已由${me.name}合并到「${kept.name}」，联系人、聊天、商机和记录都在那里。`;
  const others = new Set([kept.ownerId, other.ownerId].filter((id) => id !== me.id));
  for (const staffId of others) {
    const helps = staffId === other.ownerId && staffId !== kept.ownerId ? '你是它的协作人，可以继续跟进。' : '';
    await tellPerson(tx, { staffId, accountId, text: what + helps, links });
  }
}
