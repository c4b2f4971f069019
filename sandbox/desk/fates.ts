/** What became of a person's words: brought to us or not, kept or dropped, and what they set off or why nothing. */
import type { Tables } from '../../src/crm/tables.ts';
import type { Delivery } from '../platform/deliveries.ts';
import { findingView, summaryOf } from './findings.ts';
import type { Rows } from './rows.ts';
import { explainSilence } from './silence.ts';
import type { FateView } from './view.ts';

export interface Said {
  /** The words and their chat as the CRM knows them. */
  readonly key: string;
  readonly chatKey: string;
  /** A colleague alone with the bot. */
  readonly direct: boolean;
  readonly addressed: boolean;
  readonly sender: { readonly id: string; readonly internal: boolean };
  readonly text: string;
  readonly at: number;
  /** Null when the platform pushed nothing; undefined when the words were not said at this desk. */
  readonly delivery: Delivery | null | undefined;
  /** How the platform brings such words, such as 签名 + 加密. */
  readonly how: string;
  /** Why nobody brought them to us; null when somebody did. */
  readonly unheard: { readonly summary: string; readonly note: string } | null;
  /** The CRM may still be fetching them: the platform only said that there is something. */
  readonly fetching: boolean;
  /** The bot said something to the speaker right afterwards. */
  readonly answered: boolean;
}

const NEARBY_MS = 60_000;

export function fateOf(rows: Rows, said: Said): FateView {
  const { delivery, unheard } = said;
  const pushed = delivery ? pushView(delivery, said.how) : null;
  const early = (progress: FateView['progress'], tone: FateView['tone'], summary: string, note: string): FateView => ({
    progress,
    tone,
    summary,
    note,
    findings: [],
    delivery: pushed,
  });
  if (unheard) return early('unheard', 'quiet', unheard.summary, unheard.note);
  if (delivery && delivery.outcomes.length === 0) return early('sending', 'quiet', '送达中…', '');
  if (pushed && !pushed.accepted)
    return early('refused', 'bad', '没有送到', '聊单没有确认收到，平台会按自己的节奏重新投递。');

  const row = rows.messages.get(said.key);
  if (!row && !said.answered && (rows.waiting > 0 || said.fetching)) return early('working', 'quiet', '处理中…', '');
  const decisions = decisionsOf(rows, said, row?.id ?? null);
  if (decisions.length > 0) {
    const { tone, text } = summaryOf(rows, decisions);
    const findings = decisions.map((decision) => findingView(rows, decision));
    return { progress: 'done', tone, summary: text, note: null, findings, delivery: pushed };
  }
  const lead = row && newFace(rows, row);
  if (lead) return early('done', 'ask', '新面孔，已建线索', lead);
  const asked = handedOver(rows, said);
  if (asked) return early('done', 'ask', '已问是哪个商机', asked);
  if (said.answered)
    return said.direct
      ? early('done', 'good', '聊单已回话', '聊单的回答就在后面。')
      : early(
          'done',
          'good',
          '聊单已私下回话',
          '回答只发给说话的人，在他和聊单的私聊里：群里的人不一定都能看客户资料。',
        );
  if (!row && !said.direct) return early('done', 'quiet', '没有保存', whyDropped(rows, said.chatKey));
  const reason = explainSilence(rows.active.detector, said.sender.internal && row ? 'staff' : 'customer', said.text);
  return early('done', 'quiet', `没有动作：${reason}`, reason);
}

function pushView({ outcomes }: Delivery, how: string): NonNullable<FateView['delivery']> {
  const accepted = outcomes.find((outcome) => outcome.accepted);
  return {
    accepted: accepted !== undefined,
    tookMs: Math.round((accepted ?? outcomes[0])?.tookMs ?? 0),
    pushes: outcomes.length,
    how,
  };
}

/** Words handed over with @ or in private carry no message of their own: they are known by their chat, their time and what was found in them. */
function decisionsOf(rows: Rows, { addressed, direct, text, at: saidAt, chatKey }: Said, rowId: string | null) {
  const own = rows.decisions.filter((decision) => rowId !== null && decision.messageId === rowId);
  if (own.length > 0 || !(addressed || direct)) return own;
  const chat = rows.chats.find(({ externalId }) => externalId === chatKey);
  const linkedId = chat && (chat.customerId !== null || chat.leadId !== null) ? chat.id : null;
  return rows.decisions.filter(
    ({ messageId, chatId, phrase, at }) =>
      messageId === null && chatId === linkedId && text.includes(phrase) && Math.abs(at - saidAt) < NEARBY_MS,
  );
}

function handedOver(rows: Rows, { at, sender, text }: Said): string | null {
  const card = rows.cards.find(
    ({ kind, subject, data, addressId, createdAt }) =>
      kind === 'which_deal' &&
      addressId === sender.id &&
      subject.startsWith('record:') &&
      Math.abs(createdAt - at) < NEARBY_MS &&
      data.pending?.some(({ quote }) => text.includes(quote)),
  );
  if (!card) return null;
  const who = rows.staff.get(card.staffId)?.name ?? '负责人';
  return card.status === 'closed' ? `${who}已处理：${card.outcome ?? ''}` : `读到了进展，已请${who}选是哪个商机`;
}

/** N10: the first words of somebody unknown made a lead, even when they said nothing about a step. */
function newFace(rows: Rows, row: Tables['message']): string | null {
  const card = rows.cards.find(({ kind, data }) => kind === 'lead' && data.chatId === row.chatId);
  if (!card || row.speaker !== 'customer') return null;
  for (const other of rows.messages.values())
    if (other.chatId === row.chatId && other.speaker === 'customer' && other.id < row.id) return null;
  const who = rows.staff.get(card.staffId)?.name ?? '负责人';
  return card.status === 'closed'
    ? `线索卡片已处理：${card.outcome ?? ''}`
    : `不认识的客户开口了：线索卡片已发给${who}，等他认领。`;
}

function whyDropped(rows: Rows, chatKey: string): string {
  const row = rows.chats.find(({ externalId }) => externalId === chatKey);
  if (row?.ignored) return '这个会话已标记为与客户无关，里面的话不再保存。';
  return '这个群还没有关联客户，按隐私规则处理完就丢掉，不保存。';
}
