/** Quotes as something that has to be agreed to: what approvers decide by, and what follows from how it ended. */
import type { CardLink } from '../../channel/card.ts';
import { done, refused } from '../access/desk.ts';
import type { ApprovalSubject, EndedApproval } from '../approval/subjects.ts';
import { writeAudit } from '../audit/audit.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import { approveQuote } from './approve-quote.ts';
import { moveQuote, nameOf, quoteNote, tellTimeline } from './move-quote.ts';
import { linesOf } from './quote-lines.ts';
import { reviseQuote } from './write-quote.ts';

export const quoteSubject: ApprovalSubject = {
  async picture(tx, id) {
    const quote = await tx.quote.get(id);
    if (!quote) return null;
    const deal = await tx.opportunity.get(quote.opportunityId);
    const profile = await tx.customerProfile.get(quote.customerId);
    const lines = (await linesOf(tx, id)).flatMap(({ productLine }) => (productLine === null ? [] : [productLine]));
    return {
      title: `${nameOf(quote).trim()} ${quote.title}`,
      customerId: quote.customerId,
      ownerId: deal?.ownerId ?? quote.ownerId,
      currency: quote.currency,
      facts: {
        amountMinor: quote.grossMinor,
        marginBp: quote.marginBp,
        discountBp: quote.discountBp,
        grade: profile?.grade ?? null,
        productLines: [...new Set(lines)],
        region: profile?.region ?? null,
      },
      path: `/app/quotes/${id}`,
    };
  },
  async approved(tx, { subjectId, staffId, outcome }) {
    await approveQuote(tx, subjectId, { staffId, outcome });
  },
  rejected: (tx, ended) => close(tx, ended, 'rejected', '被驳回'),
  withdrawn: (tx, ended) => close(tx, ended, 'withdrawn', '已撤回'),
  async tell(tx, id, { staffId, what }) {
    const quote = await tx.quote.get(id);
    if (quote) await tellTimeline(tx, quote, staffId ?? quote.ownerId, what);
  },
  async remade(tx, id) {
    const quote = await tx.quote.get(id);
    const later =
      quote && (await tx.quote.list({ number: quote.number })).filter((one) => one.revision > quote.revision);
    const newest = later?.toSorted((a, b) => b.revision - a.revision)[0];
    return newest ? linkTo(newest) : null;
  },
  async remake(desk, id) {
    const quote = await desk.tx.quote.get(id);
    if (!quote) return refused('not_found');
    const made = await reviseQuote(desk, id, quote.version);
    return made.ok ? done(linkTo(made.value)) : made;
  },
};

const linkTo = ({ id, revision }: Pick<QuoteRow, 'id' | 'revision'>): CardLink => ({
  label: `打开第 ${revision} 版`,
  path: `/app/quotes/${id}`,
});

async function close(
  tx: Tx,
  { subjectId, staffId, outcome }: EndedApproval,
  status: 'rejected' | 'withdrawn',
  what: string,
): Promise<void> {
  const quote = await tx.quote.hold(subjectId);
  if (quote?.status !== 'submitted') return;
  const closed = await moveQuote(tx, quote, status, { decidedAt: tx.now, closedAt: tx.now });
  if (!closed) return;
  await writeAudit(tx, staffId, [quoteNote(closed, status === 'rejected' ? 'reject' : 'withdraw')]);
  await tellTimeline(tx, closed, staffId ?? closed.ownerId, `${what}：${outcome}`);
}
