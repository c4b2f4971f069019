/** An approval's card could not go out, or not be changed: what it says goes as words, and the approval shows what failed. */
import type { CardLink } from '../../channel/card.ts';
import { noteTrouble, reportTrouble } from '../approval/troubles.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { cardAsText } from './faces/as-text.ts';
import { drawCard } from './faces/draw-card.ts';
import { tellOutcome } from './tell-outcome.ts';
import { tellReader } from './tell-person.ts';

/** `reason`: why, a Chinese sentence. */
export async function tellInWords(tx: Tx, cardId: string, reason: string): Promise<void> {
  const card = await tx.card.get(cardId);
  if (!card || !isOfApproval(card) || card.status !== 'open' || card.messageId !== null) return;
  await report(tx, card, `的审批卡片发不出去，已改发文字：${reason}`);
  const face = await drawCard(tx, card);
  const blocks = face.blocks.filter(({ type }) => type !== 'choice');
  await tellReader(tx, card, {
    key: `words:${card.id}`,
    text: cardAsText({ ...face, blocks }),
    links: face.blocks.flatMap((block) => (block.type === 'links' ? block.links.map(toDecide) : [])),
  });
}

/** In words there is no button beside the link. */
const toDecide = ({ label, path }: CardLink): CardLink => ({
  label: path.startsWith('/app/approvals/') ? '去审批' : label,
  path,
});

/** Its buttons may still stand there: who has it is told that nothing is left to decide. */
export async function tellUnchanged(tx: Tx, cardId: string, reason: string): Promise<void> {
  const card = await tx.card.get(cardId);
  if (!card || !isOfApproval(card)) return;
  await report(tx, card, `的审批卡片没能更新${card.status === 'closed' ? '，已改发文字' : ''}：${reason}`);
  if (card.status === 'closed') await tellOutcome(tx, cardId);
}

const isOfApproval = ({ kind }: CardRow): boolean => kind === 'approval' || kind === 'verdict';

async function report(tx: Tx, { staffId, data, status }: CardRow, what: string): Promise<void> {
  const row = data.approvalId === undefined ? null : await tx.approval.get(data.approvalId);
  if (!row) return;
  const trouble = `${(await tx.staff.get(staffId))?.name ?? '同事'}${what.replace(/。$/, '')}`;
  // What waits for nobody is only written down.
  if (status === 'closed' || row.state !== 'open') await noteTrouble(tx, row.id, staffId, trouble);
  else await reportTrouble(tx, row, { staffId, trouble, advice: '对方没有回应的话，请当面提醒，或转给别的同事。' });
}
