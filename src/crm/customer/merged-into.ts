/** Two customers that became one: the id of the one that went leads to the one that was kept. */
import type { CustomerRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** The customer of an id, or the one it went into; one that was withdrawn without a merge is returned as it is. */
export async function currentCustomer(tx: Tx, id: string): Promise<CustomerRow | null> {
  const customer = await tx.customer.get(id);
  if (!customer || customer.withdrawnAt === null) return customer;
  const merge = await tx.customerMerge.get(id);
  return merge ? tx.customer.get(merge.intoId) : customer;
}
