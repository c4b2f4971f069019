/** What was detected in a message and what followed, in words a salesperson understands. */
import { stageName } from '../../src/crm/opportunity/pipeline.ts';
import type { Tables } from '../../src/crm/tables.ts';
import { ruleLabel } from './deals.ts';
import type { Rows } from './rows.ts';
import type { FindingView, Tone } from './view.ts';
import { OUTCOMES, SUMMARIES } from './words.ts';

type Decision = Tables['signalDecision'];

export function findingView(rows: Rows, decision: Decision): FindingView {
  return {
    signal: stageName(rows.active.policy.pipeline, decision.signal),
    verdict: decision.verdict,
    rule: ruleLabel(rows, decision.ruleKey),
    phrase: decision.phrase,
    quote: decision.quote,
    outcome: outcomeOf(rows, decision),
    tone: toneOf(decision),
    record: rows.records.get(decision.ruleKey) ?? '',
  };
}

/** One line for all findings of a message: the strongest consequence speaks. */
export function summaryOf(rows: Rows, decisions: readonly Decision[]): { tone: Tone; text: string } {
  const order: readonly Tone[] = ['good', 'ask', 'quiet'];
  const rank = (decision: Decision) => order.indexOf(SUMMARIES[decision.outcome].tone);
  const [first] = [...decisions].sort((a, b) => rank(a) - rank(b));
  if (!first) return { tone: 'quiet', text: '没有动作' };
  if (first.label === 'undone') return { tone: 'quiet', text: '已推进，后来撤销了' };
  const { tone, text } = SUMMARIES[first.outcome];
  const target = stageName(rows.active.policy.pipeline, first.signal);
  if (first.outcome === 'advanced') return { tone, text: `${text}到「${target}」` };
  if (first.outcome === 'asked') return { tone, text: `${text}：要到「${target}」吗` };
  return { tone, text };
}

function toneOf(decision: Decision): Tone {
  return decision.label === 'undone' || decision.label === 'ignored' ? 'quiet' : SUMMARIES[decision.outcome].tone;
}

function outcomeOf(rows: Rows, decision: Decision): string {
  const { outcome } = decision;
  if (outcome === 'advanced') {
    const name = stageName(rows.active.policy.pipeline, decision.signal);
    return decision.label === 'undone' ? `推进到「${name}」，后来被撤销` : `已推进到「${name}」，写进负责人的今日进展`;
  }
  if (outcome === 'asked') return asked(rows, decision);
  if (outcome === 'asked_deal') return askedDeal(rows, decision);
  return OUTCOMES[outcome];
}

function asked(rows: Rows, decision: Decision): string {
  const card = rows.cards.find(
    ({ kind, data }) =>
      kind === 'ask' &&
      data.pending?.some(({ messageId, signal }) => messageId === decision.messageId && signal === decision.signal),
  );
  const who = card ? (rows.staff.get(card.staffId)?.name ?? '负责人') : '负责人';
  const why = card?.data.why ? `：${card.data.why}` : '';
  const merged = card?.digestId ? '（今天的卡片够多了，并入今日进展）' : '';
  const ended = card?.status === 'closed' && card.outcome ? `。结果：${card.outcome}` : '';
  return `已询问${who}${why}${merged}${ended}`;
}

function askedDeal(rows: Rows, decision: Decision): string {
  const card = rows.cards.find(
    ({ kind, data }) =>
      kind === 'which_deal' &&
      (data.pending?.some(({ messageId }) => messageId === decision.messageId) || data.chatId === decision.chatId),
  );
  const who = card ? (rows.staff.get(card.staffId)?.name ?? '负责人') : '负责人';
  if (card?.status === 'closed') return `问过${who}是哪个商机。结果：${card.outcome ?? '已选定'}`;
  return `客户有不止一个商机，已请${who}选是哪一个`;
}
