/** Whose data is meant: a colleague, a customer, or a person outside the company, found by what somebody types. */
import type { ContactIdentityRow, ContactRow, CustomerRow, StaffRow } from '../rows/people.ts';
import { plainPhone } from '../staff/phone.ts';
import type { Tx } from '../tx.ts';
import { ERASED, type SubjectKind } from './holding.ts';

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

/** Found by id, part of a name, telephone number or a platform's number; the one with the very id is meant alone. */
export async function findSubjects(tx: Tx, kind: SubjectKind, typed: string): Promise<readonly Subject[]> {
  const { personal } = tx.queries;
  const word = typed.trim();
  if (word === '') return [];
  const phone = /^\+?[\d\s-]{7,}$/.test(word) ? plainPhone(word) : null;
  const search = { word, phone, limit: MOST_FOUND };
  const found: (Subject | null)[] = [];
  if (kind === 'staff') for (const id of await personal.staffBy(search)) found.push(await staffSubject(tx, id));
  if (kind === 'customer')
    for (const id of await personal.customersBy(search)) found.push(await customerSubject(tx, id));
  if (kind === 'contact') {
    for (const id of await personal.contactsBy(search)) found.push(await contactSubject(tx, id));
    for (const id of await personal.strangersBy(search)) found.push(await strangerSubject(tx, id));
  }
  const subjects = found.filter((one) => one !== null);
  return subjects.filter(({ id }) => id === word).length === 1 ? subjects.filter(({ id }) => id === word) : subjects;
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
