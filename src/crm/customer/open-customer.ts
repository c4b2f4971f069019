/** C1: everything a page shows of one customer. Who opens somebody else's is written down. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import type { CustomerFilter, CustomerLine, Happening, KnownContact, Place } from '../access/readable.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import type { AuditNote } from '../audit/audit.ts';
import { type DealFacts, factsOf } from '../opportunity/deal-facts.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { CustomerProfileRow } from '../rows/organisation.ts';
import type { CustomerRow } from '../rows/people.ts';
import { seesPhones } from './contacts.ts';

export interface CustomerPicture {
  readonly customer: CustomerRow;
  readonly profile: CustomerProfileRow | null;
  readonly collaboratorIds: readonly string[];
  readonly contacts: readonly KnownContact[];
  /** What the colleague may do with it. */
  readonly rights: { readonly work: boolean; readonly manage: boolean };
  /** The phones may be shown whole. */
  readonly phones: boolean;
  readonly open: readonly OpportunityRow[];
  readonly closed: readonly OpportunityRow[];
  /** What is said of the deals beside themselves, by the deal's id. */
  readonly facts: ReadonlyMap<string, DealFacts>;
  /** Names of the colleagues in it, by id. */
  readonly names: ReadonlyMap<string, string>;
}

const MOST_CONTACTS = 50;
const MOST_CLOSED = 20;
const MOST_HELPERS = 50;

export async function openCustomer(desk: Desk, id: string): Promise<Done<CustomerPicture>> {
  const { tx, see } = desk;
  const customer = await see.customer(id);
  if (!customer) return notSeen(desk, id);
  const helpers = await tx.collaborator.list({ customerId: customer.id }, { limit: MOST_HELPERS });
  const { open, closed } = await see.deals(customer.id, MOST_CLOSED);
  const contacts = await see.contacts(customer.id, MOST_CONTACTS);
  const phones = seesPhones(desk, customer.ownerId);
  // Whole numbers of somebody else's customer are a reading of their own.
  const shown = phones ? contacts.filter(({ profile }) => profile?.phone).length : 0;
  noteReading(desk, customer, 'customer.read', shown > 0 ? { phones: shown } : {});
  const collaboratorIds = helpers.map(({ staffId }) => staffId);
  const owners = [...open, ...closed].map(({ ownerId }) => ownerId);
  return done({
    customer,
    profile: await tx.customerProfile.get(customer.id),
    collaboratorIds,
    contacts,
    rights: { work: await desk.mayWork(customer), manage: desk.mayTake(customer.ownerId) },
    phones,
    open,
    closed,
    facts: await factsOf(tx, [...open, ...closed]),
    names: await tx.queries.staffNames([customer.ownerId, ...collaboratorIds, ...owners]),
  });
}

export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly names: ReadonlyMap<string, string>;
  readonly more: boolean;
}

/** Newest first, before the customer `before`. */
export async function listCustomers(
  { tx, see }: Desk,
  limit: number,
  before: string | null,
  filter: CustomerFilter = {},
): Promise<Listed<CustomerLine>> {
  const lines = await see.customers(limit + 1, before, filter);
  const items = lines.slice(0, limit);
  const names = await tx.queries.staffNames(items.map(({ customer }) => customer.ownerId));
  return { items, names, more: lines.length > limit };
}

export async function readTimeline(
  desk: Desk,
  id: string,
  limit: number,
  before: Place | null,
): Promise<Done<Listed<Happening>>> {
  const customer = await desk.see.customer(id);
  if (!customer) return refused('not_found');
  noteReading(desk, customer, 'customer.timeline');
  const found = await desk.see.happenings(customer.id, limit + 1, before);
  const items = found.slice(0, limit);
  const people = items.flatMap(({ row }) => ('staffId' in row && row.staffId !== null ? [row.staffId] : []));
  return done({ items, names: await desk.tx.queries.staffNames(people), more: found.length > limit });
}

/** `action` says what was read. */
export function noteReading(
  { me, notes }: Desk,
  customer: CustomerRow,
  action: string,
  detail: AuditNote['detail'] = {},
): void {
  if (customer.ownerId !== me.id) notes.push({ action, entity: 'customer', entityId: customer.id, detail });
}
