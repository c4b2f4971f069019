/** Says in words how a matter ended, where its card can no longer be changed. */
import type { CardLink } from '../../channel/card.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { tellReader } from './tell-person.ts';

export async function tellOutcome(tx: Tx, cardId: string): Promise<void> {
  const card = await tx.card.get(cardId);
  if (!card || card.outcome === null || card.data.group !== undefined) return;
  const { title, links } = await matterOf(tx, card);
  await tellReader(tx, card, {
    key: `outcome:${card.id}`,
    text: `${title === null ? '' : `${title}\n`}之前的卡片不用再处理：${card.outcome}`,
    ...(links && { links }),
  });
}

/** Of several approvals somebody is asked for they want to know which. */
async function matterOf(
  tx: Tx,
  { data }: CardRow,
): Promise<{ readonly title: string | null; readonly links?: readonly CardLink[] }> {
  const approval = data.approvalId === undefined ? null : await tx.approval.get(data.approvalId);
  if (!approval) return { title: null };
  return { title: approval.title, links: [{ label: '打开审批', path: `/app/approvals/${approval.id}` }] };
}
