/** N11: anybody finds any customer by name, and learns of others' customers no more than name and owner. */
import type { Desk } from '../access/desk.ts';
import type { CustomerRow } from '../rows/people.ts';
import type { NameDirectory } from './name-directory.ts';

export interface FoundCustomer {
  readonly customer: CustomerRow;
  readonly ownerName: string;
  readonly visible: boolean;
}

const MOST = 20;

export async function searchCustomers(
  { tx, see }: Desk,
  names: NameDirectory,
  words: string,
): Promise<readonly FoundCustomer[]> {
  const ids = await names.find(tx, words, MOST);
  const rows = new Map((await tx.queries.customersOf(ids)).map((customer) => [customer.id, customer]));
  const visible = await see.visible(ids);
  const owners = await tx.queries.staffNames([...rows.values()].map(({ ownerId }) => ownerId));
  return ids.flatMap((id) => {
    const customer = rows.get(id);
    if (!customer) return [];
    return [{ customer, ownerName: owners.get(customer.ownerId) ?? '', visible: visible.has(id) }];
  });
}
