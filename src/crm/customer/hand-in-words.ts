/** 粘贴客户原话: a customer's words that a colleague pastes on the customer's page; they are judged and not kept. */
import { type Desk, type Done, done } from '../access/desk.ts';
import { customerToChange } from '../access/to-change.ts';
import { openCard } from '../card/open-card.ts';
import { touchClock } from '../clock/touch-clock.ts';
import { judgeLines, spokenLines } from '../message/read-record.ts';
import { stageName } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { PendingFinding } from '../rows/words.ts';
import { actOnFindings } from '../signal/act-on-findings.ts';

export interface HandedIn {
  readonly outcome: 'moved' | 'asked' | 'which_deal' | 'no_deal' | 'unchanged' | 'nothing';
  /** One Chinese sentence. */
  readonly text: string;
  readonly deal: OpportunityRow | null;
  readonly ownerName: string;
}

export async function handInWords(desk: Desk, wantedId: string, text: string): Promise<Done<HandedIn>> {
  const { tx } = desk;
  const found = await customerToChange(desk, wantedId);
  if (!found.ok) return found;
  const customerId = found.value.id;
  const lines = await spokenLines(tx, [{ speakerName: null, speaker: null, text, sentAt: null }]);
  const findings = judgeLines(tx, lines);
  if (findings.length === 0) await touchClock(tx, { customerId }, 'customer', tx.now);
  const handedIn = await act(desk, customerId, findings);
  const detail = { outcome: handedIn.outcome, signals: findings.map(({ signal }) => signal) };
  desk.notes.push({ action: 'words.hand_in', entity: 'customer', entityId: customerId, detail });
  const owner = handedIn.deal && (await tx.staff.get(handedIn.deal.ownerId));
  return done({ ...handedIn, ownerName: owner?.name ?? '' });
}

async function act(
  desk: Desk,
  customerId: string,
  findings: readonly PendingFinding[],
): Promise<Omit<HandedIn, 'ownerName'>> {
  if (findings.length === 0)
    return { outcome: 'nothing', text: '没有看出报价、样品、合同、付款或售后方面的进展，没有改动商机。', deal: null };
  const deals = await desk.tx.queries.openOpportunities(customerId);
  const [deal] = deals;
  if (!deal) return { outcome: 'no_deal', text: '这个客户没有进行中的商机，先新建一个，再粘贴。', deal: null };
  if (deals.length === 1) return actOnDeal(desk, deal, findings);
  const card = await openCard(desk.tx, {
    kind: 'which_deal',
    staffId: desk.me.id,
    accountId: desk.accountId,
    subject: `record:${desk.tx.newId()}`,
    data: { pending: [...findings], customerId },
    actions: [{ kind: 'choose_deal' }, { kind: 'ignore' }],
  });
  return card
    ? { outcome: 'which_deal', text: `有 ${deals.length} 个进行中的商机，请在聊天里的卡片上选是哪一个。`, deal: null }
    : { outcome: 'unchanged', text: `有 ${deals.length} 个进行中的商机，请打开对应的商机改阶段。`, deal: null };
}

async function actOnDeal(
  { tx, accountId }: Desk,
  deal: OpportunityRow,
  findings: readonly PendingFinding[],
): Promise<Omit<HandedIn, 'ownerName'>> {
  const outcomes = await actOnFindings(tx, { matter: { opportunity: deal }, findings, accountId, chatId: null });
  const now = (await tx.opportunity.get(deal.id)) ?? deal;
  const stage = `「${stageName(tx.active.policy.pipeline, now.stage)}」`;
  if (outcomes.includes('advanced')) return { outcome: 'moved', text: `「${deal.name}」已推进到${stage}。`, deal: now };
  if (outcomes.includes('asked') || outcomes.includes('open_card'))
    return { outcome: 'asked', text: `「${deal.name}」要不要推进，已在聊天里发卡片问负责人。`, deal: now };
  return { outcome: 'unchanged', text: `「${deal.name}」在${stage}，这段话没有让它前进。`, deal: now };
}
