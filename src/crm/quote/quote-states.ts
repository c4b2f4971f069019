/** The life of one revision of a quote: which state may follow which. Content changes in `draft` only. Pure. */
import type { QuoteStatus } from '../rows/quotes.ts';

export const QUOTE_MOVES: Readonly<Record<QuoteStatus, readonly QuoteStatus[]>> = {
  draft: ['submitted'],
  submitted: ['approved', 'rejected', 'withdrawn'],
  approved: ['sent', 'expired', 'replaced'],
  sent: ['accepted', 'expired', 'replaced'],
  rejected: [],
  withdrawn: [],
  accepted: [],
  expired: [],
  replaced: [],
};

/** A new revision may begin from these; what is under way or settled is not written anew. */
export const REVISABLE: readonly QuoteStatus[] = ['rejected', 'withdrawn', 'approved', 'sent', 'expired'];

/** One revision of a number at a time is being written or asked about. */
export const UNDER_WAY: readonly QuoteStatus[] = ['draft', 'submitted'];

export const mayFollow = (from: QuoteStatus, to: QuoteStatus): boolean => QUOTE_MOVES[from].includes(to);

export const STATUS_NAMES: Readonly<Record<QuoteStatus, string>> = {
  draft: '草稿',
  submitted: '审批中',
  approved: '已批准',
  rejected: '被驳回',
  withdrawn: '已撤回',
  sent: '已发出',
  accepted: '客户已接受',
  expired: '已过期',
  replaced: '已被新版代替',
};
