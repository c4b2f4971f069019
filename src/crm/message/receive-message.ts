/** What happens when somebody writes: whose chat is it, is it kept, what does it say, and what follows. */
import type { HandedLine, MessageEvent } from '../../channel/event.ts';
import { askBot } from '../ask/ask-bot.ts';
import { mayBeAsk } from '../ask/understand.ts';
import { DAY_MS } from '../calendar/spans.ts';
import { knownChat } from '../chat/known-chat.ts';
import { touchByMessage } from '../clock/touch-clock.ts';
import { noteResponse } from '../lead/first-response.ts';
import { receiveStranger } from '../lead/open-lead.ts';
import { fitName } from '../names.ts';
import type { ContactIdentityRow, StaffRow } from '../rows/people.ts';
import type { ChatRow, MessageRow } from '../rows/words.ts';
import { actOnWords } from '../signal/act-on-words.ts';
import { askName, findStaff, meetStaff } from '../staff/known-staff.ts';
import type { Tx } from '../tx.ts';
import { receiveRecord } from './receive-record.ts';

const CONTEXT_MESSAGES = 3;

type Speaker =
  | { readonly side: 'customer'; readonly identity: ContactIdentityRow }
  | { readonly side: 'staff'; readonly staff: StaffRow | null };

export async function receiveMessage(tx: Tx, accountId: string, event: MessageEvent): Promise<void> {
  if (event.senderKind === 'bot') return;
  await learnNames(tx, accountId, event);
  if (event.sender.internal && event.chat.kind === 'direct') return receiveDirect(tx, accountId, event);

  let chat = await knownChat(tx, accountId, event.chat, {
    ...(event.chatName ? { name: event.chatName } : {}),
    ...(event.sender.internal ? {} : { external: true }),
  });
  if (event.sender.internal && event.addressed) {
    chat = await broughtIn(tx, accountId, event, chat);
    if (await asked(tx, accountId, event, chat)) return;
  }
  if (chat.ignored) return;
  const speaker = await speakerOf(tx, chat, event);
  if (speaker.side === 'customer' && chat.customerId === null && chat.leadId === null) {
    chat = await receiveStranger(tx, chat, speaker.identity);
  }
  // @聊单 by a colleague hands the customer's words over, whichever chat it is written in.
  const handed = event.record ?? (speaker.side === 'staff' && event.addressed ? [plainLine(event)] : null);
  const by = speaker.side === 'staff' && handed ? await meetSender(tx, accountId, event) : null;
  // Words of chats that belong to nobody are dropped here: they are never stored.
  const linked = chat.customerId !== null || chat.leadId !== null;
  const message = linked ? await keep(tx, chat, speaker, event) : null;
  if (linked && !message) return;
  if (!event.history) {
    if (message && speaker.side === 'staff' && chat.leadId !== null)
      await noteResponse(tx, chat.leadId, 'message', message.staffId);
    if (handed) await receiveRecord(tx, { accountId, chat: linked ? chat : null, by, lines: handed });
    else if (message) {
      const recent = await tx.queries.recentMessages(chat.id, CONTEXT_MESSAGES, message);
      await actOnWords(tx, { accountId, chat, message, recent });
    }
  }
  // After what it moved: a deal that has just entered a stage needs no new round, and everybody takes deals before clocks.
  if (message) await touchByMessage(tx, chat, handed ? 'customer' : message.speaker, message.sentAt);
}

/** A colleague writing to the bot alone hands over a customer's words: typed, pasted or forwarded. */
async function receiveDirect(tx: Tx, accountId: string, event: MessageEvent): Promise<void> {
  if (await asked(tx, accountId, event, null)) return;
  const staff = await meetSender(tx, accountId, event);
  if (!staff.active) return;
  await receiveRecord(tx, { accountId, chat: null, by: staff, lines: event.record ?? [plainLine(event)] });
}

/** Where no event tells who put the bot into a group, it is whoever first speaks to it there. */
async function broughtIn(tx: Tx, accountId: string, event: MessageEvent, chat: ChatRow): Promise<ChatRow> {
  if (chat.addedByStaffId !== null) return chat;
  const { id, active } = await meetSender(tx, accountId, event);
  if (!active) return chat;
  await tx.chat.update({ id: chat.id, addedByStaffId: null }, { addedByStaffId: id });
  return { ...chat, addedByStaffId: id };
}

/** True when a colleague's words were a question to the bot, which has been answered. They are not kept: nobody said them to a customer. */
async function asked(tx: Tx, accountId: string, event: MessageEvent, chat: ChatRow | null): Promise<boolean> {
  if (event.record || event.history || !mayBeAsk(event.text)) return false;
  const staff = await meetSender(tx, accountId, event);
  return staff.active && askBot(tx, { accountId, staff, chat, text: event.text });
}

function plainLine(event: MessageEvent): HandedLine {
  return { speakerName: null, speaker: null, text: event.text, sentAt: event.sentAt };
}

async function speakerOf(tx: Tx, chat: ChatRow, event: MessageEvent): Promise<Speaker> {
  if (!event.sender.internal) return { side: 'customer', identity: await meetContact(tx, chat, event) };
  const linked = chat.customerId !== null || chat.leadId !== null;
  const staff = linked
    ? await meetSender(tx, chat.accountId, event)
    : await findStaff(tx, chat.accountId, event.sender);
  return { side: 'staff', staff };
}

const meetSender = (tx: Tx, accountId: string, event: MessageEvent) =>
  meetStaff(tx, accountId, event.sender, event.chat.id, event.senderName);

async function meetContact(tx: Tx, chat: ChatRow, event: MessageEvent): Promise<ContactIdentityRow> {
  const known = await tx.contactIdentity.find({ accountId: chat.accountId, externalId: event.sender.id });
  if (known) return known;
  const identity = await tx.contactIdentity.insert({
    id: tx.newId(),
    accountId: chat.accountId,
    externalId: event.sender.id,
    name: event.senderName ? fitName(event.senderName) : null,
    contactId: null,
    leadId: null,
  });
  if (!event.senderName) await askName(tx, chat.accountId, chat.externalId, event.sender.id);
  return identity;
}

/** Stores the message under the platform's id; null when it is there already, so that nothing happens twice. */
async function keep(tx: Tx, chat: ChatRow, speaker: Speaker, event: MessageEvent): Promise<MessageRow | null> {
  // A clock that runs ahead must not put these words behind later ones, nor keep them longer.
  const sentAt = Math.min(event.sentAt, tx.now);
  const row: Omit<MessageRow, 'tenantId'> = {
    id: tx.newId(),
    accountId: chat.accountId,
    externalId: event.messageId,
    chatId: chat.id,
    speaker: speaker.side,
    speakerName: speaker.side === 'customer' ? speaker.identity.name : (speaker.staff?.name ?? null),
    staffId: speaker.side === 'staff' ? (speaker.staff?.id ?? null) : null,
    contactIdentityId: speaker.side === 'customer' ? speaker.identity.id : null,
    text: event.text,
    sentAt,
    expiresAt: sentAt + tx.active.policy.privacy.messageDays * DAY_MS,
  };
  return (await tx.message.insertIfNew(row)) ? { ...row, tenantId: tx.tenantId } : null;
}

/** An @ carries a name that events otherwise lack. */
async function learnNames(tx: Tx, accountId: string, event: MessageEvent): Promise<void> {
  for (const { id, name } of event.mentions) {
    const identity = await tx.contactIdentity.find({ accountId, externalId: id });
    if (identity && identity.name === null)
      await tx.contactIdentity.update({ id: identity.id }, { name: fitName(name) });
  }
}
