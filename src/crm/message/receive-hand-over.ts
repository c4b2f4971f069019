/** Messages that a colleague picked in a chat and handed over: the chat's matter is only touched by who may touch it. */
import type { HandOverEvent } from '../../channel/event.ts';
import { knownChat } from '../chat/known-chat.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { meetStaff } from '../staff/known-staff.ts';
import { mayActFor } from '../staff/rights.ts';
import type { Tx } from '../tx.ts';
import { receiveRecord } from './receive-record.ts';

export async function receiveHandOver(tx: Tx, accountId: string, event: HandOverEvent): Promise<void> {
  const by = await meetStaff(tx, accountId, event.by, event.chat.id);
  if (!by.active) return;
  const chat = event.vouched ? await knownChat(tx, accountId, event.chat) : await chatWithin(tx, accountId, by, event);
  await receiveRecord(tx, { accountId, chat, by, lines: event.lines });
}

/**
 * The chat as the page named it, where the colleague may act for whoever owns its matter; otherwise null, as if the
 * record had been pasted in private. A chat that nobody vouched for leaves no row behind.
 */
async function chatWithin(tx: Tx, accountId: string, by: StaffRow, event: HandOverEvent): Promise<ChatRow | null> {
  const chat = await tx.chat.find({ accountId, externalId: event.chat.id });
  const ownerId = chat && (await ownerOf(tx, chat));
  return ownerId && (await mayActFor(tx, by, ownerId)) ? chat : null;
}

async function ownerOf(tx: Tx, { customerId, leadId }: ChatRow): Promise<string | null> {
  if (leadId !== null) return (await tx.lead.get(leadId))?.ownerId ?? null;
  if (customerId !== null) return (await tx.customer.get(customerId))?.ownerId ?? null;
  return null;
}
