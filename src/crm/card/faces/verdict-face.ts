/** To the one who asked: what was refused, by whom and why, and a button that begins it anew. */
import type { Card } from '../../../channel/card.ts';
import { SUBJECTS } from '../../approval/registry.ts';
import { readApproval } from '../../approval/store.ts';
import { approvalWords, namedIn } from '../../approval/words.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import { approvalFacts, lastComments, opinions } from './approval-facts.ts';
import { buttonOf, buttonsBlock, linksBlock, outcomeBlock } from './parts.ts';

export async function drawVerdict(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const stored = await readApproval(tx, card.data.approvalId ?? '');
  if (!stored) return { title: '这个审批已经不在了', tone: 'neutral', summary: '这个审批已经不在了', blocks: [] };
  const { row, approval } = stored;
  const names = await tx.queries.staffNames(namedIn(approval));
  const outcome = approvalWords(approval, names);
  const subject = SUBJECTS[row.subjectKind];
  const [picture, remade] = [await subject.picture(tx, row.subjectId), await subject.remade(tx, row.subjectId)];
  const done = card.status === 'closed';
  return {
    title: `被驳回：${row.title}`,
    tone: done ? 'neutral' : 'danger',
    summary: done ? (card.outcome ?? outcome) : `${row.title}被驳回：${outcome}`,
    blocks: [
      { type: 'text', ...(!done && { style: 'emphasis' }), text: outcome },
      { type: 'fields', fields: await approvalFacts(tx, row, card.staffId) },
      ...opinions(tx, approval, names),
      ...(await lastComments(tx, row.id)),
      ...outcomeBlock(card),
      ...buttonsBlock(remade ? [] : buttonOf(card, actions, 'remake', '改一版', 'primary')),
      ...linksBlock(
        remade,
        { label: '打开审批', path: `/app/approvals/${row.id}` },
        picture?.path ? { label: '打开报价单', path: picture.path } : null,
      ),
    ],
  };
}
