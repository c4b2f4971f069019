/** A colleague makes a customer on a page: theirs, unless the company has it already. */
import { type Desk, type Done, done, type Refused, refused } from '../access/desk.ts';
import { dealName, openDeal } from '../opportunity/open-deal.ts';
import type { CustomerRow } from '../rows/people.ts';
import { type AtHand, atHand, giveTo, mayTakeAlong } from './at-hand.ts';
import { putContact } from './contacts.ts';
import { type Duplicate, findDuplicates } from './duplicates.ts';
import { insertCustomer, turnToMakeCustomer } from './insert-customer.ts';
import { phoneLookup, TOO_MANY } from './phone-lookup.ts';

export interface NewCustomer {
  readonly name: string;
  readonly contactName?: string | undefined;
  readonly phone?: string | undefined;
  readonly deal?: { readonly name?: string | undefined; readonly amountMinor?: number | undefined } | undefined;
  /** Make it although a customer of that name is there. */
  readonly force?: boolean | undefined;
}

export interface DuplicatesFound {
  readonly duplicates: readonly (Duplicate & { readonly ownerName: string; readonly visible: boolean })[];
  readonly mayForce: boolean;
}

/** `externalId`: the chat or person at hand on the colleague's platform; `chatLinked` says whether it is the customer's now. */
export async function createCustomerAt(
  desk: Desk,
  wanted: NewCustomer,
  externalId: string | null,
): Promise<Done<{ readonly customer: CustomerRow; readonly chatLinked: boolean }> | Refused<DuplicatesFound>> {
  const { tx, me } = desk;
  // Whoever makes the same company at the same moment, or sends a form twice, finds the first one.
  await turnToMakeCustomer(tx);
  const hand = externalId === null ? null : await atHand(desk, externalId);
  const duplicates = await findDuplicates(tx, { ...wanted, chatCustomer: hand?.customer ?? null });
  const asked = wanted.phone === undefined ? [] : await phoneLookup(desk, duplicates);
  if (asked === null) return refused('too_many', TOO_MANY);
  const mayForce = me.role !== 'sales' || duplicates.every(({ by }) => by === 'name');
  if (duplicates.length > 0 && !(wanted.force && mayForce))
    return {
      ok: false,
      reason: 'duplicate',
      more: { duplicates: await described(desk, duplicates), mayForce },
      notes: asked,
    };

  const customer = await insertCustomer(tx, { name: wanted.name, ownerId: me.id });
  const chatLinked = hand !== null && mayTake(desk, hand);
  const contact = chatLinked ? await giveTo(desk, hand, customer) : null;
  if (wanted.contactName !== undefined || wanted.phone !== undefined)
    await putContact(tx, { customerId: customer.id, name: wanted.contactName, phone: wanted.phone }, contact);
  if (wanted.deal !== undefined) {
    const { name = dealName(customer.name), amountMinor } = wanted.deal;
    await openDeal(tx, { customerId: customer.id, name, ownerId: me.id, amountMinor: amountMinor ?? null });
  }
  const fields = Object.keys(wanted).filter((field) => wanted[field as keyof NewCustomer] !== undefined);
  desk.notes.push({
    action: 'customer.create',
    entity: 'customer',
    entityId: customer.id,
    detail: { fields, ...(duplicates.length > 0 ? { besides: duplicates.map((one) => one.customer.id) } : {}) },
  });
  const linked = chatLinked ? (hand.chat ?? hand.person) : null;
  if (linked)
    desk.notes.push({ action: 'chat.link', entity: 'chat', entityId: linked.id, detail: { to: customer.id } });
  return done({ customer, chatLinked });
}

/** A chat of a customer that is there stays that customer's. */
function mayTake(desk: Desk, hand: AtHand): boolean {
  return hand.customer === null && mayTakeAlong(desk, hand);
}

async function described(desk: Desk, duplicates: readonly Duplicate[]): Promise<DuplicatesFound['duplicates']> {
  const names = await desk.tx.queries.staffNames(duplicates.map(({ customer }) => customer.ownerId));
  const visible = await desk.see.visible(duplicates.map(({ customer }) => customer.id));
  return duplicates.map((duplicate) => ({
    ...duplicate,
    ownerName: names.get(duplicate.customer.ownerId) ?? '',
    visible: visible.has(duplicate.customer.id),
  }));
}
