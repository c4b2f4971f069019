/** Whose data is meant: a colleague, a customer, or a person outside the company, found by what somebody types. */
import type { ContactIdentityRow, ContactRow, CustomerRow, StaffRow } from '../rows/people.ts';
import { plainPhone } from '../staff/phone.ts';
import type { Tx } from '../tx.ts';
import { ERASED, type SubjectKind } from './holding.ts';
import type { Search } from './personal-rows.ts';

export type Subject =
  | {
      readonly kind: 'contact';
      /** The contact's, or the identity's of somebody who is not one yet. */
      readonly id: string;
      readonly label: string;
      readonly contact: ContactRow | null;
      readonly identities: readonly ContactIdentityRow[];
    }
  /** `merged`: customers that went into it. */
  | {
      readonly kind: 'customer';
      readonly id: string;
      readonly label: string;
      readonly customers: readonly CustomerRow[];
    }
  | { readonly kind: 'staff'; readonly id: string; readonly label: string; readonly staff: StaffRow };

/** What a platform's number becomes when it is erased; a hash follows. */
export const ERASED_NUMBER = 'erased:';

/** Several are to be chosen from by their ids. */
export const MOST_FOUND = 20;

/**
 * Found by id, name, telephone number or a platform's number. Who has the very id is meant alone, and whoever has exactly
 * the name before those who have it as a part of theirs.
 */
export async function findSubjects(tx: Tx, kind: SubjectKind, typed: string): Promise<readonly Subject[]> {
  const word = typed.trim();
  if (word === '') return [];
  const phone = /^\+?[\d\s-]{7,}$/.test(word) ? plainPhone(word) : null;
  const search = { word, phone, limit: MOST_FOUND };
  const named = await idsByName(tx, kind, word);
  const found: (Subject | null)[] = [];
  for (const id of named.length > 0 ? named : await idsBy(tx, kind, search)) found.push(await subjectOf(tx, kind, id));
  const subjects = found.filter((one) => one !== null);
  const meant = subjects.find(({ id }) => id === word);
  return meant ? [meant] : [...new Map(subjects.map((one) => [one.id, one])).values()];
}

async function idsByName(tx: Tx, kind: SubjectKind, name: string): Promise<readonly string[]> {
  const limit = { limit: MOST_FOUND };
  if (kind === 'staff') return idsOf(await tx.staff.list({ name }, limit));
  if (kind === 'customer') return idsOf(await tx.customer.list({ name }, limit));
  return [
    ...idsOf(await tx.contact.list({ name }, limit)),
    ...idsOf(await tx.contactIdentity.list({ name, contactId: null }, limit)),
  ];
}

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);

async function idsBy({ queries: { personal } }: Tx, kind: SubjectKind, search: Search): Promise<readonly string[]> {
  if (kind === 'staff') return personal.staffBy(search);
  if (kind === 'customer') return personal.customersBy(search);
  return [...(await personal.contactsBy(search)), ...(await personal.strangersBy(search))];
}

async function subjectOf(tx: Tx, kind: SubjectKind, id: string): Promise<Subject | null> {
  if (kind === 'staff') return staffSubject(tx, id);
  if (kind === 'customer') return customerSubject(tx, id);
  return (await contactSubject(tx, id)) ?? strangerSubject(tx, id);
}

async function contactSubject(tx: Tx, id: string): Promise<Subject | null> {
  const contact = await tx.contact.get(id);
  if (!contact) return null;
  const identities = await tx.contactIdentity.list({ contactId: id });
  const customer = await tx.customer.get(contact.customerId);
  const phone = (await tx.contactProfile.get(id))?.phone;
  return {
    kind: 'contact',
    id,
    label: [contact.name, customer?.name ?? '', phone ? tail(phone) : ''].filter((part) => part !== '').join('　'),
    contact,
    identities,
  };
}

/** Somebody who wrote to us and is no more than a lead, or a voice in a group. */
async function strangerSubject(tx: Tx, id: string): Promise<Subject | null> {
  const identity = await tx.contactIdentity.get(id);
  if (!identity || identity.externalId.startsWith(ERASED_NUMBER)) return null;
  return {
    kind: 'contact',
    id,
    label: `${identity.name ?? '没有名字'}　（还不是联系人）`,
    contact: null,
    identities: [identity],
  };
}

async function customerSubject(tx: Tx, wanted: string): Promise<Subject | null> {
  const merged = await tx.customerMerge.get(wanted);
  const id = merged?.intoId ?? wanted;
  const customer = await tx.customer.get(id);
  if (!customer || (merged && customer.name.startsWith(ERASED.customer))) return null;
  const went = await tx.customerMerge.list({ intoId: id });
  const others = (await Promise.all(went.map((one) => tx.customer.get(one.id)))).filter((row) => row !== null);
  return { kind: 'customer', id, label: customer.name, customers: [customer, ...others] };
}

async function staffSubject(tx: Tx, id: string): Promise<Subject | null> {
  const staff = await tx.staff.get(id);
  return staff && { kind: 'staff', id, label: `${staff.name}${staff.active ? '' : '　（已停用）'}`, staff };
}

const tail = (phone: string): string => `尾号 ${phone.slice(-4)}`;
