/** Writes down what was made of a signal: the answer to "why", and the sample a rule's precision is taken from. */
import type { DecisionOutcome, PendingFinding } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import type { SignalFinding } from './detect/index.ts';

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
    // Without a message of ours there is nothing that would end their time here: they stay with the move, if any.
    quote: finding.messageId === null ? '' : finding.quote.slice(0, 500),
    outcome,
    label: null,
    policyVersion: tx.active.version,
    at: tx.now,
  });
}

/** Short messages are quoted whole, for they are read in one glance; of long ones the clause that says it. */
const WHOLE_MESSAGE_CHARS = 60;

export function pendingFinding(
  found: SignalFinding,
  said: { readonly text: string; readonly speakerName: string | null; readonly messageId: string | null },
): PendingFinding {
  return {
    signal: found.signal,
    verdict: found.verdict,
    ruleKey: found.rule,
    phrase: found.phrase,
    quote: said.text.length <= WHOLE_MESSAGE_CHARS ? said.text : found.quote,
    speakerName: said.speakerName,
    messageId: said.messageId,
  };
}
