/** Ids of everything that belongs to a subject, and of everything around a person in which they may be mentioned. */
import type { Tx } from '../tx.ts';
import type { IdKind } from './holding.ts';
import { standsIn } from './strike-out.ts';
import type { Subject } from './subject.ts';

export type IdSets = Readonly<Record<IdKind, readonly string[]>>;

export const NOTHING: IdSets = {
  ...{ customer: [], contact: [], identity: [], lead: [], chat: [], message: [], move: [], deal: [] },
  ...{ quote: [], approval: [], card: [], staff: [] },
};

/** What is the subject's own: the rows that `holdings` names for its kind are found by these. */
export async function ownIds(tx: Tx, subject: Subject): Promise<IdSets> {
  if (subject.kind === 'staff') return { ...NOTHING, staff: [subject.id] };
  if (subject.kind === 'customer')
    return ofCustomers(
      tx,
      subject.customers.map(({ id }) => id),
    );
  const { personal } = tx.queries;
  const identity = subject.identities.map(({ id }) => id);
  return {
    ...NOTHING,
    identity,
    contact: subject.contact ? [subject.contact.id] : [],
    lead: subject.identities.flatMap(({ leadId }) => leadId ?? []),
    chat: await directChats(tx, subject),
    message: await personal.ids('message', { column: 'contact_identity_id', ids: identity }),
  };
}

/** Where a person outside may be mentioned: everything of their customer and of the lead they are. */
export async function idsAround(tx: Tx, subject: Subject, own: IdSets): Promise<IdSets> {
  if (subject.kind !== 'contact') return own;
  const around = await ofCustomers(tx, subject.contact ? [subject.contact.customerId] : [], own.lead);
  return { ...around, chat: [...around.chat, ...own.chat], identity: [...around.identity, ...own.identity] };
}

async function ofCustomers(tx: Tx, customer: readonly string[], leads: readonly string[] = []): Promise<IdSets> {
  const { personal } = tx.queries;
  const by = (table: string, column: string, ids: readonly string[]) => personal.ids(table, { column, ids });
  const contact = await by('contact', 'customer_id', customer);
  const identities = await personal.rows('contact_identity', { column: 'contact_id', ids: contact });
  const deal = await by('opportunity', 'customer_id', customer);
  const lead = [
    ...leads,
    ...identities.flatMap((row) => (row['lead_id'] === null ? [] : [String(row['lead_id'])])),
    ...(await by('lead', 'opportunity_id', deal)),
  ];
  const chat = [...(await by('chat', 'customer_id', customer)), ...(await by('chat', 'lead_id', lead))];
  const approval = await by('approval', 'customer_id', customer);
  return {
    ...NOTHING,
    ...{ customer, contact, deal, approval },
    identity: identities.map(({ id }) => String(id)),
    lead: [...new Set(lead)],
    chat: [...new Set(chat)],
    quote: await by('quote', 'customer_id', customer),
    card: await cardsAbout(tx, { customer, deal, lead, chat, approval }),
  };
}

/** Kinds of cards that are about one matter; a digest or a list is about several, and holds nobody's words. */
const OF_ONE = ['ask', 'which_deal', 'lead', 'link_chat', 'answer', 'approval', 'verdict'];

async function cardsAbout(
  tx: Tx,
  { customer, deal, lead, chat, approval }: Pick<IdSets, 'customer' | 'deal' | 'lead' | 'chat' | 'approval'>,
): Promise<readonly string[]> {
  const { personal } = tx.queries;
  const subjects = [
    ...deal.map((id) => `opportunity:${id}`),
    ...lead.map((id) => `lead:${id}`),
    ...chat.flatMap((id) => [`chat:${id}`, `which:${id}`]),
    ...approval.map((id) => `approval:${id}`),
  ];
  const named = await personal.mentioning('card', ['data'], [...customer, ...lead]);
  return [
    ...(await personal.ids('card', { column: 'subject', ids: subjects })),
    ...named.flatMap((row) => (OF_ONE.includes(String(row['kind'])) ? [String(row['id'])] : [])),
  ];
}

/** Chats of their own, which carry their number in the chat's (微信客服) or are of two. */
async function directChats(tx: Tx, { identities }: Extract<Subject, { kind: 'contact' }>): Promise<readonly string[]> {
  const { personal } = tx.queries;
  const by = { column: 'contact_identity_id', ids: identities.map(({ id }) => id) };
  const spokenIn = await personal.rows('chat', { column: 'id', ids: await personal.values('message', 'chat_id', by) });
  const numbers = identities.map(({ externalId }) => externalId);
  const named = await personal.mentioning('chat', ['external_id'], numbers);
  const own = [
    ...spokenIn.filter((row) => row['kind'] === 'direct'),
    ...named.filter((row) => numbers.some((number) => standsIn(String(row['external_id']), number))),
  ];
  return [...new Set(own.map(({ id }) => String(id)))];
}
