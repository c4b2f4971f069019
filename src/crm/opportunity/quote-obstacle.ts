/** Why a deal has no quote that was agreed to: nothing written, not complete, not submitted, being decided, or refused. */
import { openKeyOf, readApproval } from '../approval/store.ts';
import { approvalWords, namedIn } from '../approval/words.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';
import type { Obstacle } from './obstacle.ts';

const ENDED: Readonly<Partial<Record<QuoteRow['status'], string>>> = {
  rejected: '被驳回了',
  withdrawn: '已撤回',
  expired: '过了有效期',
};

export async function quoteObstacle(tx: Tx, deal: OpportunityRow): Promise<Obstacle> {
  const quotes = await tx.quote.list({ opportunityId: deal.id }, { orderBy: 'createdAt', descending: true });
  const asked = quotes.find(({ status }) => status === 'submitted');
  if (asked) return { text: await askedWords(tx, asked), link: toQuote(asked, '打开报价单'), draft: null };
  const drafts = quotes.filter(({ status }) => status === 'draft');
  const complete: QuoteRow[] = [];
  for (const draft of drafts) if (await isComplete(tx, draft)) complete.push(draft);
  const [one, another] = complete;
  if (one && another)
    return { text: `有 ${complete.length} 份报价单还没有提交，请选一份提交`, link: null, draft: null };
  if (one) return { text: `${named(one)}还没有提交审批`, link: toQuote(one, '打开报价单'), draft: one };
  const [draft] = drafts;
  if (draft) return { text: `${named(draft)}还没有写完`, link: toQuote(draft, '写完报价单'), draft: null };
  const last = quotes.find(({ status }) => ENDED[status] !== undefined);
  if (last) return { text: `${named(last)}${ENDED[last.status]}`, link: toQuote(last, '另写一版'), draft: null };
  return { text: '还没有写报价单', link: null, draft: null };
}

async function askedWords(tx: Tx, quote: QuoteRow): Promise<string> {
  const open = await tx.approval.find({ openKey: openKeyOf('quote', quote.id) });
  const stored = open && (await readApproval(tx, open.id));
  if (!stored) return `${named(quote)}正在审批`;
  const names = await tx.queries.staffNames(namedIn(stored.approval));
  return `${named(quote)}正在审批：${approvalWords(stored.approval, names)}`;
}

/** It could be submitted as it is. */
async function isComplete(tx: Tx, { id, validUntil }: QuoteRow): Promise<boolean> {
  if (validUntil !== null && validUntil <= tx.now) return false;
  return (await tx.quoteLine.find({ quoteId: id })) !== null;
}

const named = ({ number, revision }: QuoteRow): string =>
  revision === 1 ? `报价单 ${number} ` : `报价单 ${number} 第 ${revision} 版`;

const toQuote = ({ id }: QuoteRow, label: string) => ({ label, path: `/app/quotes/${id}` });
