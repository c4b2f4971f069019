/** The few deals that a picture names where the policy lets the group read names: won today, and standing longest. */
import type { Scope } from '../access/scope-shape.ts';
import { overduePlaces } from '../figures/overdue-level.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import type { NamedDeal, Picture } from './picture-words.ts';

/** A message that is longer is not read. */
const MOST = 5;

/** The group is told of the whole company. */
const EVERYBODY: Scope = { staffId: '', all: true, owners: [], leads: [], decides: false };

export async function namedDeals(tx: Tx, at: number): Promise<NonNullable<Picture['named']>> {
  const won = await tx.queries.wonSince(tx.active.calendar.startOfDay(at), MOST);
  return { won: await named(tx, won), overdue: await named(tx, await longestOverdue(tx)) };
}

async function longestOverdue(tx: Tx): Promise<readonly OpportunityRow[]> {
  const see = tx.readable(EVERYBODY);
  const found = [];
  for (const place of overduePlaces(tx.active.policy)) found.push(...(await see.overdue(place, MOST, null)));
  return found
    .sort((a, b) => a.clock.fromAt - b.clock.fromAt)
    .slice(0, MOST)
    .map(({ deal }) => deal);
}

async function named(tx: Tx, deals: readonly OpportunityRow[]): Promise<NamedDeal[]> {
  const owners = await tx.queries.staffNames(deals.map(({ ownerId }) => ownerId));
  const names: NamedDeal[] = [];
  for (const { customerId, ownerId, amountMinor } of deals) {
    const customer = await tx.customer.get(customerId);
    names.push({ customerName: customer?.name ?? '', ownerName: owners.get(ownerId) ?? '', amountMinor });
  }
  return names;
}
