/** N7, N11: a link leads a colleague to a customer they do not see: they learn its name and whom to ask, as a search tells them, and no more. */
import { type Desk, type Refused, refused } from './desk.ts';

/** The refusal for whoever opened this customer's page, or that of one of its deals. */
export async function notSeen({ tx }: Desk, customerId: string | null): Promise<Refused> {
  const customer = customerId === null ? null : await tx.customer.get(customerId);
  if (!customer || customer.withdrawnAt !== null) return refused('not_found');
  const owner = await tx.staff.get(customer.ownerId);
  if (!owner?.active) return refused('not_found', `你看不到「${customer.name}」。要跟进，请找主管。`);
  return refused('not_found', `「${customer.name}」由${owner.name}负责。要一起跟进，请${owner.name}把你加为协作人。`);
}
