/** A colleague changes what is known of a customer, or notes something about them. */
import { type Desk, type Done, done } from '../access/desk.ts';
import { customerToChange, refuseToManage } from '../access/to-change.ts';
import { touchClock } from '../clock/touch-clock.ts';
import { fitName } from '../names.ts';
import type { CustomerProfileRow } from '../rows/organisation.ts';
import type { CustomerRow } from '../rows/people.ts';
import type { ActivityKind, ActivityRow } from '../rows/words.ts';
import { ensureProfile } from './insert-customer.ts';
import { normalName } from './normal-name.ts';

/** What is undefined stays as it is. */
export interface CustomerChange {
  readonly name?: string | undefined;
  readonly grade?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly region?: string | null | undefined;
  readonly productLine?: string | null | undefined;
  readonly industry?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly remark?: string | null | undefined;
}

export async function changeCustomer(desk: Desk, wantedId: string, change: CustomerChange): Promise<Done<CustomerRow>> {
  const { tx } = desk;
  const found = await customerToChange(desk, wantedId);
  if (!found.ok) return found;
  const customer = found.value;
  const { id } = customer;
  const fields = Object.keys(change).filter((field) => change[field as keyof CustomerChange] !== undefined);
  if (fields.length === 0) return done(customer);
  if (change.name !== undefined && change.name !== customer.name && !desk.mayTake(customer.ownerId))
    return refuseToManage(desk, customer.ownerId);
  await ensureProfile(tx, customer);
  const name = change.name === undefined ? customer.name : fitName(change.name);
  if (name !== customer.name) await tx.customer.update({ id }, { name });
  const patch: Partial<CustomerProfileRow> = { normalName: normalName(name), updatedAt: tx.now };
  for (const field of ['grade', 'region', 'productLine', 'industry', 'source', 'remark'] as const)
    if (change[field] !== undefined) patch[field] = change[field];
  if (change.tags !== undefined) patch.tags = [...new Set(change.tags)];
  await tx.customerProfile.update({ id }, patch);
  desk.notes.push({ action: 'customer.update', entity: 'customer', entityId: id, detail: { fields } });
  return done({ ...customer, name });
}

/** `at`: when it happened; not in the future. */
export async function addActivity(
  desk: Desk,
  wantedId: string,
  {
    text,
    kind = 'note',
    at,
  }: { readonly text: string; readonly kind?: ActivityKind | undefined; readonly at?: number | undefined },
): Promise<Done<ActivityRow>> {
  const { tx, me } = desk;
  const found = await customerToChange(desk, wantedId);
  if (!found.ok) return found;
  const customerId = found.value.id;
  const deals = await tx.queries.openOpportunities(customerId);
  const activity = await tx.activity.insert({
    id: tx.newId(),
    customerId,
    opportunityId: deals.length === 1 ? (deals[0]?.id ?? null) : null,
    staffId: me.id,
    kind,
    text,
    at: Math.min(at ?? tx.now, tx.now),
    createdAt: tx.now,
  });
  await touchClock(tx, { customerId, dealId: activity.opportunityId }, 'activity', activity.at);
  const detail = { activityId: activity.id };
  desk.notes.push({ action: 'activity.create', entity: 'customer', entityId: customerId, detail });
  return done(activity);
}
