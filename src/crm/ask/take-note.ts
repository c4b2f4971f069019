/** `记一下 …`: a line on the customer's timeline. */
import { writeAudit } from '../audit/audit.ts';
import { touchClock } from '../clock/touch-clock.ts';
import { currentCustomer } from '../customer/merged-into.ts';
import type { StaffRow } from '../rows/people.ts';
import { mayWorkOn } from '../staff/rights.ts';
import type { Tx } from '../tx.ts';

const MOST_CHARACTERS = 2_000;

/** Returns what to tell the colleague. */
export async function noteAbout(tx: Tx, staff: StaffRow, customerId: string, text: string): Promise<string> {
  const customer = await currentCustomer(tx, customerId);
  if (!customer || customer.withdrawnAt !== null) return '这个客户已经不在了，没有记下来。';
  if (!(await mayWorkOn(tx, staff, customer))) {
    const owner = await tx.staff.get(customer.ownerId);
    return `「${customer.name}」由${owner?.name ?? '别的同事'}负责，你不能在上面记录，没有记下来。`;
  }
  const characters = [...text];
  if (characters.length > MOST_CHARACTERS)
    return `太长了，没有记下来：一条最多 ${MOST_CHARACTERS} 字，现在有 ${characters.length} 字，请分几条发。`;
  const deals = await tx.queries.openOpportunities(customer.id);
  const activity = await tx.activity.insert({
    id: tx.newId(),
    customerId: customer.id,
    opportunityId: deals.length === 1 ? (deals[0]?.id ?? null) : null,
    staffId: staff.id,
    kind: 'note',
    text,
    at: tx.now,
    createdAt: tx.now,
  });
  await touchClock(tx, { customerId: customer.id, dealId: activity.opportunityId }, 'activity', tx.now);
  const detail = { activityId: activity.id, by: 'bot' };
  await writeAudit(tx, staff.id, [{ action: 'activity.create', entity: 'customer', entityId: customer.id, detail }]);
  return `已记到「${customer.name}」：${text}`;
}
