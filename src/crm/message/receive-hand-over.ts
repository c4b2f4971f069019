/** Messages that a colleague picked in a chat and handed over: the chat's matter is only touched by who may touch it. */
import type { HandedLine, HandOverEvent } from '../../channel/event.ts';
import { knownChat } from '../chat/known-chat.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { parseRecord } from '../signal/record/parse-record.ts';
import { meetStaff } from '../staff/known-staff.ts';
import { mayTakeFrom, mayWorkOn } from '../staff/rights.ts';
import type { Tx } from '../tx.ts';
import { receiveRecord } from './receive-record.ts';

export async function receiveHandOver(tx: Tx, accountId: string, event: HandOverEvent): Promise<void> {
  const by = await meetStaff(tx, accountId, event.by, event.chat.id);
  if (!by.active) return;
  const record = event.vouched
    ? { chat: await knownChat(tx, accountId, event.chat), lines: event.lines }
    : { chat: await chatWithin(tx, accountId, by, event), lines: event.lines.flatMap(unfolded) };
  await receiveRecord(tx, { accountId, by, ...record });
}

/** Where all of it is a report, a line that names its speakers is a report of theirs: 沈厂长说：帮我报下价. */
function unfolded(line: HandedLine): readonly HandedLine[] {
  const parts = parseRecord(line.text);
  if (parts.every(({ speakerName }) => speakerName === null)) return [line];
  return parts.map(({ speakerName, text }) => ({ ...line, speakerName: speakerName ?? line.speakerName, text }));
}

/**
 * The chat as the page named it, where the colleague may act for whoever owns its matter; otherwise null, as if the
 * record had been pasted in private. A chat that nobody vouched for leaves no row behind.
 */
async function chatWithin(tx: Tx, accountId: string, by: StaffRow, event: HandOverEvent): Promise<ChatRow | null> {
  const chat = await tx.chat.find({ accountId, externalId: event.chat.id });
  return chat && (await mayTouch(tx, by, chat)) ? chat : null;
}

async function mayTouch(tx: Tx, by: StaffRow, { customerId, leadId }: ChatRow): Promise<boolean> {
  const lead = leadId === null ? null : await tx.lead.get(leadId);
  if (lead) return mayTakeFrom(tx, by, lead.ownerId);
  const customer = customerId === null ? null : await tx.customer.get(customerId);
  return customer !== null && mayWorkOn(tx, by, customer);
}
