/** A chat record that a colleague hands over: each line is judged by who said it, and the matter asked for if unknown. */
import type { HandedLine } from '../../channel/event.ts';
import { openCard } from '../card/open-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import { stageName } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow, PendingFinding } from '../rows/words.ts';
import { actOnFindings } from '../signal/act-on-findings.ts';
import { actOnMatter } from '../signal/act-on-words.ts';
import type { Tx } from '../tx.ts';
import { judgeLines, spokenLines } from './read-record.ts';
import { whoseWords } from './whose-words.ts';

export interface HandedRecord {
  readonly accountId: string;
  /** The chat it was taken from, when it belongs to a customer or lead. */
  readonly chat: ChatRow | null;
  readonly by: StaffRow | null;
  readonly lines: readonly HandedLine[];
}

const NOTHING_FOUND =
  '收到。这段话里没有看出报价、样品、合同、付款或售后方面的进展，所以没有改动商机。\n把客户的原话发给我，我会跟进；想查客户，发客户名就行；发“帮助”看我能做什么。';

export async function receiveRecord(tx: Tx, record: HandedRecord): Promise<void> {
  const lines = await spokenLines(tx, record.lines);
  const findings = judgeLines(tx, lines);
  if (findings.length > 0 && record.chat && (record.chat.customerId !== null || record.chat.leadId !== null)) {
    await actOnMatter(tx, { accountId: record.accountId, chat: record.chat, findings });
    return;
  }
  const { by } = record;
  if (!by) return;
  const answer = (text: string) => tellPerson(tx, { staffId: by.id, accountId: record.accountId, text });
  if (findings.length === 0) return answer(NOTHING_FOUND);
  const whose = await whoseWords(tx, by.id, {
    texts: lines.map(({ text }) => text),
    speakers: lines.flatMap(({ name }) => (name === null ? [] : [name])),
    typed: record.lines.length === 1 && lines.every(({ name }) => name === null),
  });
  const deals = whose.named === null ? [] : await tx.queries.openOpportunities(whose.named);
  const [deal] = deals;
  if (deal && deals.length === 1) return answer(await actOnDeal(tx, record, deal, findings));
  if (whose.named === null && !(await tx.opportunity.find({ ownerId: by.id, status: 'open' })))
    return answer('你名下还没有进行中的商机。先把我拉进客户群，或请主管把客户分给你，再把这段话发给我。');
  await openCard(tx, {
    kind: 'which_deal',
    staffId: by.id,
    accountId: record.accountId,
    subject: `record:${tx.newId()}`,
    data: {
      pending: [...findings],
      ...(whose.named === null ? { likely: [...whose.likely] } : { customerId: whose.named }),
    },
    actions: [{ kind: 'choose_deal' }, { kind: 'ignore' }],
  });
}

/** The colleague named the customer, who has one deal: no question is needed, only a word of what happened. */
async function actOnDeal(
  tx: Tx,
  { accountId }: HandedRecord,
  deal: OpportunityRow,
  findings: readonly PendingFinding[],
): Promise<string> {
  const outcomes = await actOnFindings(tx, { matter: { opportunity: deal }, findings, accountId, chatId: null });
  const stage = (await tx.opportunity.get(deal.id))?.stage ?? deal.stage;
  const name = stageName(tx.active.policy.pipeline, stage);
  if (outcomes.includes('advanced')) return `「${deal.name}」已推进到「${name}」，可以在“今日进展”里撤销。`;
  if (outcomes.includes('asked')) return `「${deal.name}」要不要推进，请看卡片。`;
  return `收到，是「${deal.name}」的。它在「${name}」，这段话没有让它前进。`;
}
