/** The one question back: the colleague has said which customer they meant. */
import { bindTo } from '../../ask/bind-chat.ts';
import { noteAbout } from '../../ask/take-note.ts';
import type { ActionContext, ActionResult } from '../action.ts';

export async function chooseCustomer({ tx, card, staff, choice }: ActionContext): Promise<ActionResult> {
  const { asked } = card.data;
  if (!asked?.candidates.includes(choice)) return { ok: false, notice: '请先在列表里选一个客户。' };
  if (asked.purpose.kind === 'bind') {
    const told = await bindTo(tx, staff, choice, asked.purpose.chatId);
    return { ok: true, notice: '好的', closed: told };
  }
  if (asked.purpose.kind === 'note') {
    const told = await noteAbout(tx, staff, choice, asked.purpose.text);
    return { ok: true, notice: '好的', closed: told };
  }
  await tx.card.update(
    { id: card.id },
    { status: 'closed', data: { ...card.data, asked: { ...asked, customerId: choice } } },
  );
  return { ok: true, notice: '好的', closed: null };
}
