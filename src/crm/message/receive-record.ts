/** A chat record that a colleague hands over: each line is judged by who said it, and the matter asked for if unknown. */
import type { HandedLine } from '../../channel/event.ts';
import { openCard } from '../card/open-card.ts';
import { tellPerson } from '../card/tell-person.ts';
import { fitName } from '../names.ts';
import { stageName } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow, PendingFinding } from '../rows/words.ts';
import { actOnFindings } from '../signal/act-on-findings.ts';
import { actOnMatter } from '../signal/act-on-words.ts';
import { parseRecord } from '../signal/record/parse-record.ts';
import { pendingFinding } from '../signal/record-decision.ts';
import type { Tx } from '../tx.ts';
import { whoseWords } from './whose-words.ts';

export interface HandedRecord {
  readonly accountId: string;
  /** The chat it was taken from, when it belongs to a customer or lead. */
  readonly chat: ChatRow | null;
  readonly by: StaffRow | null;
  readonly lines: readonly HandedLine[];
}

interface SpokenLine {
  readonly speaker: 'customer' | 'staff';
  readonly name: string | null;
  readonly text: string;
}

const NOTHING_FOUND =
  '收到。这段话里没有看出报价、样品、合同、付款或售后方面的进展，所以没有改动商机。\n把客户的原话发给我，我会跟进；想查客户，发客户名就行；发“帮助”看我能做什么。';

export async function receiveRecord(tx: Tx, record: HandedRecord): Promise<void> {
  const lines = await spokenLines(tx, record);
  const findings = await judgeLines(tx, lines);
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

/** The last line of each signal counts: a record is read as one conversation, with what went before as context. */
async function judgeLines(tx: Tx, lines: readonly SpokenLine[]): Promise<PendingFinding[]> {
  const bySignal = new Map<string, PendingFinding>();
  lines.forEach((line, index) => {
    const recent = lines.slice(Math.max(0, index - 3), index).map(({ speaker, text }) => ({ speaker, text }));
    for (const finding of tx.active.detector.detect({ speaker: line.speaker, text: line.text, recent })) {
      bySignal.set(
        finding.signal,
        pendingFinding(finding, { text: line.text, speakerName: line.name, messageId: null }),
      );
    }
  });
  return [...bySignal.values()];
}

/** Named like one of us: our side said it. Everyone else, and words without a name, are the customer's. */
async function spokenLines(tx: Tx, record: HandedRecord): Promise<SpokenLine[]> {
  const names = new Set((await tx.staff.list({ active: true })).map((staff) => staff.name));
  const out: SpokenLine[] = [];
  for (const line of record.lines) {
    const parts =
      line.speakerName === null && line.speaker === null
        ? parseRecord(line.text)
        : [{ speakerName: line.speakerName, text: line.text }];
    for (const part of parts) {
      const ours = line.speaker?.internal ?? (part.speakerName !== null && names.has(part.speakerName));
      out.push({
        speaker: ours ? 'staff' : 'customer',
        name: part.speakerName && fitName(part.speakerName),
        text: part.text,
      });
    }
  }
  return out;
}
