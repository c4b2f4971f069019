/** The answer to a question: drawn within the rights of the colleague who asked, each time it is drawn. */
import type { Card } from '../../../channel/card.ts';
import { customerFacts } from '../../ask/customer-facts.ts';
import { currentCustomer } from '../../customer/merged-into.ts';
import type { CardActionRow, CardRow } from '../../rows/cards.ts';
import { mayOpen } from '../../staff/rights.ts';
import type { Tx } from '../../tx.ts';
import { drawAgenda } from './agenda-face.ts';
import { customerBlocks, headline } from './customer-face.ts';
import { choiceBlock, customerLink, dealLink, linksBlock, outcomeBlock } from './parts.ts';

export async function drawAnswer(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const { asked } = card.data;
  const staff = await tx.staff.get(card.staffId);
  if (!asked || !staff) return plain('这个问题已经不在了', '请再问一次。');
  if (card.outcome !== null) return { ...plain('已处理', card.outcome), blocks: outcomeBlock(card) };
  if (asked.topic === 'agenda') return drawAgenda(tx, staff);
  if (asked.customerId === null) return drawQuestion(tx, card, actions);
  const customer = await currentCustomer(tx, asked.customerId);
  if (!customer || customer.withdrawnAt !== null) return plain('没有这个客户了', '它可能刚被撤回或合并，请再问一次。');
  const facts = await customerFacts(tx, customer);
  if (!(await mayOpen(tx, staff, customer)))
    return plain(
      customer.name,
      `由${facts.owner?.name ?? '别的同事'}负责。其他情况只有负责人和主管能看，请直接问${facts.owner?.name ?? '负责人'}。`,
    );
  const head = await headline(tx, facts, asked.topic);
  const only = facts.deals.length === 1 ? facts.deals[0] : undefined;
  return {
    title: customer.name,
    tone: 'info',
    summary: `${customer.name}：${head.text}`,
    blocks: [
      ...(await customerBlocks(tx, facts, head)),
      ...linksBlock(customerLink(customer.id), only ? dealLink(only.id) : null),
    ],
  };
}

/** N11: of customers to choose from, everybody sees the name and the owner. */
async function drawQuestion(tx: Tx, card: CardRow, actions: readonly CardActionRow[]): Promise<Card> {
  const options: { value: string; label: string }[] = [];
  for (const id of card.data.asked?.candidates ?? []) {
    const customer = await tx.customer.get(id);
    const owner = customer && (await tx.staff.get(customer.ownerId));
    if (customer) options.push({ value: id, label: `${customer.name}（${owner?.name ?? '无负责人'}）` });
  }
  return {
    title: '你说的是哪个客户？',
    tone: 'info',
    summary: `你说的是哪个客户？有 ${options.length} 个相近的名字`,
    blocks: [
      { type: 'text', style: 'muted', text: '名字相近的有这几个，选一个我再回答。' },
      ...choiceBlock(card, actions, 'choose_customer', {
        placeholder: '选择客户',
        options,
        label: '就是它',
        style: 'primary',
      }),
    ],
  };
}

function plain(title: string, text: string): Card {
  return { title, tone: 'neutral', summary: `${title}：${text}`, blocks: [{ type: 'text', text }] };
}
