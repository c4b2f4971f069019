/** What a colleague does with a quote that is written: submit, take back, note that it went out or was accepted. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { submitForApproval, withdrawApproval } from '../approval/submit.ts';
import { touchClock } from '../clock/touch-clock.ts';
import type { QuoteRow, QuoteStatus } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { advanceByQuote } from './advance-by-quote.ts';
import { approveQuote } from './approve-quote.ts';
import { moveQuote, nameOf, quoteNote, tellTimeline } from './move-quote.ts';
import { quoteToChange } from './quote-access.ts';

const NONE_NEEDED = '没有规则要求审批';
const CHANGED = '这份报价单刚被改过，请看最新的再操作。';

/** Where no rule wants agreement, it is approved at once. */
export async function submitQuote(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx, me, notes } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['draft'], act: '提交' });
  if (!found.ok) return found;
  const { quote: draft, deal } = found.value;
  if (deal.status !== 'open') return refused('not_open', '商机已经结束，不能再报价。');
  const taken = await otherRevision(tx, draft, 'accepted');
  if (taken) return refused('wrong_state', `${nameOf(taken)}客户已接受，这一版不能再提交；要改，另写一份报价单。`);
  if (draft.validUntil !== null && draft.validUntil <= tx.now)
    return refused('bad_request', '报价单的有效期已经过了，请先改有效期。');
  if (!(await tx.quoteLine.find({ quoteId: id }))) return refused('bad_request', '报价单里还没有一行。');
  const submitted = await moveQuote(tx, draft, 'submitted', { submittedAt: tx.now });
  if (!submitted) return refused('changed_meanwhile', CHANGED);
  const asked = await submitForApproval(tx, { kind: 'quote', id, submitterId: me.id });
  if (!asked.ok) {
    // Nobody has seen it submitted: within this transaction it never was.
    const { status, version, updatedAt, submittedAt } = draft;
    await tx.quote.update({ id }, { status, version, updatedAt, submittedAt });
    return refused('cannot_submit', asked.why);
  }
  notes.push(quoteNote(submitted, 'submit', { approvalId: asked.approval?.id ?? null }));
  if (asked.approval === null) await approveQuote(tx, id, { staffId: null, outcome: NONE_NEEDED });
  const now = (await tx.quote.get(id)) ?? submitted;
  if (now.status === 'submitted') await tellTimeline(tx, now, me.id, '已提交审批');
  return done(now);
}

/** While it is being decided: by whoever submitted it. */
export async function withdrawQuote(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx, me } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['submitted'], act: '撤回' });
  if (!found.ok) return found;
  const withdrawn = await withdrawApproval(tx, { kind: 'quote', id, staffId: me.id });
  if (!withdrawn.ok) return refused(withdrawn.reason === 'not_yours' ? 'forbidden' : 'wrong_state', withdrawn.why);
  return done((await tx.quote.get(id)) ?? found.value.quote);
}

/** It has gone out to the customer: the deal goes on to the stage that the policy names, never back, and through its gate. */
export async function markSent(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx, me, accountId, notes } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['approved'], act: '发出' });
  if (!found.ok) return found;
  const { quote, deal } = found.value;
  if (quote.validUntil !== null && quote.validUntil <= tx.now)
    return refused('wrong_state', '报价单的有效期已经过了，请另写一版。');
  const sent = await moveQuote(tx, quote, 'sent', { sentAt: tx.now });
  if (!sent) return refused('changed_meanwhile', CHANGED);
  notes.push(quoteNote(sent, 'send'));
  const { note, tail } = await advanceByQuote(tx, {
    ...{ quote: sent, deal, accountId, words: `${nameOf(sent)}已发给客户`, speakerName: me.name },
    ...{ cause: 'manual', staffId: me.id },
  });
  if (note) notes.push(note);
  await tellTimeline(tx, sent, me.id, `已发给客户${tail}`);
  return done(sent);
}

export async function acceptQuote(desk: Desk, id: string, expectedVersion: number): Promise<Done<QuoteRow>> {
  const { tx, me, notes } = desk;
  const found = await quoteToChange(desk, id, { expectedVersion, in: ['sent'], act: '记为接受' });
  if (!found.ok) return found;
  const asked = await otherRevision(tx, found.value.quote, 'submitted');
  if (asked) return refused('wrong_state', `${nameOf(asked)}正在审批，请先撤回它。`);
  const accepted = await moveQuote(tx, found.value.quote, 'accepted', { closedAt: tx.now });
  if (!accepted) return refused('changed_meanwhile', CHANGED);
  notes.push(quoteNote(accepted, 'accept'));
  await touchClock(tx, { customerId: accepted.customerId, dealId: accepted.opportunityId }, 'customer', tx.now);
  await tellTimeline(tx, accepted, me.id, '客户已接受');
  return done(accepted);
}

/** The deal is held: no revision changes its state meanwhile. */
async function otherRevision(tx: Tx, { id, number }: QuoteRow, status: QuoteStatus): Promise<QuoteRow | null> {
  return (await tx.quote.list({ number, status })).find((other) => other.id !== id) ?? null;
}
