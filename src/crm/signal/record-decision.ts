/** Writes down what was made of a signal: the answer to "why", and the sample a rule's precision is taken from. */
import type { DecisionOutcome, PendingFinding } from '../tables.ts';
import type { Tx } from '../tx.ts';

export interface DecisionPlace {
  readonly chatId: string | null;
  readonly opportunityId: string | null;
  readonly leadId: string | null;
}

export async function recordDecision(
  tx: Tx,
  finding: PendingFinding,
  outcome: DecisionOutcome,
  place: DecisionPlace,
): Promise<void> {
  await tx.signalDecision.insert({
    id: tx.newId(),
    messageId: finding.messageId,
    ...place,
    signal: finding.signal,
    verdict: finding.verdict,
    ruleKey: finding.ruleKey,
    phrase: finding.phrase.slice(0, 200),
    quote: finding.quote.slice(0, 500),
    outcome,
    label: null,
    policyVersion: tx.active.version,
    at: tx.now,
  });
}
