/** The bot was put into an internal group: which customer is it about? */
import type { Card } from '../../../channel/card.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import type { Tx } from '../../tx.ts';
import { buttonOf, buttonsBlock, choiceBlock, customerLink, linksBlock, outcomeBlock } from './parts.ts';

const MOST_CUSTOMERS = 80;

export async function drawLinkChat(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const chat = card.data.chatId ? await tx.chat.get(card.data.chatId) : null;
  const customers = await tx.customer.list({ ownerId: card.staffId, withdrawnAt: null }, { limit: MOST_CUSTOMERS });
  const closed = card.status === 'closed';
  const title = `「${chat?.name ?? '这个群'}」是哪个客户的？`;
  return {
    title: closed ? '群已处理' : title,
    tone: closed ? 'neutral' : 'info',
    summary: closed ? (card.outcome ?? '已处理') : title,
    blocks: [
      ...(closed
        ? outcomeBlock(card)
        : [
            {
              type: 'text' as const,
              text: '选定后，群里的消息归到这个客户，提到报价、样品、合同、付款时会自动跟进。没选之前，这里的消息不保存。',
            },
          ]),
      ...choiceBlock(card, actions, 'link_chat', {
        placeholder: '选择客户',
        options: customers.map((customer) => ({ value: customer.id, label: customer.name })),
        label: '归到这个客户',
        style: 'primary',
      }),
      ...buttonsBlock(buttonOf(card, actions, 'ignore_chat', '与客户无关')),
      ...linksBlock(chat?.customerId ? customerLink(chat.customerId) : null),
    ],
  };
}
