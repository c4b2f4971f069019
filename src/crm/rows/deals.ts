/** Rows about business: leads, opportunities, and every move of an opportunity with what caused it. */
import type { TenantRow } from './tenant-row.ts';
import type { PendingFinding } from './words.ts';

export interface LeadRow extends TenantRow {
  name: string;
  ownerId: string;
  chatId: string;
  status: 'open' | 'converted' | 'dropped';
  /** The opportunity it became. */
  opportunityId: string | null;
  createdAt: number;
  version: number;
}

export interface OpportunityRow extends TenantRow {
  customerId: string;
  name: string;
  ownerId: string;
  stage: string;
  stageEnteredAt: number;
  status: 'open' | 'won' | 'lost' | 'withdrawn';
  amountMinor: number | null;
  currency: string;
  lostReason: string | null;
  createdAt: number;
  closedAt: number | null;
  policyVersion: number;
  /** Raised by every change of stage or status; guards against two changes at once. */
  version: number;
}

export type ChangeCause = 'signal' | 'confirmed' | 'manual' | 'undo';

/** One move of one deal, with what caused it. */
export interface StageChangeRow extends TenantRow {
  opportunityId: string;
  fromStage: string;
  toStage: string;
  /** When the deal had entered `fromStage`: the dwell is `at` minus this, and undoing restores the clock. */
  fromEnteredAt: number;
  cause: ChangeCause;
  staffId: string | null;
  /** The message that caused it, and its words as they stood: evidence stays with the deal. */
  messageId: string | null;
  quote: string | null;
  speakerName: string | null;
  ruleKey: string | null;
  policyVersion: number;
  opportunityVersion: number;
  /** The lead that this move converted, so that undoing can give it back. */
  leadId: string | null;
  at: number;
  undoableUntil: number | null;
  undoneAt: number | null;
}

/** What a wish rests on: the words of a message, or the reason that a colleague gave. */
export interface WishEvidence extends Pick<PendingFinding, 'messageId' | 'quote' | 'speakerName'> {
  /** Null for a colleague's own reason. */
  ruleKey: string | null;
}

/** Where a deal goes as soon as nothing is missing; one per deal, gone with any move. */
export interface StageWishRow extends TenantRow {
  opportunityId: string;
  /** The deal as it was then. */
  opportunityVersion: number;
  toStage: string;
  /** Who wants it; null for words that would have moved it by themselves. */
  staffId: string | null;
  accountId: string;
  evidence: WishEvidence | null;
  createdAt: number;
  version: number;
}
