/** What happens to a quote carries its deal along: to the stage that the policy names, never back, and through its gate. */
import type { AuditNote } from '../audit/audit.ts';
import { advanceStage, type StageMove } from '../opportunity/advance-stage.ts';
import { blocking, reasonNames } from '../opportunity/gate.ts';
import { stageIndex, stageName } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { QuoteRow } from '../rows/quotes.ts';
import type { Tx } from '../tx.ts';

export interface QuoteHappening extends Pick<StageMove, 'cause' | 'staffId' | 'accountId'> {
  readonly quote: QuoteRow;
  /** Held. */
  readonly deal: OpportunityRow;
  /** What happened, as evidence: 报价单 Q20261122-001 已发给客户 */
  readonly words: string;
  readonly speakerName: string | null;
}

export interface AdvancedByQuote {
  /** To be written into the audit log; null where the deal stayed. */
  readonly note: AuditNote | null;
  /** What to add to the timeline's line: a shut gate stops the deal, not the quote. Empty for nothing. */
  readonly tail: string;
}

const STAYED: AdvancedByQuote = { note: null, tail: '' };

export async function advanceByQuote(
  tx: Tx,
  { quote, deal, words, speakerName, cause, staffId, accountId }: QuoteHappening,
): Promise<AdvancedByQuote> {
  const toStage = stageAhead(tx, deal, tx.active.policy.quotes.sentStage);
  if (toStage === null) return STAYED;
  const evidence = { messageId: null, quote: words, speakerName, ruleKey: null };
  const moved = await advanceStage(tx, { opportunity: deal, toStage, cause, staffId, evidence, accountId });
  if (moved.ok) {
    const detail = { from: deal.stage, to: toStage, changeId: moved.change.id, quoteId: quote.id };
    return { note: { action: 'deal.move', entity: 'opportunity', entityId: deal.id, detail }, tail: '' };
  }
  if (moved.reason !== 'gate') return STAYED;
  const name = stageName(tx.active.policy.pipeline, toStage);
  return { note: null, tail: `；商机还不能进入「${name}」，缺：${reasonNames(blocking(moved.gate))}` };
}

/** `wanted`, where it is ahead of an open deal; null where the deal is there already, has ended, or there is no such stage. */
export function stageAhead(
  { active }: Pick<Tx, 'active'>,
  { status, stage }: Pick<OpportunityRow, 'status' | 'stage'>,
  wanted: string | null,
): string | null {
  if (status !== 'open' || wanted === null) return null;
  const { pipeline } = active.policy;
  return stageIndex(pipeline, wanted) > stageIndex(pipeline, stage) ? wanted : null;
}
