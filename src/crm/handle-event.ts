/** One event from a platform, in one transaction. */
import type { ChannelEvent } from '../channel/event.ts';
import { assignSession } from './chat/assign-session.ts';
import { receiveBotMembership } from './chat/bot-membership.ts';
import { renameChat } from './chat/rename-chat.ts';
import { receiveContact } from './contact/receive-contact.ts';
import { recallMessage } from './message/recall-message.ts';
import { receiveHandOver } from './message/receive-hand-over.ts';
import { receiveMessage } from './message/receive-message.ts';
import { staffLeft } from './staff/staff-left.ts';
import type { Tx } from './tx.ts';

export async function handleEvent(tx: Tx, accountId: string, event: ChannelEvent): Promise<void> {
  switch (event.type) {
    case 'message':
      return receiveMessage(tx, accountId, event);
    case 'bot_added':
    case 'bot_removed':
      return receiveBotMembership(tx, accountId, event);
    case 'contact_added':
    case 'contact_edited':
    case 'contact_removed':
      return receiveContact(tx, accountId, event);
    case 'session_waiting':
      return assignSession(tx, accountId, event);
    case 'recalled':
      return recallMessage(tx, accountId, event);
    case 'chat_renamed':
      return renameChat(tx, accountId, event);
    case 'staff_left':
      return staffLeft(tx, accountId, event);
    case 'hand_over':
      return receiveHandOver(tx, accountId, event);
  }
}
