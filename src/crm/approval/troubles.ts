/** Whom an approval could not reach: told to the one who asks and to an administrator, and there to be seen with the approval. */
import { addressOf } from '../card/address.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { ApprovalRow } from '../rows/approvals.ts';
import type { Tx } from '../tx.ts';
import { speaksFor } from './for-submitter.ts';
import type { StoredApproval } from './store.ts';

const MOST = 500;

/** Those of them who read cards nowhere. */
export async function withoutAddress(tx: Tx, staffIds: readonly string[]): Promise<readonly string[]> {
  const none: string[] = [];
  for (const id of new Set(staffIds)) if (!(await addressOf(tx, id, ''))) none.push(id);
  return none;
}

/** Written down once, however often it is found. False when it was known. */
export async function noteTrouble(tx: Tx, approvalId: string, staffId: string, text: string): Promise<boolean> {
  const words = text.slice(0, MOST);
  const known = await tx.approvalNote.list({ approvalId, kind: 'trouble', staffId });
  if (known.some((one) => one.text === words)) return false;
  await tx.approvalNote.insert({ id: tx.newId(), approvalId, kind: 'trouble', staffId, text: words, at: tx.now });
  return true;
}

/** Nobody waits in silence for somebody who gets no card. */
export async function tellOfUnreached(tx: Tx, { row }: StoredApproval, staffIds: readonly string[]): Promise<void> {
  for (const staffId of staffIds) {
    const name = (await tx.staff.get(staffId))?.name ?? '同事';
    await reportTrouble(tx, row, {
      staffId,
      trouble: `${name}没有绑定任何聊天账号，收不到审批卡片`,
      advice: '请当面告诉对方，或由管理员在审批页转给别的同事。',
    });
  }
}

/** Each trouble once: with the approval, to the one who asks, and to an administrator. */
export async function reportTrouble(
  tx: Tx,
  row: ApprovalRow,
  { staffId, trouble, advice }: { readonly staffId: string; readonly trouble: string; readonly advice: string },
): Promise<void> {
  if (!(await noteTrouble(tx, row.id, staffId, trouble))) return;
  const admin = await reachableAdmin(tx);
  const readers = [await speaksFor(tx, row), ...(admin === null ? [] : [admin])];
  for (const reader of new Set(readers.filter((id) => id !== staffId)))
    await tellPerson(tx, {
      ...{ staffId: reader, accountId: '' },
      text: `${row.title}：${trouble}。${advice}`,
      links: [{ label: '打开审批', path: `/app/approvals/${row.id}` }],
    });
}

async function reachableAdmin(tx: Tx): Promise<string | null> {
  for (const { id } of await tx.staff.list({ role: 'admin', active: true }, { orderBy: 'createdAt' }))
    if (await addressOf(tx, id, '')) return id;
  return null;
}
