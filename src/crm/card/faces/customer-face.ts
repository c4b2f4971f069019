/** What an answer says of a customer: first what was asked for, then the whole picture in a few lines. */
import type { CardBlock } from '../../../channel/card.ts';
import type { CustomerFacts } from '../../ask/customer-facts.ts';
import { TOPIC_SIGNALS, type TopicSignal } from '../../ask/topic-signals.ts';
import { stageIndex, stageName } from '../../opportunity/pipeline.ts';
import type { OpportunityRow } from '../../rows/deals.ts';
import type { SignalDecisionRow } from '../../rows/words.ts';
import type { Tx } from '../../tx.ts';
import { ago, day, money, standing } from './figures.ts';
import { speakerName } from './quotes.ts';

/** The line that answers the question, and the words it rests on. */
export interface Headline {
  readonly text: string;
  readonly evidence: CardBlock | null;
}

const SHOWN_DEALS = 5;
const SHOWN_CHARACTERS = 60;

export async function headline(tx: Tx, facts: CustomerFacts, topic: string): Promise<Headline> {
  const signal = (TOPIC_SIGNALS as Readonly<Record<string, TopicSignal>>)[topic];
  if (signal) return aboutSignal(tx, facts, signal);
  switch (topic) {
    case 'owner':
      return { text: `负责人：${facts.owner?.name ?? '还没有'}`, evidence: null };
    case 'contact':
      return { text: contactLine(facts) ?? '还没有联系人的资料', evidence: null };
    case 'last_contact': {
      const last = lastContact(tx, facts);
      return { text: last === null ? '还没有聊天记录' : `上次联系：${last}`, evidence: wordsBlock(facts) };
    }
    default:
      return { text: dealsLine(tx, facts), evidence: null };
  }
}

export async function customerBlocks(tx: Tx, facts: CustomerFacts, head: Headline): Promise<CardBlock[]> {
  const { now, active } = tx;
  const quoted = await tx.queries.lastFinding(facts.customer.id, 'quoted');
  const note = facts.lastNote;
  const rows: [string, string | null][] = [
    ['负责人', facts.owner?.name ?? '无'],
    ['联系人', facts.contacts.map(({ name }) => name).join('、') || null],
    ...facts.deals.slice(0, SHOWN_DEALS).map((deal): [string, string] => ['商机', dealLine(tx, deal)]),
    ['商机', facts.deals.length === 0 ? '没有进行中的' : null],
    ['报价', quoted && [day(active.calendar, now, quoted.at), clip(quoted.quote)].join(' ').trim()],
    ['上次联系', lastContact(tx, facts)],
    ['最近记录', note && `${ago(active.calendar, now, note.at)} ${clip(note.text)}`],
  ];
  // What the first line has said is not said again.
  const said = ([label, value]: [string, string | null]) => head.text === value || head.text === `${label}：${value}`;
  const fields = rows.flatMap((row) => (row[1] === null || said(row) ? [] : [{ label: row[0], value: row[1] }]));
  const more = facts.deals.length - SHOWN_DEALS;
  return [
    { type: 'text', style: 'emphasis', text: head.text },
    ...(head.evidence ? [head.evidence] : []),
    { type: 'fields', fields },
    ...(more > 0 ? [{ type: 'text', style: 'muted', text: `还有 ${more} 个进行中的商机。` } as const] : []),
  ];
}

/** The last words about that step, and where the deal stands to it. */
async function aboutSignal(tx: Tx, facts: CustomerFacts, { signal, label }: TopicSignal): Promise<Headline> {
  const found = await tx.queries.lastFinding(facts.customer.id, signal);
  const [deal] = facts.deals;
  const where = deal && facts.deals.length === 1 ? standingTo(tx, deal, signal) : null;
  if (!found) return { text: where ?? `还没有${label}的记录`, evidence: null };
  const amount = signal === 'quoted' && deal?.amountMinor ? `，商机金额 ${money(deal.amountMinor, deal.currency)}` : '';
  const text = `最近一次说到${label}：${ago(tx.active.calendar, tx.now, found.at)}${amount}${where ? `。${where}` : ''}`;
  return { text, evidence: await evidenceOf(tx, found) };
}

/** Words handed over outside a chat are kept with the move they caused, and nowhere else. */
async function evidenceOf(tx: Tx, found: SignalDecisionRow): Promise<CardBlock | null> {
  if (found.quote !== '') {
    const speaker = await speakerName(tx, { speakerName: null, messageId: found.messageId });
    return { type: 'quote', speaker, text: found.quote };
  }
  if (found.opportunityId === null) return null;
  const [move] = await tx.stageChange.list(
    { opportunityId: found.opportunityId, toStage: found.signal, undoneAt: null },
    { orderBy: 'at', descending: true, limit: 1 },
  );
  return move?.quote ? { type: 'quote', speaker: await speakerName(tx, move), text: move.quote } : null;
}

/** How the one deal stands to a step. */
function standingTo(tx: Tx, deal: OpportunityRow, target: string): string | null {
  const { pipeline } = tx.active.policy;
  const here = stageIndex(pipeline, deal.stage);
  const there = stageIndex(pipeline, target);
  if (there < 0 || here < 0) return null;
  const [now, wanted] = [stageName(pipeline, deal.stage), stageName(pipeline, target)];
  if (here === there) return `正在「${wanted}」，${standing(tx.now, deal.stageEnteredAt)}`;
  return here < there ? `还没到「${wanted}」，目前在「${now}」` : `「${wanted}」已过，目前在「${now}」`;
}

function dealsLine(tx: Tx, facts: CustomerFacts): string {
  const [deal] = facts.deals;
  if (!deal) return '没有进行中的商机';
  return facts.deals.length === 1 ? dealLine(tx, deal) : `${facts.deals.length} 个进行中的商机`;
}

function dealLine(tx: Tx, deal: OpportunityRow): string {
  const stage = stageName(tx.active.policy.pipeline, deal.stage);
  const amount = deal.amountMinor ? `，${money(deal.amountMinor, deal.currency)}` : '';
  return `${deal.name}：${stage}，${standing(tx.now, deal.stageEnteredAt)}${amount}`;
}

function contactLine({ contacts }: CustomerFacts): string | null {
  return contacts.length === 0 ? null : `联系人：${contacts.map(({ name }) => name).join('、')}`;
}

function lastContact(tx: Tx, { lastWords }: CustomerFacts): string | null {
  if (!lastWords) return null;
  const who = lastWords.speakerName ?? (lastWords.speaker === 'customer' ? '客户' : '同事');
  return `${ago(tx.active.calendar, tx.now, lastWords.sentAt)}，${who}`;
}

function wordsBlock({ lastWords }: CustomerFacts): CardBlock | null {
  if (!lastWords || lastWords.text === '') return null;
  return { type: 'quote', speaker: lastWords.speakerName ?? '客户', text: clip(lastWords.text) };
}

function clip(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ')];
  return characters.length <= SHOWN_CHARACTERS
    ? characters.join('')
    : `${characters.slice(0, SHOWN_CHARACTERS).join('')}…`;
}
