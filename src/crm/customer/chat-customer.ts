/** Which customer a chat is, and making it one's customer's. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { customerToChange } from '../access/to-change.ts';
import { type AtHand, atHand, giveTo, isTheirs, mayTakeAlong } from './at-hand.ts';

export type ChatCustomer =
  | { readonly state: 'known'; readonly customerId: string; readonly name: string }
  | { readonly state: 'others'; readonly name: string; readonly ownerName: string }
  | {
      readonly state: 'unknown';
      readonly chatName: string | null;
      readonly contactName: string | null;
      readonly company: string | null;
    };

const NOTHING: ChatCustomer = { state: 'unknown', chatName: null, contactName: null, company: null };

/** Of a chat that is not theirs, as far as we know, a colleague learns no more than name and owner of its customer (N11). */
export async function customerOfChat(desk: Desk, externalId: string): Promise<ChatCustomer> {
  const hand = await atHand(desk, externalId);
  if (!hand) return NOTHING;
  const { customer, chat, person, follow, lead } = hand;
  if (customer) {
    if (await desk.see.customer(customer.id)) return { state: 'known', customerId: customer.id, name: customer.name };
    const owner = await desk.tx.staff.get(customer.ownerId);
    return { state: 'others', name: customer.name, ownerName: owner?.name ?? '' };
  }
  if (!isTheirs(desk, hand)) return NOTHING;
  return {
    state: 'unknown',
    chatName: chat?.name ?? lead?.name ?? null,
    contactName: person?.name ?? null,
    company: follow?.company ?? follow?.remark ?? null,
  };
}

export async function linkChatTo(desk: Desk, externalId: string, customerId: string): Promise<Done<ChatCustomer>> {
  const found = await customerToChange(desk, customerId);
  if (!found.ok) return found;
  const customer = found.value;
  const hand = await atHand(desk, externalId);
  // Whoever helps with a customer may see its chat, and not carry it away.
  const mine =
    hand !== null &&
    (hand.customer
      ? hand.customer.id === customer.id || desk.mayTake(hand.customer.ownerId)
      : mayTakeAlong(desk, hand));
  if (hand === null || !mine) return refused('forbidden', whyNot(desk, hand));
  if (hand.customer?.id !== customer.id) {
    await giveTo(desk, hand, customer);
    desk.notes.push({
      action: 'chat.link',
      entity: 'chat',
      entityId: hand.chat?.id ?? hand.person?.id ?? '',
      detail: { to: customer.id, from: hand.customer?.id ?? null },
    });
  }
  return done({ state: 'known', customerId: customer.id, name: customer.name });
}

function whyNot(desk: Desk, hand: AtHand | null): string {
  if (hand?.customer) return '这个会话已经归到别的同事的客户，要改请找对方。';
  return hand && isTheirs(desk, hand)
    ? '这个会话已经是别的同事的线索，要改请找对方。'
    : '聊单还不能确认你在这个会话里。请在群里 @聊单 发“绑定 客户名”。';
}
