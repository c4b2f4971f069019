/** One event from a platform, in one transaction. */
import type { ChannelEvent } from '../channel/event.ts';
import { assignSession } from './chat/assign-session.ts';
import { receiveBotMembership } from './chat/bot-membership.ts';
import { knownChat } from './chat/known-chat.ts';
import { renameChat } from './chat/rename-chat.ts';
import { receiveContact } from './contact/receive-contact.ts';
import { recallMessage } from './message/recall-message.ts';
import { receiveMessage } from './message/receive-message.ts';
import { receiveRecord } from './message/receive-record.ts';
import { meetStaff } from './staff/known-staff.ts';
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
    case 'hand_over': {
      const by = await meetStaff(tx, accountId, event.by, event.chat.id);
      const chat = await knownChat(tx, accountId, event.chat);
      return receiveRecord(tx, { accountId, chat, by, lines: event.lines });
    }
  }
}
