/** What an alert says about its deal or lead, as it stands when the card is drawn. */
import { leaveFrom } from '../clock/keep-clock.ts';
import { stageIndex, stageName } from '../opportunity/pipeline.ts';
import type { AlertRow, StageClockRow } from '../rows/clock.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import { byDue } from '../task/task-picture.ts';
import type { Tx } from '../tx.ts';
import { standingWords } from './words.ts';

export interface AlertFacts {
  readonly clockId: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly customerName: string | null;
  readonly ownerId: string | null;
  readonly stageName: string;
  /** Null when the clock no longer runs. */
  readonly clock: StageClockRow | null;
  /** Null for a lead. */
  readonly deal: OpportunityRow | null;
  /** `已停留 4 个工作日，时限 3 个工作日`; `高风险` before it where the ladder has marked it so. */
  readonly standing: string;
  /** The stage after this one; null at the end, and for a lead. */
  readonly nextStage: string | null;
}

export async function alertFacts(tx: Tx, { clockId, customerId, stage, fromAt }: AlertRow): Promise<AlertFacts> {
  const { pipeline } = tx.active.policy;
  const clock = await tx.stageClock.get(clockId);
  const deal = await tx.opportunity.get(clockId);
  const lead = deal ? null : await tx.lead.get(clockId);
  const customer = await tx.customer.get(deal?.customerId ?? customerId ?? '');
  const next = deal?.status === 'open' ? pipeline.stages[stageIndex(pipeline, deal.stage) + 1] : undefined;
  const ownerId = deal?.ownerId ?? lead?.ownerId ?? null;
  const counted = clock ?? { stage, fromAt, metAt: null, extendedMs: 0 };
  return {
    clockId,
    name: deal?.name ?? lead?.name ?? '商机',
    customerId: customer?.id ?? null,
    customerName: customer?.name ?? null,
    ownerId,
    stageName: deal || stage !== '' ? stageName(pipeline, stage) : '线索',
    clock,
    deal,
    standing:
      (clock?.highRisk ? '高风险，' : '') +
      standingWords(tx.active, counted, tx.now, await leaveFrom(tx, ownerId ?? '', counted.fromAt)),
    nextStage: deal && next ? next.key : null,
  };
}

/** What is to be done: the task that is due first, else the step that the stage leads to. */
export async function nextStep(tx: Tx, { deal, nextStage }: AlertFacts): Promise<string> {
  const tasks = deal ? await tx.task.list({ opportunityId: deal.id, doneAt: null }) : [];
  const [first] = tasks.toSorted(byDue);
  if (first) return first.title;
  if (!deal) return '先回应，再建为客户';
  return nextStage ? `联系客户，争取进入「${stageName(tx.active.policy.pipeline, nextStage)}」` : '联系客户';
}

const SHOWN_CHARS = 120;

/** What the customer said last, as far as it is kept. */
export async function lastSaid(tx: Tx, facts: AlertFacts): Promise<{ speaker: string; text: string } | null> {
  const lead = facts.deal ? null : await tx.lead.get(facts.clockId);
  const words =
    facts.customerId !== null
      ? await tx.queries.lastCustomerWords(facts.customerId)
      : (await tx.queries.recentMessages(lead?.chatId ?? '', 20)).findLast(({ speaker }) => speaker === 'customer');
  return words?.text ? { speaker: words.speakerName ?? '客户', text: words.text.slice(0, SHOWN_CHARS) } : null;
}
