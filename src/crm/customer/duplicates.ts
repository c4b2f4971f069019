/** C2: customers that are there already, by the company's name, a phone, or who is in the chat. */
import { isSameCompany } from '../ask/names/compile-names.ts';
import type { CustomerRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { normalName, normalPhone } from './normal-name.ts';

export interface Duplicate {
  readonly customer: CustomerRow;
  readonly by: 'name' | 'phone' | 'chat';
}

const MOST = 20;

/** `chatCustomer`: whose the chat at hand is already. The surest first; each customer once. */
export async function findDuplicates(
  tx: Tx,
  wanted: { readonly name: string; readonly phone?: string | undefined; readonly chatCustomer: CustomerRow | null },
): Promise<readonly Duplicate[]> {
  const { name, phone, chatCustomer } = wanted;
  const alike = await tx.queries.customersOfName(normalName(name), 5 * MOST);
  const reached = phone === undefined ? [] : await tx.queries.customersOfPhone(normalPhone(phone), MOST);
  const found: Duplicate[] = [
    ...(chatCustomer ? [{ customer: chatCustomer, by: 'chat' as const }] : []),
    ...reached.map((customer) => ({ customer, by: 'phone' as const })),
    ...alike.filter((known) => isSameCompany(name, known)).map((customer) => ({ customer, by: 'name' as const })),
  ];
  const once = new Map(found.toReversed().map((duplicate) => [duplicate.customer.id, duplicate]));
  return found.filter((duplicate) => once.get(duplicate.customer.id) === duplicate).slice(0, MOST);
}
