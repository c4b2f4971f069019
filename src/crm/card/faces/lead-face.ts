/** N10: somebody new wrote; the card shows who, where and what they said, and offers to adopt, attach or drop them. */
import type { Card } from '../../../channel/card.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { LeadResponseRow } from '../../rows/tasks.ts';
import { when } from '../../task/when.ts';
import type { Tx } from '../../tx.ts';
import { buttonOf, buttonsBlock, choiceBlock, customerLink, linksBlock, outcomeBlock, todayLink } from './parts.ts';

const SHOWN_MESSAGES = 3;
const SHOWN_CHARS = 120;
const MOST_CUSTOMERS = 80;

export async function drawLead(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const lead = card.data.leadId ? await tx.lead.get(card.data.leadId) : null;
  const chat = card.data.chatId ? await tx.chat.get(card.data.chatId) : null;
  const people = lead ? await tx.contactIdentity.list({ leadId: lead.id }) : [];
  const who = people.map((person) => person.name).filter((name) => name !== null);
  const words = chat ? await tx.queries.recentMessages(chat.id, SHOWN_MESSAGES) : [];
  const customers = await tx.customer.list({ ownerId: card.staffId, withdrawnAt: null }, { limit: MOST_CUSTOMERS });
  const closed = card.status === 'closed';
  const name = lead?.name ?? '新线索';
  return {
    title: closed ? `线索：${name}` : `新线索：${name}`,
    tone: closed ? 'neutral' : 'success',
    summary: closed ? (card.outcome ?? '已处理') : `有新客户在说话：${name}`,
    blocks: [
      {
        type: 'fields',
        fields: [
          { label: '联系人', value: who.length > 0 ? who.join('、') : '（姓名获取中）' },
          { label: '会话', value: chat?.name ?? '单聊' },
          ...responseField(tx, lead && (await tx.leadResponse.get(lead.id))),
        ],
      },
      ...words
        .filter((message) => message.speaker === 'customer' && message.text !== '')
        .map((message) => ({
          type: 'quote' as const,
          speaker: message.speakerName ?? who[0] ?? '客户',
          text: message.text.slice(0, SHOWN_CHARS),
        })),
      ...outcomeBlock(card),
      ...buttonsBlock([
        ...buttonOf(card, actions, 'adopt_lead', '建为客户', 'primary'),
        ...buttonOf(card, actions, 'drop_lead', '不是客户', 'default', '这个会话以后的消息将不再保存，确定吗？'),
      ]),
      ...choiceBlock(card, actions, 'attach_lead', {
        placeholder: '归到已有客户',
        options: customers.map((customer) => ({ value: customer.id, label: customer.name })),
        label: '归入',
      }),
      // A lead has no page of its own before it is somebody's customer.
      ...linksBlock(chat?.customerId ? customerLink(chat.customerId) : todayLink),
    ],
  };
}

/** `今天 15:30 前`, or that somebody has answered. */
function responseField(tx: Tx, response: LeadResponseRow | null) {
  if (!response) return [];
  const { dueAt, respondedAt } = response;
  const at = (instant: number) => when(tx.active.calendar, tx.now, instant);
  if (respondedAt !== null) return [{ label: '首次响应', value: `${at(respondedAt)} 已响应` }];
  return dueAt === null ? [] : [{ label: '首次响应', value: `${at(dueAt)} 前${dueAt < tx.now ? '，已超时' : ''}` }];
}
