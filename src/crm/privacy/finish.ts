/** What an erasure changes beyond single rows: leads, cards at colleagues, chats, names of customers, links. */
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import { shownAs } from '../card/send-card.ts';
import { stopClock } from '../clock/keep-clock.ts';
import { normalName } from '../customer/normal-name.ts';
import type { CardRow } from '../rows/cards.ts';
import type { PendingFinding } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { ERASED } from './holding.ts';
import type { ErasePlan } from './plan.ts';

const DAY_MS = 86_400_000;
/** Feishu changes a card for so long; older ones stay at the platform as they are. */
const CHANGEABLE_MS = 14 * DAY_MS;

/** An open lead of somebody who is not to be known any more is nobody's lead. */
export async function dropLeads(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const lead = await tx.lead.hold(id);
    if (lead?.status !== 'open') continue;
    await tx.lead.update({ id }, { status: 'dropped', version: lead.version + 1 });
    await tx.chat.update({ leadId: id }, { leadId: null });
    await stopClock(tx, id, ERASED.card);
    await closeSubjectCards(tx, `lead:${id}`, ERASED.card);
  }
}

/** Chats of two are over; a group goes on for the others, and is asked about again when a stranger writes. */
export async function silenceChats(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const chat = await tx.chat.get(id);
    if (!chat) continue;
    await tx.chat.update({ id }, { name: null, ignored: true, customerId: null, leadId: null, opportunityId: null });
  }
}

/** A customer that is a person is called by the person's name. */
export async function renameCustomers(tx: Tx, { subject, around, strikes }: ErasePlan): Promise<void> {
  const names = strikes.filter(({ kind }) => kind === 'name').map(({ text }) => text);
  for (const id of around.customer) {
    const customer = await tx.customer.get(id);
    if (!customer || (subject.kind === 'contact' && !names.includes(customer.name))) continue;
    const name = `${ERASED.customer} ${id.slice(-6)}`;
    await tx.customer.update({ id }, { name });
    const clean = { normalName: normalName(name), updatedAt: tx.now };
    await tx.customerProfile.update({ id }, subject.kind === 'customer' ? { ...clean, remark: null, tags: [] } : clean);
  }
}

export async function revokeLinks(tx: Tx, quoteIds: readonly string[]): Promise<void> {
  for (const quoteId of quoteIds) await tx.quoteLink.update({ quoteId, revokedAt: null }, { revokedAt: tx.now });
}

/** Cards about a customer say that it is over, and nothing else. */
export async function closeCards(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const card = await tx.card.hold(id);
    if (!card || (card.status === 'closed' && Object.keys(card.data).length === 0)) continue;
    const closed = { status: 'closed', outcome: ERASED.card, data: {} } as const;
    await tx.card.update({ id }, closed);
  }
}

/** Cards and wishes that rest on a person's words: the question stays, the words go. */
export async function forgetEvidence(tx: Tx, { own, around, strikes }: ErasePlan): Promise<void> {
  const names = strikes.filter(({ kind }) => kind === 'name').map(({ text }) => text);
  const theirs = ({ messageId, speakerName }: Pick<PendingFinding, 'messageId' | 'speakerName'>): boolean =>
    (messageId !== null && own.message.includes(messageId)) || (speakerName !== null && names.includes(speakerName));
  for (const id of around.card) {
    const card = await tx.card.hold(id);
    if (!card?.data.pending?.some(theirs)) continue;
    const pending = card.data.pending.map((finding) =>
      theirs(finding) ? { ...finding, quote: ERASED.text, phrase: '', speakerName: null } : finding,
    );
    await tx.card.update({ id }, { data: { ...card.data, pending } });
  }
  for (const opportunityId of around.deal) {
    const wish = await tx.stageWish.find({ opportunityId });
    if (!wish?.evidence || !theirs(wish.evidence)) continue;
    const evidence = { ...wish.evidence, quote: '', speakerName: null };
    await tx.stageWish.update({ id: wish.id }, { evidence, version: wish.version + 1 });
  }
}

/** Last of all, for they are drawn from what is known then: cards that lost words or their matter, and the day's cards that quoted a move. */
export async function redrawCards(tx: Tx, { subject, own, around }: ErasePlan): Promise<void> {
  for (const id of around.card) {
    const card = await tx.card.get(id);
    const changed = card?.outcome === ERASED.card || card?.data.pending?.some(({ quote }) => quote === ERASED.text);
    if (card && changed) await showAgain(tx, card);
  }
  const { personal } = tx.queries;
  const by = subject.kind === 'contact' ? { column: 'id', ids: own.move } : { column: 'opportunity_id', ids: own.deal };
  for (const row of await personal.rows('stage_change', by))
    for (const action of await tx.cardAction.list({ kind: 'undo', targetId: String(row['id']) })) {
      const card = await tx.card.get(action.cardId);
      if (card) await showAgain(tx, card);
    }
}

/**
 * Whatever the platform: where a card changes only once this is what the once is used for, and how the matter ends is
 * told in words. A tool that is not connected does not know which it is.
 */
async function showAgain(tx: Tx, matter: CardRow): Promise<void> {
  const card = await shownAs(tx, matter);
  if (card.sentAt === null || card.createdAt < tx.now - CHANGEABLE_MS) return;
  await tx.enqueue({
    accountId: card.accountId,
    dedupeKey: `update:${card.id}:${tx.now}`,
    orderKey: `card:${card.id}`,
    order: { kind: 'card.update', cardId: card.id },
  });
}
