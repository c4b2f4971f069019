/** Turns what a message said into what happens: the deal moves, its owner is asked, or it is only written down. */
import { HOUR_MS } from '../calendar/spans.ts';
import { openCard } from '../card/open-card.ts';
import { quoteSent, touchClock } from '../clock/touch-clock.ts';
import { convertLead } from '../lead/convert-lead.ts';
import { advanceStage } from '../opportunity/advance-stage.ts';
import { type Having, judgeGate, wantsApproval } from '../opportunity/gate.ts';
import { havingOf } from '../opportunity/having.ts';
import { keepWish } from '../opportunity/keep-wish.ts';
import { judgeReach, LOST, stageIndex } from '../opportunity/pipeline.ts';
import type { LeadRow, OpportunityRow } from '../rows/deals.ts';
import type { DecisionOutcome, PendingFinding } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { recordDecision } from './record-decision.ts';
import { ruleAsks } from './rule-precision.ts';

/** The matter the words are about: a deal, or a lead that has none yet. */
export type Matter = { readonly opportunity: OpportunityRow } | { readonly lead: LeadRow };

export interface FindingsInput {
  readonly matter: Matter;
  readonly findings: readonly PendingFinding[];
  readonly accountId: string;
  readonly chatId: string | null;
}

interface Judged {
  readonly finding: PendingFinding;
  outcome: DecisionOutcome;
  why: string | null;
  /** It would have moved the deal, were nothing missing. */
  readonly gated: boolean;
}

/** One message moves a deal at most once: several signals in it are followed in pipeline order to the furthest reachable stage. */
export async function actOnFindings(tx: Tx, input: FindingsInput): Promise<readonly DecisionOutcome[]> {
  const { pipeline } = tx.active.policy;
  const held = await hold(tx, input.matter);
  const start = 'opportunity' in held ? held.opportunity.stage : pipeline.convertedLeadStage;
  // A lead has no deal yet, and so nothing of what stages want.
  const has = 'opportunity' in held ? await havingOf(tx, held.opportunity) : new Set<string>();
  const judged: Judged[] = [];
  let stage = start;
  let mover: Judged | null = null;
  for (const finding of inPipelineOrder(tx, input.findings)) {
    const verdict = await judge(tx, held, { stage, has }, finding);
    judged.push(verdict);
    if (verdict.outcome !== 'advanced') continue;
    if (mover) mover.outcome = 'covered';
    mover = verdict;
    stage = finding.signal;
  }

  let matter = held;
  if (mover) matter = { opportunity: await move(tx, { ...input, matter: held }, mover.finding) };
  for (const item of judged) {
    if (item.outcome === 'asked') {
      item.outcome = await ask(tx, input, matter, item);
      if (item.gated && 'opportunity' in matter) await wish(tx, input, matter.opportunity, item.finding);
    }
    await recordDecision(tx, item.finding, item.outcome, {
      chatId: input.chatId,
      opportunityId: 'opportunity' in matter ? matter.opportunity.id : null,
      leadId: 'lead' in input.matter ? input.matter.lead.id : null,
    });
  }
  if ('opportunity' in matter) await keepClock(tx, input, matter.opportunity, judged);
  return judged.map((item) => item.outcome);
}

/** Words that were handed in are words of the customer; and where they report that the quote went out, it did. */
async function keepClock(
  tx: Tx,
  { chatId }: FindingsInput,
  { id, customerId, stage }: OpportunityRow,
  judged: readonly Judged[],
): Promise<void> {
  // Of a chat each message has counted as it was stored.
  if (chatId === null) await touchClock(tx, { customerId, dealId: id }, 'customer', tx.now);
  const { rules } = tx.active.policy.signals;
  const isReport = ({ finding: { signal, verdict, ruleKey } }: Judged) =>
    signal === stage && verdict === 'advance' && rules.some(({ key, says }) => key === ruleKey && says === 'report');
  if (judged.some(isReport)) await quoteSent(tx, id);
}

/** Words of another chat, or a tap, may be about the same deal at this moment: one after the other. */
async function hold(tx: Tx, matter: Matter): Promise<Matter> {
  if ('lead' in matter) return matter;
  return { opportunity: (await tx.opportunity.hold(matter.opportunity.id)) ?? matter.opportunity };
}

function inPipelineOrder(tx: Tx, findings: readonly PendingFinding[]): PendingFinding[] {
  const place = (finding: PendingFinding) =>
    finding.signal === LOST ? 99 : stageIndex(tx.active.policy.pipeline, finding.signal);
  return [...findings].sort((a, b) => place(a) - place(b));
}

/** Where the deal stands by now, and what it has of what stages want. */
interface Standing {
  readonly stage: string;
  readonly has: Having;
}

async function judge(tx: Tx, matter: Matter, { stage, has }: Standing, finding: PendingFinding): Promise<Judged> {
  const of = (outcome: DecisionOutcome, why: string | null = null): Judged => ({ finding, outcome, why, gated: false });
  const rule = tx.active.policy.signals.rules.find((candidate) => candidate.key === finding.ruleKey);
  if ('opportunity' in matter && matter.opportunity.status !== 'open') return of('closed_deal');
  if (rule?.fromStages && !rule.fromStages.includes(stage)) return of('not_from_stage');
  if (rule && rule.cooldownHours > 0) {
    const subject = 'opportunity' in matter ? { opportunityId: matter.opportunity.id } : { leadId: matter.lead.id };
    if (await tx.queries.lastAct(subject, rule.key, tx.now - rule.cooldownHours * HOUR_MS)) return of('cooldown');
  }
  const { pipeline } = tx.active.policy;
  const reach = judgeReach(pipeline, stage, finding.signal, finding.verdict, await ruleAsks(tx, rule));
  if (reach.act === 'note') return of(reach.outcome);
  // What the words say is not lost where something is missing: the card asks, and says what, as it is drawn.
  if (reach.act === 'advance') {
    const { passes } = judgeGate(tx.active.policy, stage, finding.signal, has);
    return passes ? of('advanced') : { ...of('asked'), gated: true };
  }
  // A lead's own card already shows its words; a mere hint adds nothing to it.
  return 'lead' in matter && finding.verdict === 'hint' ? of('noted') : of('asked', reach.why);
}

/** As soon as nothing is missing the deal goes where the words wanted it. */
function wish(tx: Tx, { accountId }: FindingsInput, deal: OpportunityRow, finding: PendingFinding): Promise<void> {
  const { messageId, quote, speakerName, ruleKey, signal: toStage } = finding;
  return keepWish(tx, deal, {
    toStage,
    staffId: null,
    accountId,
    evidence: { messageId, quote, speakerName, ruleKey },
  });
}

async function move(tx: Tx, input: FindingsInput, finding: PendingFinding): Promise<OpportunityRow> {
  const lead = 'lead' in input.matter ? input.matter.lead : null;
  const opportunity =
    'opportunity' in input.matter ? input.matter.opportunity : await convertLead(tx, input.matter.lead.id);
  if (!opportunity) throw new Error('a held lead is not open');
  const result = await advanceStage(tx, {
    opportunity,
    toStage: finding.signal,
    cause: 'signal',
    staffId: null,
    evidence: finding,
    accountId: input.accountId,
    ...(lead ? { leadId: lead.id } : {}),
  });
  if (!result.ok) throw new Error(`stage not moved: ${result.reason}`);
  return result.opportunity;
}

/** The same question is asked once; where nobody can be reached the words are only noted. */
async function ask(
  tx: Tx,
  input: FindingsInput,
  matter: Matter,
  item: Judged,
): Promise<'asked' | 'open_card' | 'noted'> {
  const { finding } = item;
  const subject = 'opportunity' in matter ? `opportunity:${matter.opportunity.id}` : `lead:${matter.lead.id}`;
  const open = await tx.card.list({ subject, status: 'open', kind: 'ask' });
  if (open.some((card) => card.data.toStage === finding.signal)) return 'open_card';
  const lost = finding.signal === LOST;
  const card = await openCard(tx, {
    kind: 'ask',
    staffId: 'opportunity' in matter ? matter.opportunity.ownerId : matter.lead.ownerId,
    accountId: input.accountId,
    subject,
    data: {
      ...('opportunity' in matter ? { opportunityId: matter.opportunity.id } : { leadId: matter.lead.id }),
      ...(input.chatId ? { chatId: input.chatId } : {}),
      toStage: finding.signal,
      why: item.why ?? '',
      pending: [finding],
    },
    actions: lost
      ? [{ kind: 'lose' }, { kind: 'ignore' }]
      : [
          { kind: 'advance' },
          { kind: 'ignore' },
          ...('opportunity' in matter ? [{ kind: 'change_stage' as const }] : []),
          ...('opportunity' in matter && wantsApproval(tx.active.policy, finding.signal)
            ? [{ kind: 'submit_quote' as const }]
            : []),
        ],
  });
  return card ? 'asked' : 'noted';
}
