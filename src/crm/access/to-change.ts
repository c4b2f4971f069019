/** Seeing is not changing: every use case that changes a customer or a deal comes by here, and says whom to ask. */
import type { OpportunityRow } from '../rows/deals.ts';
import type { CustomerRow } from '../rows/people.ts';
import { type Desk, type Done, done, type Refused, refused } from './desk.ts';

/** The customer, to be changed; by the id of one that was merged, the one it went into: `not_found` where the colleague does not see it, `forbidden` where they only see it. */
export async function customerToChange(desk: Desk, id: string): Promise<Done<CustomerRow>> {
  const customer = await held(desk, id);
  if (!customer) return refused('not_found');
  if (await desk.mayWork(customer)) return done(customer);
  const owner = await nameOf(desk, customer.ownerId);
  return refused('forbidden', `你可以查看这个客户，不能修改。要一起跟进，请${owner}把你加为协作人。`);
}

/** The customer, to be renamed, merged or given away: its owner, those above, administrators. */
export async function customerToManage(desk: Desk, id: string): Promise<Done<CustomerRow>> {
  const customer = await held(desk, id);
  if (!customer) return refused('not_found');
  return desk.mayTake(customer.ownerId) ? done(customer) : refuseToManage(desk, customer.ownerId);
}

export async function refuseToManage(desk: Desk, ownerId: string): Promise<Refused> {
  const owner = await nameOf(desk, ownerId);
  return refused('forbidden', `改名、合并、交接和选协作人，由${owner}或上级来做。请联系${owner}。`);
}

/** Whether they may change a deal they see: whoever decides over it, and whoever works on its customer. */
export async function mayChangeDeal(
  desk: Desk,
  { customerId, ownerId }: Pick<OpportunityRow, 'customerId' | 'ownerId'>,
): Promise<boolean> {
  if (desk.mayTake(ownerId)) return true;
  const customer = await desk.tx.customer.get(customerId);
  return customer !== null && desk.mayWork(customer);
}

/** Null where they may change the deal. */
export async function refuseToChange(
  desk: Desk,
  deal: Pick<OpportunityRow, 'customerId' | 'ownerId'>,
): Promise<Refused | null> {
  if (await mayChangeDeal(desk, deal)) return null;
  const owner = await nameOf(desk, deal.ownerId);
  return refused('forbidden', `你可以查看这个商机，不能修改。要一起跟进，请${owner}把你加为客户的协作人。`);
}

/** Held until the transaction ends, so that what is added while two customers become one is not left behind. */
async function held({ tx, see }: Desk, id: string): Promise<CustomerRow | null> {
  const customer = await see.customer(id);
  const now = customer && (await tx.customer.hold(customer.id));
  return now?.withdrawnAt === null ? see.customer(now.id) : see.customer(id);
}

async function nameOf({ tx }: Desk, staffId: string): Promise<string> {
  return (await tx.staff.get(staffId))?.name ?? '负责人';
}
