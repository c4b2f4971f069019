/** The bot was put into a chat: remember who did it, and for an internal deal group ask which customer it is about. */
import type { BotMembershipEvent } from '../../channel/event.ts';
import { openCard } from '../card/open-card.ts';
import { meetStaff } from '../staff/known-staff.ts';
import type { Tx } from '../tx.ts';
import { leaveGroups } from './group-of.ts';
import { knownChat } from './known-chat.ts';

export async function receiveBotMembership(tx: Tx, accountId: string, event: BotMembershipEvent): Promise<void> {
  if (event.type === 'bot_removed') {
    const left = await tx.chat.find({ accountId, externalId: event.chat.id });
    if (left) await leaveGroups(tx, left.id);
    return;
  }
  const staff = event.by.internal ? await meetStaff(tx, accountId, event.by, event.chat.id) : null;
  const chat = await knownChat(tx, accountId, event.chat, {
    name: event.chatName,
    external: event.external,
    ...(staff ? { addedByStaffId: staff.id } : {}),
  });
  // In a group with outsiders the first stranger who writes opens the question by themselves (N10).
  if (!staff || chat.external || chat.customerId !== null || chat.leadId !== null) return;
  const customers = await tx.customer.list({ ownerId: staff.id, withdrawnAt: null }, { limit: 1 });
  if (customers.length === 0) return;
  await openCard(tx, {
    kind: 'link_chat',
    staffId: staff.id,
    accountId,
    subject: `chat:${chat.id}`,
    data: { chatId: chat.id },
    actions: [{ kind: 'link_chat' }, { kind: 'ignore_chat' }],
  });
}
