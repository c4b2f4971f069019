/** `新建客户 …`: a customer of the colleague who asks, unless the company is there already. */
import { writeAudit } from '../audit/audit.ts';
import { findDuplicates } from '../customer/duplicates.ts';
import { insertCustomer, turnToMakeCustomer } from '../customer/insert-customer.ts';
import { currentCustomer } from '../customer/merged-into.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { KnownName } from './names/compile-names.ts';

/** Returns what to tell the colleague. Of a customer that is there they learn the name and the owner, as anybody may. */
export async function createCustomer(
  tx: Tx,
  { staff }: { readonly staff: StaffRow },
  { name, matches }: { readonly name: string; readonly matches: readonly KnownName[] },
): Promise<string> {
  if (name === '') return '新客户叫什么？这样发：新建客户 苏州明远科技';
  await turnToMakeCustomer(tx);
  const [match] = matches;
  const [double] = await findDuplicates(tx, { name, chatCustomer: null });
  const known = (match && (await currentCustomer(tx, match.id))) ?? double?.customer;
  if (known) {
    const owner = await tx.staff.get(known.ownerId);
    return `没有新建：已经有客户「${known.name}」，由${owner?.id === staff.id ? '你' : (owner?.name ?? '别的同事')}负责。`;
  }
  const customer = await insertCustomer(tx, { name, ownerId: staff.id });
  await writeAudit(tx, staff.id, [
    { action: 'customer.create', entity: 'customer', entityId: customer.id, detail: { by: 'bot' } },
  ]);
  return `已新建客户「${customer.name}」，由你负责。把它的原话发给我，或在项目群里发“绑定 ${customer.name}”，我就会跟进。`;
}
