/** Every new customer is made here: with the profile that duplicates are found by. */
import { fitName } from '../names.ts';
import type { CustomerProfileRow } from '../rows/organisation.ts';
import type { CustomerRow } from '../rows/people.ts';
import { takeTurn } from '../take-turn.ts';
import type { Tx } from '../tx.ts';
import { normalName } from './normal-name.ts';

export async function insertCustomer(
  tx: Tx,
  given: { readonly name: string; readonly ownerId: string; readonly createdAt?: number },
): Promise<CustomerRow> {
  const customer = await tx.customer.insert({
    id: tx.newId(),
    name: fitName(given.name),
    ownerId: given.ownerId,
    createdAt: given.createdAt ?? tx.now,
    withdrawnAt: null,
  });
  await ensureProfile(tx, customer);
  return customer;
}

/** Before looking for doubles: whoever makes the same company at the same moment comes after and finds this one. */
export const turnToMakeCustomer = (tx: Tx): Promise<void> => takeTurn(tx, 'new customer');

/** The profile of a customer, made where there is none yet. */
export async function ensureProfile(tx: Tx, { id, name }: Pick<CustomerRow, 'id' | 'name'>): Promise<void> {
  await tx.customerProfile.insertIfNew(emptyProfile(tx, id, name));
}

/** Customers of before profiles were written get theirs, a few at a time; returns how many. */
export async function fillProfiles(tx: Tx, limit: number): Promise<number> {
  const bare = await tx.queries.customersWithoutProfile(limit);
  for (const customer of bare) await ensureProfile(tx, customer);
  return bare.length;
}

function emptyProfile(tx: Tx, id: string, name: string): Omit<CustomerProfileRow, 'tenantId'> {
  return {
    id,
    normalName: normalName(name),
    grade: null,
    region: null,
    productLine: null,
    industry: null,
    source: null,
    remark: null,
    tags: [],
    updatedAt: tx.now,
  };
}
