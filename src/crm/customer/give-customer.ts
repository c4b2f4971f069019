/** A customer changes hands, or gets helpers: decided by its owner, those above, and administrators. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { customerToManage } from '../access/to-change.ts';
import { tellPerson } from '../card/tell-person.ts';
import { handOverClock } from '../clock/keep-clock.ts';
import { passOnQuotes } from '../quote/pass-on-quotes.ts';
import type { CustomerRow, StaffRow } from '../rows/people.ts';
import { passOn } from '../staff/hand-over.ts';

const MOST_HELPERS = 50;

import { giveTask } from '../task/pass-on-tasks.ts';

/** With its open deals, tasks and questions that were the owner's. `stay`: the owner of before goes on helping. */
export async function giveCustomer(
  desk: Desk,
  id: string,
  { staffId, stay = false }: { readonly staffId: string; readonly stay?: boolean | undefined },
): Promise<Done<{ readonly customer: CustomerRow; readonly ownerName: string }>> {
  const { tx } = desk;
  const found = await customerToManage(desk, id);
  if (!found.ok) return found;
  const customer = found.value;
  const taker = await colleague(desk, staffId);
  if (!taker.ok) return taker;
  if (taker.value.id === customer.ownerId) return refused('same_owner', `${taker.value.name}已经是负责人。`);
  const [from, to] = [{ ownerId: customer.ownerId }, { ownerId: taker.value.id }];
  await tx.customer.update({ id: customer.id, ...from }, to);
  const moving = await tx.opportunity.list({ customerId: customer.id, status: 'open', ...from });
  const deals = await tx.opportunity.update({ customerId: customer.id, status: 'open', ...from }, to);
  for (const deal of moving) await handOverClock(tx, deal.id, `已交给${taker.value.name}负责`);
  const quotes = await passOnQuotes(tx, { customerId: customer.id, fromId: customer.ownerId, toId: taker.value.id });
  const open = await tx.task.list({ customerId: customer.id, doneAt: null, ...from });
  for (const task of open) await giveTask(tx, task, taker.value.id);
  const cards = await passQuestions(desk, customer, taker.value);
  await tx.collaborator.remove({ customerId: customer.id, staffId: taker.value.id });
  if (stay) await addHelper(desk, customer.id, customer.ownerId);
  const detail = { from: customer.ownerId, to: taker.value.id, deals, quotes, tasks: open.length, cards, stay };
  desk.notes.push({ action: 'customer.owner', entity: 'customer', entityId: customer.id, detail });
  await tellBoth(desk, customer, taker.value, stay);
  return done({ customer: { ...customer, ...to }, ownerName: taker.value.name });
}

/** What the owner of before was asked about this customer and its deals. */
async function passQuestions({ tx }: Desk, { id, ownerId }: CustomerRow, taker: StaffRow): Promise<number> {
  const about = new Set([id]);
  for (const deal of await tx.opportunity.list({ customerId: id })) about.add(deal.id);
  for (const chat of await tx.chat.list({ customerId: id })) about.add(chat.id);
  let passed = 0;
  for (const card of await tx.card.list({ staffId: ownerId, status: 'open' })) {
    const { customerId, opportunityId, chatId } = card.data;
    const meant = [customerId, opportunityId, chatId].some((one) => one !== undefined && about.has(one));
    if (meant && (await passOn(tx, card, taker))) passed += 1;
  }
  return passed;
}

async function tellBoth(desk: Desk, customer: CustomerRow, taker: StaffRow, stay: boolean): Promise<void> {
  const { me, accountId, tx } = desk;
  const links = [{ label: '打开客户', path: `/app/customers/${customer.id}` }];
  if (taker.id !== me.id) {
    const text = `${me.name}把客户「${customer.name}」交给你负责，历史记录、阶段和聊天都在。`;
    await tellPerson(tx, { staffId: taker.id, accountId, text, links });
  }
  if (customer.ownerId !== me.id) {
    const helps = stay ? '你是协作人，可以继续跟进。' : '';
    const text = `客户「${customer.name}」已由${me.name}交给${taker.name}负责。${helps}`;
    await tellPerson(tx, { staffId: customer.ownerId, accountId, text });
  }
}

/** Adds and removes helpers; who is one already, or is none, stays as they are. */
export async function chooseHelpers(
  desk: Desk,
  id: string,
  {
    add = [],
    remove = [],
  }: { readonly add?: readonly string[] | undefined; readonly remove?: readonly string[] | undefined },
): Promise<Done<CustomerRow>> {
  const { tx, me, accountId } = desk;
  const found = await customerToManage(desk, id);
  if (!found.ok) return found;
  const customer = found.value;
  const added: StaffRow[] = [];
  for (const staffId of new Set(add)) {
    const helper = await colleague(desk, staffId);
    if (!helper.ok) return helper;
    if (staffId !== customer.ownerId) added.push(helper.value);
  }
  const before = await tx.collaborator.list({ customerId: customer.id });
  if (before.length + added.length > MOST_HELPERS)
    return refused('bad_request', `一个客户最多 ${MOST_HELPERS} 位协作人。`);
  for (const staffId of remove) await tx.collaborator.remove({ customerId: customer.id, staffId });
  for (const helper of added) {
    if (!(await addHelper(desk, customer.id, helper.id)) || helper.id === me.id) continue;
    const text = `${me.name}请你一起跟进客户「${customer.name}」，你可以查看和记录。`;
    const links = [{ label: '打开客户', path: `/app/customers/${customer.id}` }];
    await tellPerson(tx, { staffId: helper.id, accountId, text, links });
  }
  const detail = { added: added.map((helper) => helper.id), removed: [...remove] };
  desk.notes.push({ action: 'customer.helpers', entity: 'customer', entityId: customer.id, detail });
  return done(customer);
}

async function addHelper({ tx }: Desk, customerId: string, staffId: string): Promise<boolean> {
  return tx.collaborator.insertIfNew({ id: tx.newId(), customerId, staffId, addedAt: tx.now });
}

async function colleague({ tx }: Desk, staffId: string): Promise<Done<StaffRow>> {
  const found = await tx.staff.get(staffId);
  return found?.active ? done(found) : refused('no_colleague', '没有这位同事，或已经离职。');
}
