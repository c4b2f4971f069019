/** The cards of an approval follow it: whoever is asked has one that is open, and everybody else's says how it went on. */
import { addressOf } from '../card/address.ts';
import { addAction, newCard } from '../card/new-card.ts';
import { refreshCard, sendCard } from '../card/send-card.ts';
import type { CardRow } from '../rows/cards.ts';
import type { Tx } from '../tx.ts';
import { openStep } from './shape.ts';
import type { StoredApproval } from './store.ts';
import { tellOfUnreached } from './troubles.ts';
import { namedIn, seatWords } from './words.ts';

/** A decision may be long in coming; whether it is still asked for is looked at with every tap. */
const BUTTONS_MS = 90 * 86_400_000;
const AGAIN = '还没有审批，已重新发了一张卡片，请在新卡片上审批';

const cardSubject = (approvalId: string): string => `approval:${approvalId}`;

/** `again`: time was over, and fresh cards take the place of those that are still waiting. */
export async function bringCards(tx: Tx, { row, approval }: StoredApproval, again: boolean): Promise<void> {
  const cards = await tx.card.list({ subject: cardSubject(row.id) });
  const step = openStep(approval);
  const position = step ? approval.steps.indexOf(step) : -1;
  const waiting = new Set(
    approval.state === 'open' && step
      ? step.seats.filter(({ state }) => state === 'open').map(({ staffId }) => staffId)
      : [],
  );
  const names = await tx.queries.staffNames(namedIn(approval));
  for (const card of cards) {
    if (card.status === 'closed') {
      await refreshEnded(tx, card);
      continue;
    }
    const isAsked = card.data.step === position && waiting.has(card.staffId);
    if (isAsked) waiting.delete(card.staffId);
    if (!isAsked) await close(tx, card, seatWords(approval, card.data.step ?? -1, card.staffId, names));
    else if (again) await replace(tx, card);
    else await refreshCard(tx, card);
  }
  const unreached: string[] = [];
  const late = again ? { why: '前面的人超时没有处理，转到你这里' } : {};
  for (const staffId of waiting)
    if (!(await openApprovalCard(tx, { approvalId: row.id, step: position, staffId, ...late })))
      unreached.push(staffId);
  await tellOfUnreached(tx, { row, approval }, unreached);
}

async function close(tx: Tx, card: CardRow, outcome: string, data = card.data): Promise<void> {
  await tx.card.update({ id: card.id, status: 'open' }, { status: 'closed', outcome, data });
  await refreshCard(tx, { ...card, status: 'closed', outcome });
}

/**
 * Old cards show how the whole of it ended where a card may change as often as it likes. One that is still on its way may
 * have been seen and tapped: after a crash we learn late that it went out, and its update waits behind it.
 */
async function refreshEnded(tx: Tx, card: CardRow): Promise<void> {
  const { updates, updatableForMs } = tx.cardsOf(card.accountId);
  if (updates !== 'free' || card.data.replacedBy !== undefined) return;
  if (tx.now < (card.sentAt ?? tx.now) + updatableForMs) await refreshCard(tx, card);
}

async function replace(tx: Tx, card: CardRow): Promise<void> {
  const fresh = await openApprovalCard(tx, {
    approvalId: card.data.approvalId ?? '',
    step: card.data.step ?? -1,
    staffId: card.staffId,
    why: '时间到了，还在等你审批',
  });
  if (fresh) await close(tx, card, AGAIN, { ...card.data, replacedBy: fresh.id });
}

interface Asked {
  readonly approvalId: string;
  readonly step: number;
  readonly staffId: string;
  /** Said on the card, a Chinese sentence. */
  readonly why?: string;
}

/** In the person's own chat, at once, whatever else they were sent today. Null when they read nowhere: it waits in the pages. */
async function openApprovalCard(tx: Tx, { approvalId, step, staffId, why }: Asked): Promise<CardRow | null> {
  const reader = await addressOf(tx, staffId, '');
  if (!reader) return null;
  const data = { approvalId, step, ...(why !== undefined && { why }) };
  const card = await tx.card.insert(newCard(tx, { kind: 'approval', subject: cardSubject(approvalId), data, reader }));
  const expiresAt = tx.now + BUTTONS_MS;
  for (const kind of ['agree', 'refuse'] as const) await addAction(tx, card, { kind, targetId: approvalId, expiresAt });
  await sendCard(tx, card);
  return card;
}
